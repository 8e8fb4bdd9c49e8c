// Feature flags, and the tests of an application that overrides them: by a block, by hooks before and after each test, for a whole suite.

import { ContextVar, copyContext, type Token } from 'contextvars-devtools'
import { createTask } from 'contextvars-devtools/async'
import { type Program, sleep } from '../program'

interface Flags {
  newCart: boolean
  currency: 'EUR' | 'USD'
  beta: readonly string[]
}

const defaults: Flags = Object.freeze({ newCart: false, currency: 'EUR', beta: Object.freeze([]) })
const flags = new ContextVar<Flags>('flags', { default: defaults })
const clock = new ContextVar<() => number>('clock', { default: () => 0 })

const isOn = (name: string) => flags.get().beta.includes(name)

function override(some: Partial<Flags>): Token<Flags> {
  return flags.set({ ...flags.get(), ...some })
}

/** The application. */
async function checkout(cents: number): Promise<string> {
  const begun = clock.get()()
  await sleep()
  const { newCart, currency } = flags.get()
  const price = newCart && isOn('discount') ? cents * 0.9 : cents
  return `${price} ${currency} in ${clock.get()() - begun} ms`
}

/** A runner in small: the hooks of a suite and its tests run in one task, as those of real ones do. */
interface Suite {
  before?: () => void
  beforeEach?: () => void
  afterEach?: () => void
  after?: () => void
  tests: Record<string, () => Promise<void>>
}

async function runSuite(name: string, suite: Suite, report: string[]): Promise<void> {
  suite.before?.()
  for (const [title, test] of Object.entries(suite.tests)) {
    suite.beforeEach?.()
    try {
      await test()
      report.push(`ok ${name} ${title}`)
    } catch (error) {
      report.push(`not ok ${name} ${title}: ${error}`)
    } finally {
      suite.afterEach?.()
    }
  }
  suite.after?.()
}

function equal(actual: unknown, expected: unknown): void {
  if (actual !== expected) throw new Error(`${actual} is not ${expected}`)
}

function cartSuite(): Suite {
  let token: Token<Flags> | undefined
  return {
    beforeEach() {
      token = override({ newCart: true })
    },
    afterEach() {
      if (token !== undefined) flags.reset(token)
      token = undefined
    },
    tests: {
      async 'without discount'() {
        equal(await checkout(100), '100 EUR in 0 ms')
      },
      async 'with discount'() {
        using _ = override({ beta: ['discount'] })
        equal(await checkout(100), '90 EUR in 0 ms')
      },
      async 'fails, and leaves nothing behind'() {
        using _ = override({ currency: 'USD' })
        equal(await checkout(100), '100 EUR in 0 ms')
      },
      async 'is as it was'() {
        equal(flags.get().currency, 'EUR')
      },
    },
  }
}

function clockSuite(): Suite {
  const undo = new DisposableStack()
  let now = 0
  return {
    before() {
      undo.use(clock.set(() => now++))
      undo.use(override({ currency: 'USD' }))
    },
    after: () => undo.dispose(),
    tests: {
      async 'counts on'() {
        equal(await checkout(1), '1 USD in 1 ms')
      },
      async 'in a copy'() {
        const text = await copyContext().run(() => {
          override({ currency: 'EUR' })
          return checkout(2)
        })
        equal(text, '2 EUR in 1 ms')
        equal(await checkout(3), '3 USD in 1 ms')
      },
    },
  }
}

/** Those of today's hosts that have none of their own. */
class DisposableStack {
  readonly #held: Disposable[] = []
  use(one: Disposable): void {
    this.#held.push(one)
  }
  dispose(): void {
    for (const one of this.#held.splice(0).reverse()) one[Symbol.dispose]()
  }
}

export const program: Program = {
  async run() {
    const report: string[] = []
    const suites = { cart: cartSuite(), clock: clockSuite() }
    for (const [name, suite] of Object.entries(suites)) {
      await createTask(() => runSuite(name, suite, report), { name }).result
    }
    return { report, currency: flags.get().currency }
  },
  setsForGood: ['flags'],
  comesTo: {
    report: [
      'ok cart without discount',
      'ok cart with discount',
      'not ok cart fails, and leaves nothing behind: Error: 100 USD in 0 ms is not 100 EUR in 0 ms',
      'ok cart is as it was',
      'ok clock counts on',
      'ok clock in a copy',
    ],
    currency: 'EUR',
  },
}
