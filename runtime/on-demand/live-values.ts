// Looks into values that live, as somebody opens them in the panel, and hands them to the Console. The panel brings this script when that is
// asked for first. Pictures are the recorder's own, so no code of the page runs for one.

import type { Context } from '../context/context'
import type { Runtime } from '../context/hook'
import { type LiveAnswer, type LiveQuestion, type LiveStep, OUTLET_KEY, type Preview } from '../protocol'
import { encode } from '../recorder/encode'
import type { Lent } from '../recorder/lent'

const { lent } = (globalThis as unknown as Record<typeof OUTLET_KEY, { lent: Lent }>)[OUTLET_KEY]

/** How a property looks in the line of its own; one that is opened is asked for again. */
const LINE = { depth: 1, width: 6, length: 100 }
const NOTHING: unique symbol = Symbol('nothing')

function answerTo(question: LiveQuestion): LiveAnswer {
  if (question.epoch !== lent.epoch) return { state: 'gone', what: 'document' }
  const { runtime } = lent
  const context = lent.context(question.context)
  if (runtime === undefined || context === undefined) return { state: 'gone', what: 'context' }
  switch (question.ask) {
    case 'store-context':
      offerInspect(runtime)
      return storeContext(context)
    case 'follow-context':
      return isOurs() ? storeContext(context) : { state: 'not-stored' }
    case 'print':
      print(runtime, context)
      return { state: 'printed' }
    case 'store-value':
    case 'value':
      return lookInto(runtime, context, question)
  }
}

function lookInto(
  runtime: Runtime,
  context: Context,
  question: Extract<LiveQuestion, { ask: 'value' | 'store-value' }>,
): LiveAnswer {
  const held = heldBy(runtime, context, question.variable)
  if (held === NOTHING) return { state: 'gone', what: 'variable' }
  const value = follow(held, question.path)
  if (value === NOTHING) return { state: 'gone', what: 'place' }
  if (question.ask === 'store-value') return storeAs(firstFree('temp'), value)
  return { state: 'value', ...pictured(value, question.count, question.length), recorded: lent.preview(held) }
}

function heldBy(runtime: Runtime, context: Context, variable: number): unknown {
  for (const [{ id }, value] of runtime.entries(context)) if (id === variable) return value
  return NOTHING
}

/** What is at the end of a path: each step has to lead to a place of the same name. */
function follow(start: unknown, path: readonly LiveStep[]): unknown {
  let value = start
  for (const [from, name] of path) {
    const { entries, values } = contentsOf(value, from, 1)
    if (entries[0]?.[0] !== name || !(0 in values)) return NOTHING
    value = values[0]
  }
  return value
}

/** Some of what a value holds, the values by the places of their entries: of a hole in an array there is none. */
function contentsOf(value: unknown, from: number, count: number) {
  const found: unknown[] = []
  const line = lent.preview(value, { depth: 1, width: count, length: 200, from, found: (one) => void found.push(one) })
  const entries = line.entries ?? []
  const values: unknown[] = []
  for (let at = 0, next = 0; at < entries.length; at++) {
    const isHole = entries[at]?.[1].text === 'empty' && entries[at]?.[1].kind === 'undefined'
    if (!isHole) values[at] = found[next++]
  }
  return { entries, values, total: entries.length + (line.entries === undefined ? 0 : (line.more ?? 0)) }
}

function pictured(value: unknown, count: number, length: number): { value: Preview; left: number } {
  const { entries, values, total } = contentsOf(value, 0, count)
  const { kind, text, more } = lent.preview(value, { depth: 2, width: 12, length })
  const lines = entries.map(([name, line], at): [string, Preview] => [
    name,
    // What is no value, and what cannot be looked at, stays as it was pictured.
    lineOf(at in values && line.kind !== 'unreadable' ? lent.preview(values[at], LINE) : line),
  ])
  const picture: Preview = { kind, text, entries: lines }
  if (kind === 'string' && more !== undefined) picture.more = more
  return { value: picture, left: total - entries.length }
}

/** Without what is inside. */
const lineOf = ({ kind, text, more }: Preview): Preview =>
  kind === 'string' && more !== undefined ? { kind, text, more } : { kind, text }

// ---- The Console -----------------------------------------------------------------------------------------------------------------

/** The first of `temp1`, `temp2`, ... that nobody has, as DevTools does it. */
function firstFree(word: string): string {
  let number = 1
  while (`${word}${number}` in globalThis) number++
  return `${word}${number}`
}

const storeAs = (name: string, value: unknown): LiveAnswer =>
  define(name, value) ? { state: 'stored', name } : { state: 'not-stored' }

const define = (name: string, value: unknown): boolean =>
  Reflect.defineProperty(globalThis, name, { value, writable: true, configurable: true })

declare const $ctx: unknown
declare const inspectContext: unknown
/** What we put there last. */
let ours: unknown = NOTHING
let isOffered = false

/** `$ctx`, unless the page has something of that name. */
function storeContext(context: Context): LiveAnswer {
  if (!isFree(() => typeof $ctx, '$ctx') && !isOurs()) return storeAs(firstFree('temp'), context)
  ours = context
  return storeAs('$ctx', context)
}

function isOurs(): boolean {
  try {
    return $ctx === ours
  } catch {
    return false
  }
}

/** `inspectContext()` prints what is current, `inspectContext($ctx)` another. */
function offerInspect(runtime: Runtime): void {
  if (isOffered || !isFree(() => typeof inspectContext, 'inspectContext')) return
  isOffered = true
  define('inspectContext', (context: Context = runtime.current()) => print(runtime, context))
}

/** A page may have declared the name at the top of a script, where no property shows it, and may not have come there yet. */
function isFree(type: () => string, name: string): boolean {
  try {
    return type() === 'undefined' && !(name in globalThis)
  } catch {
    return false
  }
}

function print(runtime: Runtime, context: Context): void {
  const rows: Record<string, { value: unknown }> = Object.create(null)
  for (const [{ id, name }, value] of runtime.entries(context)) {
    // Several variables may have one name.
    const label = name in rows ? `${name} (variable ${id})` : name
    rows[label] = { value }
  }
  console.log(`What ${context} holds:`)
  console.table(rows)
}

lent.liveValues = (question) => encode(answerTo(JSON.parse(question)))
