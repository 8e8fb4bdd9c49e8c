// Random programs see the same under AsyncContext as under Node's AsyncLocalStorage: `run` is `run`, a Snapshot is
// `AsyncLocalStorage.snapshot()`. PROGRAMS asks for more of them, SEED for the same again.

import { AsyncLocalStorage } from 'node:async_hooks'
import fc from 'fast-check'
import { afterEach, expect, test } from 'vitest'
import { AsyncContext, install } from '../../runtime/async-context'
import { type Carrier, execute } from '../async/program'
import { expectAgreement } from '../async/program-reference'
import { seed } from '../seed'
import { follow, programs, VARIABLES, variables, type Way } from './program'

let uninstall = () => {}
afterEach(() => uninstall())

const scope = new AsyncContext.Variable<string>({ name: 'scope', defaultValue: 'base' })
const carrier: Carrier = { runIn: (value, fn) => scope.run(value, fn), scope: () => scope.get() ?? '' }

test('programs of every kind of step that waits or calls back', { timeout: 600_000 }, async () => {
  uninstall = install({ events: 'cause' })
  await expectAgreement({
    programs: 500,
    run: (batch) => scope.run('base', () => Promise.all(batch.map((steps) => execute(steps, carrier)))),
  })
})

function storages(): Way {
  const made = Array.from({ length: VARIABLES }, () => new AsyncLocalStorage<number>())
  return {
    get: (variable) => made[variable]?.getStore(),
    run: (variable, value, fn) => (made[variable] as AsyncLocalStorage<number>).run(value, fn),
    snapshot: () => AsyncLocalStorage.snapshot(),
    wrap: (fn) => AsyncLocalStorage.bind(fn),
  }
}

/** How many run at once. */
const BATCH = 40

test('programs of several variables and snapshots', { timeout: 600_000 }, async () => {
  uninstall = install()
  const wanted = Number(process.env.PROGRAMS ?? 1_000)
  let looks = 0
  let ran = 0
  await fc.assert(
    // Side by side, as the parts of a page run: most of a program is waiting.
    fc.asyncProperty(fc.array(programs, { minLength: 1, maxLength: BATCH, size: 'max' }), async (batch) => {
      const [right, found] = await Promise.all(
        [storages, variables].map((way) => Promise.all(batch.map((program) => follow(program, way())))),
      )
      expect(found).toEqual(right)
      ran += batch.length
      for (const each of right ?? []) looks += Object.values(each).flat().length
    }),
    { numRuns: Math.ceil((2 * wanted) / BATCH), interruptAfterTimeLimit: 540_000, markInterruptAsFailure: true },
  )
  console.info(`seed ${seed}: ${ran} programs, ${looks} looks, 0 differences`)
  expect(looks).toBeGreaterThan(wanted)
})
