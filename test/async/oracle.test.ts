// The oracle for propagation is Node's AsyncLocalStorage, which the engine itself carries across await: random programs must see
// the same scopes under it and under this runtime. A failing program is printed with its seed, shrunk.

import { AsyncLocalStorage } from 'node:async_hooks'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ContextVar, copyContext } from '../../runtime'
import { install } from '../../runtime/async'
import { type Carrier, execute, program } from './program'

const storage = new AsyncLocalStorage<string>()
const oracle: Carrier = {
  runIn: (scope, fn) => storage.run(scope, fn),
  scope: () => storage.getStore() ?? 'base',
}

const variable = new ContextVar<string>('scope', { default: 'base' })
const ours: Carrier = {
  runIn: (scope, fn) =>
    copyContext().run(() => {
      variable.set(scope)
      return fn()
    }),
  scope: () => variable.get(),
}

test('random programs see the same contexts as under AsyncLocalStorage', { timeout: 240_000 }, async () => {
  let probes = 0
  await fc.assert(
    fc.asyncProperty(program, async (steps) => {
      const expected = await execute(steps, oracle)
      const uninstall = install()
      try {
        expect(await execute(steps, ours)).toEqual(expected)
      } finally {
        uninstall()
      }
      probes += Object.values(expected).reduce((sum, seen) => sum + seen.length, 0)
    }),
    { numRuns: Number(process.env.PROGRAMS ?? 60) },
  )
  expect(probes).toBeGreaterThan(1_000)
})
