// Which contexts live, without what they hold: what the tree of a page needs that was recorded for long, before all of that is read. The
// panel brings this script where the log is that long. Two frames' time of the page goes into one answer, and no more.

import { type ContextId, LENT_VERSION, OUTLET_KEY, type OutlinePart, type OutlineQuestion } from '../protocol'
import { encode } from '../recorder/encode'
import type { Lent } from '../recorder/lent'
import type { ContextNote } from '../recorder/note'

const outlet = (globalThis as unknown as Record<typeof OUTLET_KEY, { lent: Lent; where(): string }>)[OUTLET_KEY]
const { lent } = outlet

/** Milliseconds, and numbers that are looked at between two looks at the clock. */
const PATIENCE = 30
const PORTION = 1024
/** What one answer tells at most, of contexts and of different names, and of a name: a part of what the panel believes. */
const MOST = 50_000
const MOST_LOOKS = 3_000
const LONGEST_NAME = 200

function answerTo({ epoch, from }: OutlineQuestion): OutlinePart | null {
  const { runtime } = lent
  // Where a run goes on, nobody could say of a context whether one of its own does.
  if (epoch !== lent.epoch || lent.note === undefined || runtime === undefined || runtime.current() !== runtime.base)
    return null
  const began = performance.now()
  const looks = new Looks()
  const rows: number[] = []
  const isOwn = lent.beside === undefined || from < lent.beside.first
  const end = (isOwn ? runtime.counts().contexts : lent.beside?.last()) ?? 0
  let before = 0
  let id = from
  const isEnough = () => rows.length > 3 * MOST || looks.all.length > MOST_LOOKS || performance.now() - began > PATIENCE
  // However slow the page is, each answer tells more.
  do {
    for (const stop = Math.min(id + PORTION, end + 1); id < stop; id++) {
      const note = lent.note?.(id)
      if (note === undefined) continue
      rows.push(id - before, note.parent ?? 0, looks.placeOf(note))
      before = id
    }
  } while (id <= end && !isEnough())
  const next = id <= end ? id : isOwn ? (lent.beside?.first ?? null) : null
  return { last: JSON.parse(outlet.where()).last, next: next as ContextId | null, looks: looks.all, rows }
}

/** Many contexts look alike, and most like the one before. */
class Looks {
  readonly all: OutlinePart['looks'] = []
  readonly #places = new Map<string, number>()
  #last = -1

  placeOf(note: ContextNote): number {
    const { kind, api } = note
    const isOver = wasLeft(note)
    const name = note.name === null ? null : note.name.slice(0, LONGEST_NAME)
    const last = this.all[this.#last]
    if (last !== undefined && last[0] === kind && last[1] === name && last[2] === api && last[3] === isOver)
      return this.#last
    this.#last = this.#find(kind, name, api, isOver)
    return this.#last
  }

  #find(...[kind, name, api, isOver]: OutlinePart['looks'][number]): number {
    const key = `${isOver} ${kind} ${api} ${name === null ? '' : `:${name}`}`
    const known = this.#places.get(key)
    if (known !== undefined) return known
    this.#places.set(key, this.all.length)
    return this.all.push([kind, name, api, isOver]) - 1
  }
}

/** Runs leave no word that they ended, but none goes on; a task does, which has the same context until it is settled. */
function wasLeft(note: ContextNote): boolean {
  if (note.ended !== null) return true
  const isForRuns = note.kind === 'copy' || note.kind === 'new' || note.kind === 'restored' || note.kind === 'unknown'
  if (!isForRuns || note.entered === null) return false
  // Else it is its maker's task that is told of it.
  const maker = note.parent === null ? undefined : lent.note?.(note.parent)
  return note.task === null || maker === undefined || maker.task === note.task
}

// It is brought without asking what is there.
if (lent.version === LENT_VERSION) lent.outline = (question) => encode({ part: answerTo(JSON.parse(question)) })
