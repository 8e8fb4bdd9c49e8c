// What is mutated: small recordings, of stories and of what the real recorder says of a real runtime, and the answers of a page.

import { toRecording } from '../../../panel/model/recording-text'
import { Timeline } from '../../../panel/model/timeline'
import { ContextReducer, ContextVar, copyContext } from '../../../runtime'
import { createTask, install, wrap } from '../../../runtime/async'
import type { Batch } from '../../../runtime/protocol'
import { record } from '../../../runtime/recorder'
import { pack } from '../../../runtime/recorder/pack'
import { story } from '../story'

export const page = { url: 'https://shop.example/cart', title: 'Cart', exported: '2026-01-02T03:04:05.000Z' }

const stories = [
  'user is a variable @ app.js:1\nbase sets user = "ada" as t1 @ app.js:2\nbase resets user by t1 @ app.js:4',
  'user is a variable\nbase starts task Alice\nAlice sets user = "x" as t\nAlice hands over timer\ntimer is refused user by t: other-context @ a.js:9',
  'user is a variable\nbase sets user = "ada" as t1\nbase resets user by t1\nbase is refused user by t1: used @ app.js:5',
  'user is a variable\nbase starts task Alice\nAlice sets user = "x" as t\nAlice settles\nAlice copies late\nlate reads user, inherited',
  'user is a variable\nbase hands over click\nclick misses user\nbase sets user = "late" as t',
  '9 facts are lost\ncensus of user\n- base: user = "late"\nbase copies a\na copies b',
  'a copies b\nb copies a\nb copies c\nc copies b',
  'user is a variable\nc is restored\nc sets user = "ada" as t\nc is reduced, user unregistered @ app.js:2\nc is reduced, user and 3 more refused',
]

/** Every kind of fact that a recorder states within one turn. */
function workOnce(): void {
  const user = new ContextVar<unknown>('user')
  const lang = new ContextVar('lang', { default: { fallback: ['en', { deep: true }] } })
  const token = user.set({ name: 'Ada', password: 'hush' })
  lang.get()
  copyContext().run(() => attempt(() => user.reset(token)))
  user.reset(token)
  attempt(() => user.reset(token))
  attempt(() => user.get())
  attempt(() => lang.reset(user.set('x') as never))
  wrap(() => user.set(Symbol('s')))()
  new ContextReducer().reduce(copyContext())
  void createTask(async () => user.set([1, 2, 3]), { name: 'worker' })
}

function attempt(work: () => unknown): void {
  try {
    work()
  } catch {
    // The recorder was told, and that is what this is for.
  }
}

/** What a recorder answers to `since`, from a log that holds all and from one that drops most. */
function recordedBatches(): Batch[] {
  const uninstall = install()
  const batches = [1_000, 12].flatMap((facts) => {
    const recording = record({ log: { facts } })
    workOnce()
    const first = recording.since(0)
    workOnce()
    const second = recording.since(0)
    recording.stop()
    return [first, second].map(timeless)
  })
  uninstall()
  return batches
}

/** Without the moments and the name of this very run, so that a seed says everything. */
function timeless(answer: string): Batch {
  const batch: Batch = JSON.parse(answer)
  const facts = batch.facts.map((fact) => ({ ...fact, at: Number(fact.seq) as typeof fact.at }))
  return { ...batch, epoch: 'e', facts }
}

/** Small inputs are many inputs: a few facts of each recording at a time, and of each stack its first frames. */
const PIECE = 8

function piecesOf({ facts, stacks, ...rest }: Batch): Batch[] {
  const short = Object.entries(stacks).map(([id, frames]) => [
    id,
    frames.slice(0, 2).map((frame) => ({ ...frame, url: frame.url.slice(-20) })),
  ])
  const starts = Array.from({ length: Math.ceil(facts.length / PIECE) }, (_, index) => index * PIECE)
  return starts.map((start) => {
    const piece = facts.slice(start, start + PIECE)
    const named = new Set(JSON.stringify(piece).match(/(?<="stack":)\d+/g))
    return { ...rest, facts: piece, stacks: Object.fromEntries(short.filter(([id]) => named.has(String(id)))) }
  })
}

const recorded = recordedBatches().flatMap(piecesOf)

const fileOf = ({ facts, stacks }: Pick<Batch, 'facts' | 'stacks'>): string => {
  const timeline = new Timeline()
  timeline.append(facts, stacks)
  return JSON.stringify(toRecording(timeline, page, '0.1.0', { redaction: null }))
}

/** Texts of recording files. */
export const files: readonly string[] = [...stories.map((text) => fileOf(story(text))), ...recorded.map(fileOf)]

/** What a page answers to the one expression: three lines. */
export const answers: readonly string[] = [...stories.map(told), ...recorded].flatMap((batch) => {
  const { epoch, last, facts, ...rest } = batch
  const where = JSON.stringify({ epoch, last, current: 1, task: null })
  const packed = { ...rest, epoch, last, rows: pack(facts) }
  return [batch, packed].map((one) => `recorder\n${where}\n${JSON.stringify(one)}`)
})

function told(text: string): Batch {
  const { facts, stacks } = story(text)
  return {
    protocol: 1,
    epoch: 'e',
    facts,
    stacks,
    last: facts.at(-1)?.seq ?? 0,
    bytes: 100,
    capacity: 1_000,
    silent: 0,
  }
}
