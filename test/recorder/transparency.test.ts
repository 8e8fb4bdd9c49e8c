// Recording must not change what a program means: the same values, the same errors, the same order, whether somebody listens or not.

import fc from 'fast-check'
import { afterEach, describe, expect, test } from 'vitest'
import { ContextVar, copyContext } from '../../runtime'
import { createTask, install } from '../../runtime/async'
import { record } from '../../runtime/recorder'
import { underContexts, values } from '../async/program-contexts'
import { expectAgreement } from '../async/program-reference'
import { interpret } from '../context/interpret'
import { program } from '../context/program'
import { seed } from '../seed'

const undo: (() => void)[] = []
afterEach(() => {
  for (const end of undo.splice(0).reverse()) end()
})

/** A log that overflows again and again states gaps and censuses, too. */
const SMALL = { log: { facts: 50 } }

function recorded<T>(work: () => T, options = {}): T {
  const recording = record(options)
  try {
    return work()
  } finally {
    recording.stop()
  }
}

test(`synchronous programs, with SEED=${seed}`, () => {
  fc.assert(
    fc.property(program, (steps) => {
      const alone = interpret(steps)
      expect(recorded(() => interpret(steps))).toEqual(alone)
      expect(recorded(() => interpret(steps), SMALL)).toEqual(alone)
    }),
    { numRuns: 1_000 },
  )
})

test('asynchronous programs', { timeout: 300_000 }, () =>
  expectAgreement({
    programs: 400,
    async run(batch) {
      const recording = record(SMALL)
      try {
        return await underContexts(batch, values)
      } finally {
        recording.stop()
      }
    },
  }),
)

/** Ways to go on later, of which each takes a certain number of ticks. */
const ways = {
  plain: async () => void (await 1),
  settled: async () => void (await Promise.resolve(1)),
  call: async () => void (await (async () => 1)()),
  callThatAwaits: async () => void (await (async () => void (await null))()),
  returned: async () => (async () => Promise.resolve(1))(),
  rejection: async () => {
    try {
      await Promise.reject(new Error('expected'))
    } catch {}
  },
  // biome-ignore lint/suspicious/noThenProperty: a thenable is one way
  thenable: async () => void (await { then: (resolve: (value: number) => void) => resolve(1) }),
  adopted: async () => void (await new Promise((resolve) => resolve(Promise.resolve(1)))),
  callback: () => Promise.resolve(1).then(() => {}),
  finallyCallback: () => Promise.resolve(1).finally(() => {}),
  microtask: () => new Promise<void>((resolve) => queueMicrotask(resolve)),
  all: async () => void (await Promise.all([1, Promise.resolve(2), (async () => 3)()])),
  race: async () => void (await Promise.race([Promise.resolve(1), 2])),
  iteration: async () => {
    for await (const _ of [Promise.resolve(1), 2]);
  },
}
type Way = keyof typeof ways

const variable = new ContextVar<string>('variable', { default: 'none' })

/** The order in which strands get on, each in a context of its own, reading and writing as it goes. */
async function orderOf(strands: readonly (readonly Way[])[]): Promise<string[]> {
  const order: string[] = []
  const strand = async (list: readonly Way[], index: number): Promise<void> => {
    const token = variable.set(`${index}`)
    for (const [step, way] of list.entries()) {
      await ways[way]()
      order.push(`${index}.${step} ${way}`)
    }
    // Where nothing is installed the context is lost by now.
    if (list.length === 0) variable.reset(token)
  }
  await Promise.all(strands.map((list, index) => copyContext().run(() => strand(list, index))))
  return order
}

describe('the order of what goes on later', () => {
  test(`is that of the host alone, with SEED=${seed}`, async () => {
    const strands = fc.array(fc.array(fc.constantFrom(...(Object.keys(ways) as Way[])), { maxLength: 6 }), {
      minLength: 2,
      maxLength: 5,
    })
    await fc.assert(
      fc.asyncProperty(strands, async (lists) => {
        const alone = await orderOf(lists)
        const uninstall = install()
        try {
          // So that there is something to follow.
          await createTask(() => {}).result
          expect(await orderOf(lists), 'installed').toEqual(alone)
          const recording = record(SMALL)
          try {
            expect(await orderOf(lists), 'and recorded').toEqual(alone)
          } finally {
            recording.stop()
          }
        } finally {
          uninstall()
        }
      }),
      { numRuns: 500 },
    )
  })
})
