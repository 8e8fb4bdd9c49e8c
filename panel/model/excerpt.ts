// Parts of a recording that leave in the place of all of it. What is left out shows as missing when the file is opened again, since its
// numbers are; what stood in the place of what came before is said by a gap and a census, as a recorder does.

import type { ContextId, Fact, StackTable, TaskId, TokenId } from '../../runtime/protocol'
import { namedStacks } from './named-stacks'
import { openingFacts } from './opening'
import { grouped } from './selectors/grouped'
import { contextPhrase } from './selectors/labels'
import type { Timeline } from './timeline'
import type { World } from './world'

export interface Excerpt {
  facts: readonly Fact[]
  stacks: StackTable
  /** What it leaves out, in one sentence; null where it is all that is kept. */
  cut: string | null
}

/** What of a recording is wanted. */
export interface Part {
  /** The context that it is about, with what it was copied from and what hangs below it; null for all. */
  context: ContextId | null
  /** What happened after this fact, and before it what lived then; null from the beginning on. */
  after: number | null
  /** What was known at this fact; null for all that is. */
  upTo: number | null
}

export const ALL: Part = { context: null, after: null, upTo: null }

/** All that is kept. */
export function recordingOfAll(timeline: Timeline): Excerpt {
  return { facts: [...leading(timeline), ...timeline.facts], stacks: timeline.stacks, cut: null }
}

export function recordingOf(timeline: Timeline, { context, after, upTo }: Part): Excerpt {
  let { facts } = recordingOfAll(timeline)
  const cuts: string[] = []
  const opening = after === null ? [] : openingAt(timeline, after)
  if (after !== null && opening.length > 0) {
    facts = [...opening, ...timeline.facts.filter(({ seq }) => seq > after)]
    cuts.push(`What came up to fact ${grouped(after)} is left out, but for what lived then.`)
  }
  if (upTo !== null && upTo < timeline.head.seq) {
    facts = facts.filter(({ seq }) => seq <= upTo)
    cuts.push(`What came after fact ${grouped(upTo)} is left out.`)
  }
  if (context !== null) {
    const speaks = speaksOf(contextsFor(timeline.head, context, facts))
    facts = facts.flatMap((fact) => speaks(fact) ?? [])
    const name = contextPhrase(timeline.head, context)
    cuts.push(`Only ${name}, what it was copied from and what hangs below it.`)
  }
  if (cuts.length === 0) return recordingOfAll(timeline)
  const stacks: StackTable = {}
  for (const id of namedStacks(facts, [])) {
    const frames = timeline.stacks[id]
    if (frames !== undefined) stacks[id] = frames
  }
  return { facts, stacks, cut: cuts.join(' ') }
}

/** The longest end of a part whose text, as `write` makes it, has at most so many characters; or the shortest there is. */
export function recordingWithin(
  timeline: Timeline,
  part: Part,
  most: number,
  write: (excerpt: Excerpt) => string,
): { excerpt: Excerpt; text: string } {
  const all = recordingOf(timeline, part)
  const whole = { excerpt: all, text: write(all) }
  if (whole.text.length <= most) return whole
  const { facts } = timeline
  /** Of the facts from here on some end fits, or none. */
  let tooMany = timeline.position(part.after ?? 0)
  let enough = part.upTo === null ? facts.length : timeline.position(part.upTo)
  let best = attempt(enough)
  while (enough - tooMany > Math.max(1, facts.length / 200)) {
    const middle = (tooMany + enough) >>> 1
    const tried = attempt(middle)
    if (tried.text.length > most) tooMany = middle
    else {
      enough = middle
      best = tried
    }
  }
  return best

  function attempt(from: number): { excerpt: Excerpt; text: string } {
    const after = facts[from - 1]?.seq ?? timeline.opening.seq
    const tail = recordingOf(timeline, { ...part, after })
    return { excerpt: tail, text: write(tail) }
  }
}

const leading = ({ opening }: Timeline): Fact[] => (opening.letGo > 0 ? openingFacts(opening) : [])

/** What stands for all up to fact `seq`. None where that is so little that there is no room: then it is not left out. */
function openingAt(timeline: Timeline, seq: number): Fact[] {
  return seq <= timeline.opening.seq ? leading(timeline) : openingFacts(timeline.at(seq))
}

/**
 * A context and what it needs to be understood: those that it was copied from, what hangs below it, and, with those that they were
 * copied from, the others that are named where something happened in these, or where a default was found changed, which is everybody's.
 */
function contextsFor(world: World, context: ContextId, facts: readonly Fact[]): Set<ContextId> {
  const kept = new Set<ContextId>()
  const keepPath = (from: ContextId | null): void => {
    for (let id = from; id !== null && !kept.has(id); id = world.contexts.get(id)?.parent ?? null) kept.add(id)
  }
  keepPath(world.base)
  keepPath(world.contexts.get(context)?.parent ?? null)
  const below = new Set<ContextId>()
  const waiting = [context]
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    below.add(id)
    for (const child of world.contexts.get(id)?.children ?? []) waiting.push(child)
  }
  for (const id of below) kept.add(id)
  const family = new Set(kept)
  for (const fact of facts) {
    if (fact.type === 'default-changed') keepPath(fact.context)
    else if ('context' in fact && family.has(fact.context)) {
      // What those above waited for is theirs.
      if (fact.type !== 'work-awaited' || below.has(fact.context)) for (const other of othersIn(fact)) keepPath(other)
    } else if (fact.type === 'token-error' && fact.tokenContext !== null && below.has(fact.tokenContext)) {
      keepPath(fact.context)
    }
  }
  return kept
}

/** The other contexts that a fact names. */
function othersIn(fact: Fact): (ContextId | null)[] {
  switch (fact.type) {
    case 'token-error':
      return [fact.tokenContext]
    case 'run-started':
      return [fact.outer]
    case 'await-untracked':
      return [fact.resumed]
    case 'work-awaited':
      return [fact.work]
    default:
      return []
  }
}

/** Facts of these contexts and of none; asked in their order, since a task and a token are told of by their own numbers later. */
function speaksOf(contexts: ReadonlySet<ContextId>): (fact: Fact) => Fact | null {
  const tasks = new Set<TaskId>()
  const tokens = new Set<TokenId>()
  return (fact) => {
    if (fact.type === 'census') {
      const kept = fact.contexts.filter(({ context }) => contexts.has(context))
      for (const { entries } of kept) for (const { token } of entries) if (token !== null) tokens.add(token)
      return { ...fact, contexts: kept }
    }
    if (fact.type === 'task-started' || fact.type === 'task-settled') return tasks.has(fact.task) ? fact : null
    if (fact.type === 'token-collected') return tokens.has(fact.token) ? fact : null
    if (!('context' in fact)) return fact
    if (!contexts.has(fact.context)) return null
    if (fact.type === 'task-created') tasks.add(fact.task)
    if (fact.type === 'var-set') tokens.add(fact.token)
    return fact
  }
}
