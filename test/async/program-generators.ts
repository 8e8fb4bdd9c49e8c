// Steps with generators and iterators. A generator runs in the context of whoever calls `next()`, so all of its body is
// `resumed` in the Context of the loop around it.
//
// Left out: requests of several scopes that wait in the queue of one asynchronous generator. The engine begins the next one
// where the one before ended, and neither runtime has a word in that.

import { failingCall, type Kinds, type Place, pendingCall, settledCall, sleep } from './program-place'

/** `Array.fromAsync`, the host's own where it has it. */
async function fromAsync(items: AsyncIterable<unknown>): Promise<unknown[]> {
  const native: unknown = Reflect.get(Array, 'fromAsync')
  if (typeof native === 'function') return native.call(Array, items)
  const all: unknown[] = []
  for await (const item of items) all.push(item)
  return all
}

async function* count(at: Place, times: number): AsyncGenerator<number, string> {
  try {
    for (let i = 0; i < times; i++) {
      await null
      at.resumed(`generator ${i}`)
      yield i
      await sleep(0)
    }
    return 'done'
  } finally {
    await settledCall(1)
    at.resumed('generator closed')
  }
}

async function* nested(at: Place, depth: number): AsyncGenerator<number, string> {
  yield depth
  at.resumed(`level ${depth}`)
  const result: string = yield* depth === 0 ? count(at, 2) : nested(at, depth - 1)
  at.resumed(`level ${depth} goes on`)
  yield Promise.resolve(depth) as unknown as number
  return result
}

/** Runs a generator that yields promises, as was done before there was `await`. */
function drive(steps: Generator<Promise<unknown>, void, unknown>): Promise<void> {
  return new Promise((resolve, reject) => {
    const step = (method: 'next' | 'throw', value: unknown) => {
      try {
        const { done, value: promise } = steps[method](value)
        if (done) resolve()
        else
          promise.then(
            (result) => step('next', result),
            (error) => step('throw', error),
          )
      } catch (error) {
        reject(error)
      }
    }
    step('next', undefined)
  })
}

export const leaves = {
  async generatorAskedAhead(at) {
    const generator = count(at, 2)
    await Promise.all([generator.next(), generator.next(), generator.next()])
    at.resumed('awaited')
  },
  async generatorMadeElsewhere(at) {
    const generator = at.runIn(() => count(at, at.n))
    for await (const i of generator) at.resumed(`body ${i}`)
    at.resumed('awaited')
  },
  async arrayFromAsync(at) {
    await fromAsync(count(at, at.n))
    at.resumed('awaited')
  },
  async forAwaitPromises(at) {
    for await (const i of [settledCall(0), 1, pendingCall(), sleep(at.n)]) at.resumed(`body ${i}`)
    at.resumed('awaited')
  },
  async forAwaitRejection(at) {
    try {
      for await (const i of [settledCall(0), failingCall()]) at.resumed(`body ${i}`)
    } catch {
      at.resumed('catch')
    }
  },
} satisfies Kinds

export const nests = {
  async asyncGenerator(at) {
    for await (const i of count(at, at.n)) {
      at.resumed(`body ${i}`)
      if (i === 0) await at.inside()
    }
    at.resumed('awaited')
  },
  async nestedGenerators(at) {
    for await (const i of nested(at, at.n)) at.resumed(`body ${i}`)
    await at.inside()
    at.resumed('awaited')
  },
  async generatorLeft(at) {
    for await (const i of nested(at, 1)) {
      at.resumed(`body ${i}`)
      await at.inside()
      if (i === 0) break
    }
    at.resumed('awaited')
  },
  async generatorReturned(at) {
    const generator = count(at, 3)
    await generator.next()
    await at.inside()
    await generator.return('early')
    at.resumed('awaited')
  },
  async generatorThrown(at) {
    const generator = count(at, 3)
    await generator.next()
    try {
      await generator.throw(new Error('expected'))
    } catch {
      at.resumed('catch')
    }
    await at.inside()
  },
  async generatorInScope(at) {
    // Each `next()` in the scope, the loop outside of it.
    const generator = (async function* () {
      for (let i = 0; i < at.n; i++) {
        at.probe(`generator ${i}`)
        if (i === 0) await at.inside()
        await sleep(0)
        at.probe(`generator ${i} goes on`)
        yield i
      }
    })()
    for (let i = 0; i <= at.n; i++) {
      await at.runIn(() => generator.next())
      at.resumed(`asked ${i}`)
    }
  },
  async forAwaitIterator(at) {
    const iterable = {
      [Symbol.asyncIterator]: () => {
        let i = 0
        return {
          next: async () => {
            at.resumed(`next ${i}`)
            await sleep(0)
            return { done: i >= at.n, value: i++ }
          },
          return: async () => {
            at.resumed('return')
            await at.inside()
            return { done: true, value: undefined }
          },
        }
      },
    }
    for await (const i of iterable) {
      at.resumed(`body ${i}`)
      if (i === 1) break
    }
    at.resumed('awaited')
  },
  async drivenGenerator(at) {
    await drive(
      (function* () {
        at.probe('begun')
        yield sleep(0)
        at.probe('resumed')
        yield at.inside()
        try {
          yield failingCall()
        } catch {
          at.probe('catch')
        }
      })(),
    )
    at.resumed('awaited')
  },
} satisfies Kinds
