// Parts of a recording that leave in the place of all of it. What is left out shows as missing when the file is opened again, since its
// numbers are; what stood in the place of what came before is said by a gap and a census, as a recorder does.

import type { ContextId, Fact, StackTable, TaskId, TokenId } from '../../runtime/protocol'
import { namedStacks } from './named-stacks'
import { openingFacts } from './opening'
import { contextPhrase } from './selectors/labels'
import type { Timeline } from './timeline'
import type { World } from './world'

export interface Excerpt {
  facts: readonly Fact[]
  stacks: StackTable
  /** What it leaves out, in one sentence; null where it is all that is kept. */
  cut: string | null
}

/** All that is kept. */
export function recordingOfAll(timeline: Timeline): Excerpt {
  return { facts: [...leading(timeline), ...timeline.facts], stacks: timeline.stacks, cut: null }
}

/** What was known at fact `seq`. */
export function recordingUpTo(timeline: Timeline, seq: number): Excerpt {
  const facts = [...leading(timeline), ...timeline.facts.filter((fact) => fact.seq <= seq)]
  return excerpt(timeline, facts, `What came after fact ${count(seq)} is left out.`)
}

/** What happened after fact `seq`, and before it what lived then. */
export function recordingFrom(timeline: Timeline, seq: number): Excerpt {
  const opening = seq <= timeline.opening.seq ? leading(timeline) : openingFacts(timeline.at(seq))
  const facts = [...opening, ...timeline.facts.filter((fact) => fact.seq > seq)]
  return excerpt(timeline, facts, `What came up to fact ${count(seq)} is left out, but for what lived then.`)
}

/** A context and what it needs to be understood: those that it was copied from, what hangs below it, and the other side of each refusal. */
export function recordingOf(timeline: Timeline, context: ContextId): Excerpt {
  const world = timeline.head
  const kept = family(world, context)
  for (const fact of world.refusals) {
    if (fact.type === 'token-error' && kept.has(fact.context) && fact.tokenContext !== null) {
      for (const id of pathOf(world, fact.tokenContext)) kept.add(id)
    }
  }
  const isKept = speaksOf(kept)
  const facts = recordingOfAll(timeline).facts.flatMap((fact) => isKept(fact) ?? [])
  return excerpt(
    timeline,
    facts,
    `Only ${contextPhrase(world, context)}, what it was copied from and what hangs below it.`,
  )
}

/** The longest end of a recording whose text, as `write` makes it, has at most so many characters; or the shortest there is. */
export function recordingWithin(
  timeline: Timeline,
  most: number,
  write: (excerpt: Excerpt) => string,
): { excerpt: Excerpt; text: string } {
  const all = recordingOfAll(timeline)
  const whole = { excerpt: all, text: write(all) }
  if (whole.text.length <= most) return whole
  const { facts } = timeline
  /** Of the facts from here on some end fits, or none. */
  let tooMany = 0
  let enough = facts.length
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
    const before = facts[from - 1]?.seq ?? timeline.opening.seq
    const tail = recordingFrom(timeline, before)
    return { excerpt: tail, text: write(tail) }
  }
}

const leading = ({ opening }: Timeline): Fact[] => (opening.letGo > 0 ? openingFacts(opening) : [])

function excerpt({ stacks }: Timeline, facts: readonly Fact[], cut: string): Excerpt {
  const named: StackTable = {}
  for (const id of namedStacks(facts, [])) if (stacks[id] !== undefined) named[id] = stacks[id]
  return { facts, stacks: named, cut }
}

function pathOf(world: World, context: ContextId): ContextId[] {
  const path: ContextId[] = []
  for (let id: ContextId | null = context; id !== null; id = world.contexts.get(id)?.parent ?? null) path.push(id)
  return path
}

function family(world: World, context: ContextId): Set<ContextId> {
  const kept = new Set(pathOf(world, context))
  if (world.base !== null) kept.add(world.base)
  const waiting = [context]
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    kept.add(id)
    for (const child of world.contexts.get(id)?.children ?? []) waiting.push(child)
  }
  return kept
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

const count = (number: number): string => number.toLocaleString('en-US')
