// A world as a drawing: its tree, what each context holds and from where, and its tokens. Two worlds are the same if their
// drawings are, so tests compare these.

import { contextLabel, variableName } from '../../panel/model/selectors/labels'
import { isInherited } from '../../panel/model/values'
import type { ContextEntry, World } from '../../panel/model/world'

/** `base: user = "ada" (own)`, children indented. */
export function drawTree(world: World): string {
  const lines: string[] = []
  const draw = (entry: ContextEntry, depth: number): void => {
    const held = [...entry.holdings.values()].map((holding) => {
      const from = isInherited(entry, holding) ? `from ${contextLabel(world, holding.setIn ?? entry.id)}` : 'own'
      return `${variableName(world, holding.variable)} = ${holding.value.text} (${from})`
    })
    const state = entry.state === 'alive' ? '' : ` [${entry.state}]`
    lines.push(
      `${'  '.repeat(depth)}${contextLabel(world, entry.id)}${state}${held.length ? `: ${held.join(', ')}` : ''}`,
    )
    for (const child of entry.children) {
      const below = world.contexts.get(child)
      if (below !== undefined) draw(below, depth + 1)
    }
  }
  for (const root of world.roots) {
    const entry = world.contexts.get(root)
    if (entry !== undefined) draw(entry, 0)
  }
  return lines.join('\n')
}

/** Everything that a world knows, as text. Chains of changes are written as lists. */
export function drawWorld(world: unknown): string {
  return JSON.stringify(world, (key, value: unknown) => {
    // What the rules want to know of it says nothing about it.
    if (key === 'touched') return undefined
    if (key === 'lastChange') return changeList(value as ContextEntry['lastChange'])
    const isLedger = typeof value === 'object' && value !== null && Symbol.iterator in value
    return isLedger ? [...(value as Iterable<unknown>)] : value
  })
}

function changeList(newest: ContextEntry['lastChange']): unknown[] {
  const list: unknown[] = []
  for (let change = newest; change !== null; change = change.previous) list.push([change.fact.seq, change.before])
  return list
}
