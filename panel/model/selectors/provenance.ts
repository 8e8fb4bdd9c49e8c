// Why a context holds the value that it holds: the chain from the set that made it, over each copy on the way, down to here. Where it
// holds none: why there is none.

import type { ContextId, Millis, Seq, StackId, VariableId, VarReset, VarSet } from '../../../runtime/protocol'
import { ancestors } from '../entries'
import type { ContextEntry, World } from '../world'

/**
 * - `set`, `reset`: the value came into the context by that
 * - `found`: the recorder found it there, and does not know who set it
 * - `copied`: the context took it over, from the one of the step before
 * - `skipped`: so many copies more
 * - `default`: nothing is held, so the variable's own default counts
 * - `too-late`: it was set in a context above, after the copy that leads here was made
 * - `taken-back`: it was set in this context, or above before the copy, and reset again
 * - `empty`: the context was made without values
 * - `never`: nobody set it on the way from the root to here
 * - `unknown`: there may have been more: facts are missing, or too many to look at
 */
export type StepKind =
  | 'set'
  | 'reset'
  | 'found'
  | 'copied'
  | 'skipped'
  | 'default'
  | 'too-late'
  | 'taken-back'
  | 'empty'
  | 'never'
  | 'unknown'

export interface Step {
  kind: StepKind
  /** The context in which that happened. */
  context: ContextId | null
  seq: Seq | null
  at: Millis | null
  stack: StackId | null
  /** Of `set`, `reset`, `found`, `default`, `too-late`: the value, as text. */
  value: string | null
  /** Of `skipped`: how many. */
  many: number
}

/** Copies that are told one by one, at either end of the chain. */
const TOLD = 10
/** Writes that are looked at for one answer. */
const MOST_WRITES = 200_000

const step = (kind: StepKind, told: Partial<Step> = {}): Step => ({
  kind,
  context: null,
  seq: null,
  at: null,
  stack: null,
  value: null,
  many: 0,
  ...told,
})

/** In the order it happened; empty where the context is not known. */
export function provenance(world: World, context: ContextId, variable: VariableId): Step[] {
  const entry = world.contexts.get(context)
  if (entry === undefined) return []
  return entry.holdings.has(variable) ? whyHeld(world, entry, variable) : whyNone(world, entry, variable)
}

/** A context on the way, and the newest fact that counts there: the moment of the copy that leads on, or now. */
interface Place {
  entry: ContextEntry
  until: number
}

/** From the context upwards. */
function* upwards(world: World, entry: ContextEntry): Generator<Place> {
  let below = entry
  yield { entry, until: world.seq }
  for (const above of ancestors(world, entry.id)) {
    yield { entry: above, until: below.asOf }
    below = above
  }
}

function whyHeld(world: World, entry: ContextEntry, variable: VariableId): Step[] {
  const held = entry.holdings.get(variable)
  if (held === undefined) return []
  const effort = { left: MOST_WRITES }
  const places: Place[] = []
  for (const place of upwards(world, entry)) {
    places.push(place)
    if (place.entry.id === held.setIn) break
    // It came into being here: nobody above gave it.
    const given = place.entry.inherited.get(variable)
    if (given === undefined || (held.setIn === null && given.seq !== held.seq)) break
  }
  places.reverse()
  const first = places[0]?.entry
  const steps: Step[] = []
  const value = held.value.text
  const { seq, at, stack } = held
  if (held.setIn === null) steps.push(step('found', { context: first?.id ?? null, seq, at, stack, value }))
  else steps.push(step('set', { context: held.setIn, seq, at, stack, value }))
  // Contexts that were over long ago are let go, and may have lain between.
  if (held.setIn !== null && first?.id !== held.setIn) steps.push(step('unknown'))
  places.forEach((place, index) => {
    const isOrigin = index === 0 && (held.setIn === null || place.entry.id === held.setIn)
    if (!isOrigin) steps.push(copied(place.entry))
    const write = newestWrite(place, variable, effort)
    if (write?.type === 'var-reset' && write.seq > seq) steps.push(written('reset', write))
  })
  return shortened(steps)
}

function whyNone(world: World, entry: ContextEntry, variable: VariableId): Step[] {
  const effort = { left: MOST_WRITES }
  const steps: Step[] = []
  let top = entry
  let isUnknown = world.letGo > 0 || world.missing.length > 0 || world.runtime?.late === true
  for (const place of upwards(world, entry)) {
    top = place.entry
    if (top.unknownUntil?.has(variable)) isUnknown = true
    const late = firstSetAfter(place, variable, effort)
    const write = newestWrite(place, variable, effort)
    if (late !== null) steps.push(written('too-late', late))
    if (write?.type === 'var-reset') steps.push(written('taken-back', write))
    if (effort.left <= 0) break
  }
  steps.sort((a, b) => (a.seq ?? 0) - (b.seq ?? 0))
  const isEmpty = top.parent === null && top.id !== world.base && top.kind !== 'unknown'
  if (isEmpty) steps.unshift(created('empty', top))
  else if (steps.length === 0) steps.push(step('never'))
  if (isUnknown || effort.left <= 0) steps.push(step('unknown'))
  const known = world.variables.get(variable)
  if (known?.default == null) return steps
  const { created: seq, stack } = known
  return [...steps, step('default', { seq, stack, value: known.default.text })]
}

interface Effort {
  left: number
}

/** The newest write to the variable in a context, up to a moment. */
function newestWrite({ entry, until }: Place, variable: VariableId, effort: Effort): VarSet | VarReset | null {
  for (let change = entry.lastChange; change !== null && effort.left-- > 0; change = change.previous) {
    const { fact } = change
    if (fact.seq <= until && fact.variable === variable) return fact
  }
  return null
}

function firstSetAfter({ entry, until }: Place, variable: VariableId, effort: Effort): VarSet | null {
  let first: VarSet | null = null
  for (let change = entry.lastChange; change !== null && effort.left-- > 0; change = change.previous) {
    const { fact } = change
    if (fact.seq <= until) break
    if (fact.type === 'var-set' && fact.variable === variable) first = fact
  }
  return first
}

const written = (kind: StepKind, { context, seq, at, stack, value }: VarSet | VarReset): Step =>
  step(kind, { context, seq, at, stack, value: value?.text ?? null })

const created = (kind: StepKind, { id, created: seq, createdAt: at, stack }: ContextEntry): Step =>
  step(kind, { context: id, seq, at, stack })

const copied = (entry: ContextEntry): Step => created('copied', entry)

/** A chain of copies may be of any length: what is told of it is its two ends. */
function shortened(steps: Step[]): Step[] {
  const left = steps.length - 2 * TOLD
  if (left < 2) return steps
  return [...steps.slice(0, TOLD), step('skipped', { many: left }), ...steps.slice(-TOLD)]
}
