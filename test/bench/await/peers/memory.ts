// What awaits leave behind in the heap. The host gives `gc`, and a figure of the heap that is exact.

import { install } from '../../../../runtime/async'
import { ours } from '../ours'
import { none } from '../shapes'

const WAITING = 20_000
const RACES = 100_000

/** Not a callback of ours, which would be in a context. */
const { setTimeout } = globalThis
const nextTurn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve))

async function heap(): Promise<number> {
  const { gc } = globalThis
  if (gc === undefined) throw new Error('Nobody can collect here: --expose-gc is missing')
  // A collection frees what the one before has only found to be finalised.
  for (let i = 0; i < 3; i++) {
    await nextTurn()
    gc()
  }
  const ofPage = Reflect.get(performance, 'memory') as { usedJSHeapSize: number } | undefined
  return ofPage?.usedJSHeapSize ?? process.memoryUsage().heapUsed
}

async function value(i: number): Promise<number> {
  return i
}

/** Bytes for each race with a promise that stays pending: natively, too, every one leaves a reaction there. */
function races(never: Promise<unknown>): Promise<number> {
  return growth(RACES, async (share) => {
    for (let i = 0; i < share; i++) await Promise.race([never, value(i)])
    carrier.check()
  })
}

/** Bytes per operation, by what the heap is after each of ten equal shares; the first makes what stays once. */
async function growth(times: number, share: (times: number) => unknown): Promise<number> {
  await share(times / 10)
  const begin = await heap()
  for (let i = 1; i < 10; i++) await share(times / 10)
  return ((await heap()) - begin) / (times * 0.9)
}

/** Bytes for each of many that wait for one promise, while it is pending and when it is settled. */
async function waiting(): Promise<{ pending: number; settled: number }> {
  let settle = (_: number): void => {}
  const shared = new Promise<number>((resolve) => {
    settle = resolve
  })
  const wait = async (): Promise<number> => await shared
  const begin = await heap()
  const done = Promise.all(Array.from({ length: WAITING }, () => carrier.enter(wait)))
  const full = await heap()
  settle(1)
  await done
  const after = await heap()
  return { pending: (full - begin) / WAITING, settled: (after - begin) / WAITING }
}

let carrier = none

Reflect.set(globalThis, 'bench', async (state: 'plain' | 'in a context', times: number) => {
  if (state === 'in a context') {
    install()
    carrier = ours
  }
  const never = new Promise(() => {})
  const results = {
    awaits: await carrier.enter(() =>
      growth(times, async (share) => {
        let sum = 0
        for (let i = 0; i < share; i++) sum += await value(i)
        carrier.check()
        return sum
      }),
    ),
    polls: await carrier.enter(() =>
      growth(times, (share) => {
        for (let i = 0; i < share; i++) if (never.constructor !== Promise) return 'somebody else'
      }),
    ),
    races: await carrier.enter(() => races(never)),
    // The first time makes what stays once.
    ...((await waiting()) && (await waiting())),
  }
  // Until here nobody may collect what is measured.
  Reflect.set(globalThis, 'benchResult', never)
  return results
})
