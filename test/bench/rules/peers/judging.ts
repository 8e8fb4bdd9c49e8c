// What the rules cost while a page is recorded: a batch of facts after the other is taken in and judged, in a world that has a million
// of them.

import { advance, emptyWorld } from '../../../../panel/model/advance'
import { judge } from '../../../../panel/model/rules'
import type { World } from '../../../../panel/model/world'
import type { Fact } from '../../../../runtime/protocol'
import { FACTS_OF_A_REQUEST, Page } from '../page'

const BATCH = 1_000
const BATCHES = 200

function took(work: () => unknown): number {
  const begin = performance.now()
  work()
  return performance.now() - begin
}

const take = (world: World, facts: readonly Fact[]): void => {
  for (const fact of facts) advance(world, fact)
}

/** In milliseconds: the middle one, and the worst but for one in twenty, where a collection of garbage falls in. */
function of(all: number[]): { median: number; worst: number } {
  const sorted = all.toSorted((a, b) => a - b)
  return { median: sorted[sorted.length >> 1] ?? 0, worst: sorted[Math.floor(sorted.length * 0.95) - 1] ?? 0 }
}

Reflect.set(globalThis, 'bench', (facts: number) => {
  const page = new Page()
  const world: World = { ...emptyWorld(), stacks: page.stacks }
  const batch = (): Fact[] => Array.from({ length: BATCH / FACTS_OF_A_REQUEST }, () => page.request()).flat()
  take(world, page.opening())
  while (world.seq < facts - BATCH * BATCHES) take(world, batch())
  // Nobody looked before: everything is looked at.
  const first = took(() => judge(world))
  const all = { parsed: [] as number[], advanced: [] as number[], judged: [] as number[] }
  for (let round = 0; round < BATCHES; round++) {
    const text = JSON.stringify(batch())
    let told: Fact[] = []
    all.parsed.push(took(() => (told = JSON.parse(text))))
    all.advanced.push(took(() => take(world, told)))
    all.judged.push(took(() => judge(world)))
  }
  const { findings } = judge(world)
  return {
    first,
    parsed: of(all.parsed),
    advanced: of(all.advanced),
    judged: of(all.judged),
    facts: world.seq,
    contexts: world.contexts.size,
    problems: findings.length,
  }
})
