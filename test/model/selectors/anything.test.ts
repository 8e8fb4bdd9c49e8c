// What every selector owes any world, also one that a lying page made.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { advance, emptyWorld } from '../../../panel/model/advance'
import { judge } from '../../../panel/model/rules'
import { completeness } from '../../../panel/model/selectors/completeness'
import { contextDetails } from '../../../panel/model/selectors/details'
import { treeRows } from '../../../panel/model/selectors/tree'
import type { World } from '../../../panel/model/world'
import type { ContextId, Fact } from '../../../runtime/protocol'
import { randomFacts } from '../random-facts'

function worldOf(facts: readonly Fact[]): World {
  const world = emptyWorld()
  for (const fact of facts) advance(world, fact)
  return world
}

const shown = (world: World, hideEnded: boolean, query: string, collapsed: ContextId[] = []) =>
  treeRows(world, judge(world).findings, { collapsed: new Set(collapsed), hideEnded, query })

test('the tree shows every context once, below its parent', () => {
  fc.assert(
    fc.property(randomFacts, (facts) => {
      const world = worldOf(facts)
      const rows = shown(world, false, '')
      expect(rows.map(({ context }) => context).sort((a, b) => a - b)).toEqual([...world.contexts.keys()])
      const path: ContextId[] = []
      for (const { context, depth, position, siblings } of rows) {
        path.length = depth
        expect(world.contexts.get(context)?.parent ?? null).toBe(path.at(-1) ?? null)
        expect(position).toBeGreaterThan(0)
        expect(position).toBeLessThanOrEqual(siblings)
        path.push(context)
      }
    }),
    { numRuns: 200 },
  )
})

test('a filtered tree is a part of the whole, in the same order, and leads to all that it found', () => {
  fc.assert(
    fc.property(
      randomFacts,
      fc.boolean(),
      fc.constantFrom('', 'user', 'a', '(', '[', '\\'),
      (facts, hideEnded, query) => {
        const world = worldOf(facts)
        const all = shown(world, false, '').map(({ context }) => context)
        const rows = shown(world, hideEnded, query)
        const part = new Set(rows.map(({ context }) => context))
        expect(rows.map(({ context }) => context)).toEqual(all.filter((context) => part.has(context)))
        for (const { context, hasChildren } of rows) {
          const entry = world.contexts.get(context)
          expect(hasChildren).toBe([...(entry?.children ?? [])].some((child) => part.has(child)))
          if (entry?.parent != null) expect(part.has(entry.parent)).toBe(true)
        }
        if (query !== '') for (const row of rows) expect(row.matches || row.hasChildren).toBe(true)
      },
    ),
    { numRuns: 200 },
  )
})

test('details count what the tree counts', () => {
  fc.assert(
    fc.property(randomFacts, (facts) => {
      const world = worldOf(facts)
      for (const row of shown(world, false, '')) {
        const details = contextDetails(world, row.context)
        const held = details?.rows.filter(({ from }) => from === 'own' || from === 'inherited') ?? []
        expect(held).toHaveLength(row.holds)
        expect(held.filter(({ from }) => from === 'own')).toHaveLength(row.own)
        expect(row.open).toBeGreaterThanOrEqual(0)
        expect(details?.path).toHaveLength(row.depth + 1)
      }
    }),
    { numRuns: 200 },
  )
})

test('what is missing and what is there make up everything', () => {
  fc.assert(
    fc.property(randomFacts, (facts) => {
      const { last, lost, missing } = completeness(worldOf(facts))
      expect(last).toBe(facts.at(-1)?.seq ?? 0)
      const holes = last - facts.length
      const gaps = facts.filter(({ type }) => type === 'gap').length
      expect(lost).toBeGreaterThanOrEqual(holes)
      expect(lost).toBeLessThanOrEqual(holes + gaps)
      missing.forEach(({ from, to }, index) => {
        expect(to).toBeGreaterThanOrEqual(from)
        expect(from).toBeGreaterThan((missing[index - 1]?.to ?? -1) + 1)
      })
    }),
  )
})
