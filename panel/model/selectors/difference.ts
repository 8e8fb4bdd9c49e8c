// How what one context held at one moment differs from what another, or the same, held at another.

import type { ContextId, Preview, VariableId } from '../../../runtime/protocol'
import { mayBeSame } from '../same-value'
import type { World } from '../world'
import { variableName } from './labels'

/** A context as it is in a world. */
export interface Side {
  world: World
  context: ContextId
}

export interface DifferenceRow {
  variable: VariableId
  name: string
  change: 'added' | 'removed' | 'changed' | 'same'
  /** Null where nothing is held. */
  from: Preview | null
  to: Preview | null
}

/** All that either holds, by name; a context that is not there holds nothing. */
export function difference(from: Side, to: Side): DifferenceRow[] {
  const before = from.world.contexts.get(from.context)?.holdings
  const after = to.world.contexts.get(to.context)?.holdings
  const rows: DifferenceRow[] = []
  for (const variable of new Set([...(before?.keys() ?? []), ...(after?.keys() ?? [])])) {
    const had = before?.get(variable)?.value ?? null
    const has = after?.get(variable)?.value ?? null
    const { world } = to.world.variables.has(variable) ? to : from
    rows.push({ variable, name: variableName(world, variable), change: changeOf(had, has), from: had, to: has })
  }
  return rows.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.variable - b.variable))
}

function changeOf(from: Preview | null, to: Preview | null): DifferenceRow['change'] {
  if (from === null) return to === null ? 'same' : 'added'
  if (to === null) return 'removed'
  return mayBeSame(from, to) ? 'same' : 'changed'
}
