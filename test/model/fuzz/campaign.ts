// A campaign: thousands of inputs, each of which follows from a seed and its number. They run in batches under a deadline that ends
// even an endless loop. INPUTS in the environment asks for more or fewer of them, a failure names its own.

import { runInThisContext } from 'node:vm'
import { expect } from 'vitest'
import { seed } from '../../seed'
import { Chance } from './chance'
import type { Fate } from './survive'

const PER_BATCH = 500

/** An input takes a fraction of a millisecond: one that takes this long, on however busy a machine, has lost itself. */
const DEADLINE = 5_000
const BATCH_DEADLINE = 60_000
/** For as many inputs as anybody asks for. */
export const PATIENCE = 3_600_000

export function campaign(name: string, usual: number, survive: (chance: Chance) => Fate): void {
  const wanted = Number(process.env.INPUTS ?? usual)
  const fates: Record<Fate, number> = { refused: 0, 'taken in': 0 }
  const builtIns = fingerprint()
  let input = 0
  let slowest = 0

  const runBatch = (): void => {
    for (const end = Math.min(input + PER_BATCH, wanted); input < end; input++) {
      const began = performance.now()
      fates[survive(new Chance(seed + input * 7919))]++
      const took = performance.now() - began
      slowest = Math.max(slowest, took)
      if (took > DEADLINE) throw new Error(`It took ${Math.round(took)} ms.`)
    }
  }
  while (input < wanted) {
    try {
      withDeadline(runBatch)
      expect(fingerprint()).toBe(builtIns)
    } catch (cause) {
      throw new Error(`${name}: input ${input} of seed ${seed} was not survived. ${String(cause)}`, { cause })
    }
  }
  console.info(
    `${name}: ${wanted} inputs of seed ${seed}: ${fates.refused} refused, ${fates['taken in']} taken in, the slowest in ${slowest.toFixed(1)} ms`,
  )
  // A campaign in which all is refused at the door has seen nothing.
  expect(fates['taken in']).toBeGreaterThan(wanted / 20)
}

/** Only the engine can end a loop from outside: what a script calls is ended with it. */
function withDeadline(work: () => void): void {
  const key = 'workOfTheCampaign'
  Object.defineProperty(globalThis, key, { value: work, configurable: true })
  try {
    runInThisContext(`${key}()`, { timeout: BATCH_DEADLINE })
  } finally {
    Reflect.deleteProperty(globalThis, key)
  }
}

/** What all objects have. */
function fingerprint(): string {
  const prototypes: object[] = [Object, Array, Function, String, Number, Map, Set, RegExp].map((one) => one.prototype)
  return prototypes.map((prototype) => Reflect.ownKeys(prototype).map(String).join()).join('\n')
}
