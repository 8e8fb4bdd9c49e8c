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
  const drafts: Draft[] = [censusOf(world)]
  if (level !== null) drafts.unshift(level)
  if (runtime !== null) drafts.unshift({ ...runtime, propagation: world.propagation })
  const gap = seq - drafts.length
  if (gap < 1) return []
  drafts.unshift({ type: 'gap', from: 1, to: gap } as Draft)
  return drafts.map((draft, index) => ({ ...draft, seq: gap + index, at }) as Fact)
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
