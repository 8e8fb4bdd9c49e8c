// What it takes to judge a world once more, counted in entries that are looked at: `npm run bench -- rules` times it.

import { expect, test, vi } from 'vitest'
import { advance, emptyWorld } from '../../../panel/model/advance'
import { Ledger } from '../../../panel/model/ledger'
import { judge } from '../../../panel/model/rules'
import type { World } from '../../../panel/model/world'
import { Page } from '../../bench/rules/page'

/** Entries that are looked at. A pass over all of them counts as one, and gives as many more to look at. */
function work(world: World): number {
  const spies = (['get', 'has', 'edit'] as const).map((method) => vi.spyOn(Ledger.prototype, method))
  const passes = (['values', 'entries', 'some'] as const).map((method) => vi.spyOn(Ledger.prototype, method))
  judge(world)
  const count = spies.reduce((sum, spy) => sum + spy.mock.calls.length, 0)
  const passed = passes.flatMap((spy) => spy.mock.contexts) as Ledger<number, unknown>[]
  for (const spy of [...spies, ...passes]) spy.mockRestore()
  return passed.reduce((sum, { size }) => sum + size, count)
}

function requests(page: Page, count: number, world: World): void {
  for (let request = 0; request < count; request++) for (const fact of page.request()) advance(world, fact)
}

test('does not grow with what was recorded before', () => {
  const page = new Page()
  const world: World = { ...emptyWorld(), stacks: page.stacks }
  for (const fact of page.opening()) advance(world, fact)
  const workAfter = (count: number): number => {
    requests(page, count, world)
    judge(world)
    requests(page, 200, world)
    return work(world)
  }
  const early = workAfter(5_000)
  const late = workAfter(20_000)
  expect(world.tokens.size).toBeGreaterThan(50_000)
  expect(early).toBeGreaterThan(200)
  expect(late).toBeLessThan(1.1 * early)
})
