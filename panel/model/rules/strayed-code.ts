// Code that may have lost its context. Where a context is lost on the way, the code runs on in the base context, or in a callback
// that an outside event started there: nothing is seen of the loss itself, so these are signs, and never proofs. That nothing which
// is followed started the code is a fact, where it was seen.

import type { ContextId, EntryUnfollowed, Frame, StackId } from '../../../runtime/protocol'
import type { Evidence } from '../finding'
import { entryLabel } from '../selectors/events'
import type { TokenEntry, World } from '../world'

export interface Strayed {
  /** The function that appears in both stacks, which makes the loss likely; null where there is none. */
  sharedFunction: string | null
  /** Whether that function went past its line of the set, as what goes on after an `await` did; a new call of it may come to it yet. */
  isPastSet: boolean
}

/** Whether the failed lookup may belong to the task or callback that made this set; null where nothing says so. */
export function strayedFrom(world: World, lookup: Moment, set: TokenEntry): Strayed | null {
  // Where nothing follows `await`, that is what there is to say.
  if (world.propagation?.nativeAwait !== true || !isNobodysUnit(world, lookup)) return null
  const unit = world.contexts.get(set.context)
  if (unit === undefined || (unit.kind !== 'task' && unit.kind !== 'callback')) return null
  if (!standsAt(set, lookup.seq)) return null
  const shared = sharedFunction(world, lookup, set)
  const goesOn = unit.ended === null || unit.ended.seq > lookup.seq
  // What a callback awaits goes on after it returned, unseen: for that, a function in common has to speak.
  if (!goesOn && (unit.kind === 'task' || shared === null)) return null
  return { sharedFunction: shared?.name ?? null, isPastSet: shared?.isPastSet ?? false }
}

/** Whether the value was still set at that moment. A token that was garbage-collected has not reset anything. */
export function standsAt(set: TokenEntry, seq: number): boolean {
  return set.closed === null || set.state === 'lost' || set.closed.seq > seq
}

/** The base context, and copies that callbacks from outside made of it. */
export function isNobodysUnit(world: World, { context }: Pick<Moment, 'context'>): boolean {
  if (context === world.base) return true
  const entry = world.contexts.get(context)
  return entry?.kind === 'callback' && entry.parent !== null && entry.parent === world.base
}

/** Where and when a line of the page ran. */
export interface Moment {
  context: ContextId
  stack: StackId | null
  seq: number
}

export interface UnfollowedCode {
  fact: EntryUnfollowed
  /** The function that the host called, as a sentence names it. */
  name: string
}

/** The fact that nothing which is followed started the code of this moment, or what handed its callback over; null without one. */
export function unfollowedCode(world: World, moment: Moment): UnfollowedCode | null {
  if (!isNobodysUnit(world, moment)) return null
  const registration = moment.context === world.base ? null : (world.contexts.get(moment.context)?.stack ?? null)
  const outermost = [moment.stack, registration].map((stack) => outermostOf(world, stack))
  for (const fact of world.unfollowed) {
    const entry = outermostOf(world, fact.stack)
    if (fact.seq > moment.seq || entry === null) continue
    if (outermost.some((frame) => frame !== null && isSameFunction(frame, entry))) {
      return { fact, name: entry.name === '' ? 'a function without a name' : entry.name }
    }
  }
  return null
}

/** What may be so where nothing that is followed started the code; whose it is, is not known. */
export const howItStarted = ({ name }: UnfollowedCode): string =>
  `Nothing that is followed started this code: ${name} went on after an \`await\` that nothing saw, of many plain values in a row, or the host called it, through an API that is not followed or was kept before \`install()\`.`

export const howToFollow = ({ name }: UnfollowedCode): string =>
  `If ${name} awaits many plain values in a row, build with \`compileAwait\` of contextvars-devtools/vite. If the host calls it, hand it over as \`wrap(fn)\`, or call \`install()\` before anything keeps a function of the host.`

export function unfollowedEvidence(world: World, { fact }: UnfollowedCode): Evidence {
  return { label: entryLabel(world, fact), seq: fact.seq, context: fact.context, stack: fact.stack }
}

function outermostOf(world: World, stack: StackId | null): Frame | null {
  const frames = stack === null ? [] : (world.stacks[stack] ?? [])
  return frames.findLast(({ url }) => !url.startsWith('node:')) ?? null
}

/** One without a name is known by its line alone: it may have several, and then it is not known again. */
function isSameFunction(a: Frame, b: Frame): boolean {
  return a.url === b.url && a.name === b.name && (a.name !== '' || a.line === b.line)
}

/** Who started the task stands in its stack too, and proves nothing. */
function sharedFunction(world: World, lookup: Moment, set: TokenEntry): { name: string; isPastSet: boolean } | null {
  const starters = functionsOf(world, world.contexts.get(set.context)?.stack ?? null)
  const setters = functionsOf(world, set.stack)
  for (const [key, frame] of functionsOf(world, lookup.stack)) {
    const setter = setters.get(key)
    if (setter !== undefined && !starters.has(key)) return { name: frame.name, isPastSet: !isAbove(frame, setter) }
  }
  return null
}

/** In one file. All of a bundle may stand in one line. */
const isAbove = (a: Frame, b: Frame): boolean => a.line < b.line || (a.line === b.line && a.column < b.column)

const NOBODY: ReadonlyMap<string, Frame> = new Map()
/** What was made of a stack before: many sets share one. */
const functions = new WeakMap<readonly Frame[], ReadonlyMap<string, Frame>>()

/** Frames by url and name, innermost first. Functions without a name cannot be told apart. */
function functionsOf(world: World, stack: StackId | null): ReadonlyMap<string, Frame> {
  const frames = stack === null ? undefined : world.stacks[stack]
  if (frames === undefined) return NOBODY
  const known = functions.get(frames)
  if (known !== undefined) return known
  const named = new Map(frames.filter(({ name }) => name !== '').map((frame) => [`${frame.url} ${frame.name}`, frame]))
  functions.set(frames, named)
  return named
}
