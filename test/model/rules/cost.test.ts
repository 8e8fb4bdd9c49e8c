// What it takes to judge a world once more, counted in entries that are looked at: `npm run bench -- rules` times it.

import { expect, test, vi } from 'vitest'
import { advance, emptyWorld } from '../../../panel/model/advance'
import { Ledger } from '../../../panel/model/ledger'
import { type Judging, judge, rulesOnRequest } from '../../../panel/model/rules'
import type { World } from '../../../panel/model/world'
import { Page } from '../../bench/rules/page'

/** Entries that are looked at. A pass over all of them counts as one, and gives as many more to look at. */
function work(world: World, asked: Judging): number {
  const spies = (['get', 'has', 'edit'] as const).map((method) => vi.spyOn(Ledger.prototype, method))
  const passes = (['values', 'entries', 'some'] as const).map((method) => vi.spyOn(Ledger.prototype, method))
  judge(world, asked)
  const count = spies.reduce((sum, spy) => sum + spy.mock.calls.length, 0)
  const passed = passes.flatMap((spy) => spy.mock.contexts) as Ledger<number, unknown>[]
  for (const spy of [...spies, ...passes]) spy.mockRestore()
  return passed.reduce((sum, { size }) => sum + size, count)
}

function requests(page: Page, count: number, world: World): void {
  for (let request = 0; request < count; request++) for (const fact of page.request()) advance(world, fact)
}

test.each([
  ['the rules', {}],
  ['with those on request', { also: rulesOnRequest.map(({ id }) => id) }],
])('does not grow with what was recorded before: %s', (_, asked) => {
  const page = new Page()
  const world: World = { ...emptyWorld(), stacks: page.stacks }
  for (const fact of page.opening()) advance(world, fact)
  const workAfter = (count: number): number => {
    requests(page, count, world)
    judge(world, asked)
    requests(page, 200, world)
    return work(world, asked)
  }
  const early = workAfter(5_000)
  const late = workAfter(20_000)
  expect(world.tokens.size).toBeGreaterThan(50_000)
  expect(early).toBeGreaterThan(200)
  expect(late).toBeLessThan(1.1 * early)
})
