// What stands in an export for facts that are kept no more: a gap of their size, and what a recorder says after one.

import type { Census, CensusContext, CensusEntry, ContextId, Fact } from '../../runtime/protocol'
import type { ContextEntry, World } from './world'

type Draft = Fact extends infer F ? (F extends Fact ? Omit<F, 'seq' | 'at'> : never) : never

/**
 * Facts that take the place of those up to number `world.letGo`, of which `world` is what was true then. None where all are kept,
 * and where they are so few that there is no room.
 */
export function openingFacts(world: World): Fact[] {
  const { seq, at, runtime, level } = world
  const living: Draft[] = [censusOf(world)]
  if (level !== null) living.unshift(level)
  if (runtime !== null) living.unshift({ ...runtime, propagation: world.propagation })
  const tasks = taskFacts(world)
  // They took more facts than this to come about, but for what a page makes up.
  const drafts = living.length + tasks.length < seq ? [...living, ...tasks] : living
  const gap = seq - drafts.length
  if (gap < 1) return []
  drafts.unshift({ type: 'gap', from: 1, to: gap } as Draft)
  return drafts.map((draft, index) => ({ ...draft, seq: gap + index, at }) as Fact)
}

/** A census does not know whose contexts are: the tasks that go on, and the newest of each context, which has its name. */
function taskFacts({ tasks, contexts }: World): Draft[] {
  return [...tasks.values()].flatMap((task): Draft[] => {
    const context = contexts.get(task.context)
    const { id, name, parent, state, stack } = task
    const goesOn = state === 'created' || state === 'running'
    // Where something else goes on, the end of a task would be the end of that.
    const isTold = goesOn ? context?.state === 'alive' : context?.state === 'ended' && context.task === id
    if (!isTold) return []
    const created: Draft = { type: 'task-created', task: id, context: task.context, name, parent, stack }
    if (state === 'created') return [created]
    return [
      created,
      state === 'running' ? { type: 'task-started', task: id } : { type: 'task-settled', task: id, outcome: state },
    ]
  })
}

function censusOf(world: World): Omit<Census, 'seq' | 'at'> {
  const contexts: CensusContext[] = []
  for (const entry of world.contexts.values()) if (entry.state !== 'collected') contexts.push(listed(entry))
  const variables = [...world.variables.values()].map(({ id, name, default: value, stack }) => ({
    variable: id,
    name,
    default: value,
    stack,
  }))
  return { type: 'census', current: world.base ?? (1 as ContextId), variables, contexts }
}

function listed(entry: ContextEntry): CensusContext {
  const { id, parent, kind, name, api, stack, state } = entry
  const entries: CensusEntry[] = []
  for (const { variable, token, value, setIn, stack } of entry.holdings.values()) {
    entries.push({ variable, token: setIn === id ? token : null, value, stack })
  }
  return { context: id, parent, kind, name, api, stack, ended: state === 'ended', entries }
}
