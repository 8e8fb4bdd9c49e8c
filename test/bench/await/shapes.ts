// The shapes that asynchronous code has, the same program for every peer: native `await` for most, compiled to generators for one.

import type { Loop } from '../measure'
import type { Peer } from '../peer'

/**
 * - `await f()`: of an async function that returns a number
 * - `await settled`: of one promise that is settled already
 * - `await 5`: of no promise at all, three times out of four (a longer row of them loses a context that only a page follows)
 * - `await 3 nested`: of an async function that awaits another, that awaits another
 * - `Promise.all of 10`: ten async functions called, and awaited together
 * - `then`: one link of a chain of a hundred
 * - `100 tasks`: one await in one of a hundred tasks that take turns
 * - `message`: a promise that the next event of a MessagePort resolves, awaited
 * - `1000 timers`: a thousand promises that timers resolve, awaited together
 */
export type Shape =
  | 'await f()'
  | 'await settled'
  | 'await 5'
  | 'await 3 nested'
  | 'Promise.all of 10'
  | 'then'
  | '100 tasks'
  | 'message'
  | '1000 timers'

/** A peer's way to have a context. */
export interface Carrier {
  /** Runs the function in a context of its own. */
  enter<T>(fn: () => T): T
  /** Starts a task in a context of its own. */
  start<T>(fn: () => Promise<T>): Promise<T>
  /** Throws where that context is not what is current. Asked at the end of each loop: what is lost on the way stays lost. */
  check(): void
}

/** No contexts, and nobody who checks. */
export const none: Carrier = { enter: (fn) => fn(), start: (fn) => fn(), check() {} }

const TASKS = 100

async function value(i: number): Promise<number> {
  return i
}

async function inner(i: number): Promise<number> {
  return (await value(i)) + 1
}

async function outer(i: number): Promise<number> {
  return (await inner(i)) + 1
}

const more = (i: number): number => i + 1

export function shapes({ enter, start, check }: Carrier): Peer<Shape> {
  const within = (loop: (times: number) => Promise<unknown>) => (): Loop => (times) => enter(() => loop(times))

  return {
    'await f()': within(async (times) => {
      let sum = 0
      for (let i = 0; i < times; i++) sum += await value(i)
      check()
      return sum
    }),

    'await settled': within(async (times) => {
      const settled = Promise.resolve(1)
      let sum = 0
      for (let i = 0; i < times; i++) sum += await settled
      check()
      return sum
    }),

    'await 5': within(async (times) => {
      const settled = Promise.resolve(1)
      let sum = 0
      for (let i = 0; i < times; i++) sum += await (i % 4 === 3 ? settled : i)
      check()
      return sum
    }),

    'await 3 nested': within(async (times) => {
      let sum = 0
      for (let i = 0; i < times; i++) sum += await outer(i)
      check()
      return sum
    }),

    'Promise.all of 10': within(async (times) => {
      let last: unknown
      for (let i = 0; i < times; i++) {
        const calls = []
        for (let n = 0; n < 10; n++) calls.push(value(n))
        last = await Promise.all(calls)
      }
      check()
      return last
    }),

    // biome-ignore lint/suspicious/noThenProperty: a name in a table
    then: within(async (times) => {
      let sum = 0
      for (let i = 0; i < times; i += 100) {
        let chain = Promise.resolve(i)
        for (let n = i; n < times && n < i + 100; n++) chain = chain.then(more)
        sum += await chain
      }
      check()
      return sum
    }),

    '100 tasks': () => async (times) => {
      const task = async (first: number): Promise<number> => {
        let sum = 0
        for (let i = first; i < times; i += TASKS) sum += await value(i)
        check()
        return sum
      }
      return Promise.all(Array.from({ length: Math.min(times, TASKS) }, (_, n) => start(() => task(n))))
    },

    message: within(async (times) => {
      const { port1, port2 } = new MessageChannel()
      for (let i = 0; i < times; i++) {
        await new Promise((resolve) => {
          port1.onmessage = resolve
          port2.postMessage(i)
        })
      }
      check()
      port1.close()
    }),

    '1000 timers': within(async (times) => {
      for (let i = 0; i < times; i++) {
        await Promise.all(Array.from({ length: 1_000 }, () => new Promise((resolve) => setTimeout(resolve))))
      }
      check()
    }),
  }
}
