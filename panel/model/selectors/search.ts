// Whether a context answers a search: by its label, its kind, what made it, and the names and values that it holds.

import type { ContextEntry, Holding, World } from '../world'
import { entryLabel } from './labels'

/** Case does not matter, and no character is special. Contexts share most of what they hold, so each value is looked at once. */
export function searchFor(world: World, query: string): (entry: ContextEntry) => boolean {
  const wanted = new RegExp(query.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'), 'i')
  const names = new Set<number>()
  for (const { id, name } of world.variables.values()) if (wanted.test(name)) names.add(id)
  const answers = new Map<Holding, boolean>()

  const isWanted = (holding: Holding): boolean => {
    if (names.has(holding.variable)) return true
    const known = answers.get(holding)
    if (known !== undefined) return known
    const answer = wanted.test(holding.value.text)
    answers.set(holding, answer)
    return answer
  }
  return (entry) =>
    wanted.test(entryLabel(world, entry)) ||
    wanted.test(entry.kind) ||
    (entry.api !== null && wanted.test(entry.api)) ||
    entry.holdings.some(isWanted)
}
