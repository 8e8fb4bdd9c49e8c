// Steps through classes and resources: fields, private methods, accessors, static blocks, inheritance, `await using`.

import { type Kinds, type Place, pendingCall, settledCall, sleep } from './program-place'

class Service {
  readonly #at: Place
  /** An arrow function as a field. */
  readonly field = async () => {
    await sleep(0)
    this.#at.resumed('field')
    return this.#hidden(this.#at.n)
  }

  constructor(at: Place) {
    this.#at = at
  }

  async #hidden(times: number): Promise<number> {
    await times
    this.#at.resumed(`private ${times}`)
    return times === 0 ? 0 : this.#hidden(times - 1)
  }

  get value(): Promise<number> {
    return (async () => {
      await pendingCall()
      this.#at.resumed('getter')
      return 1
    })()
  }

  async work(): Promise<void> {
    await this.value
    this.#at.resumed('base method')
  }
}

class Derived extends Service {
  override async work(): Promise<void> {
    await super.work()
    await this.field()
  }
}

/** Polyfilled by the compiler where the host lacks it; there, it is called from a callback of a promise. */
const resource = (at: Place, name: string): AsyncDisposable => ({
  async [Symbol.asyncDispose]() {
    const resumed = at.strand()
    at.probe(`${name} is disposed of`)
    await sleep(0)
    resumed(`${name} is gone`)
  },
})

export const leaves = {
  async classMembers(at) {
    await new Derived(at).work()
    at.resumed('worked')
  },
  async staticBlock(at) {
    class Fresh {
      static loaded: Promise<number>
      static {
        at.resumed('static block')
        Fresh.loaded = settledCall(at.n)
      }
      readonly field = sleep(0).then(() => at.probe('field'))
    }
    await Fresh.loaded
    at.resumed('loaded')
    await new Fresh().field
    at.resumed('awaited')
  },
  async methodOfProxy(at) {
    const proxy = new Proxy(new Derived(at), {
      get: (target, name) => {
        const member: unknown = Reflect.get(target, name, target)
        return typeof member === 'function' ? member.bind(target) : member
      },
    })
    await proxy.work()
    at.resumed('awaited')
  },
} satisfies Kinds

export const nests = {
  async awaitUsing(at) {
    {
      await using _outer = resource(at, 'outer')
      await using _inner = resource(at, 'inner')
      await at.inside()
      at.resumed('used')
    }
    at.resumed('disposed')
  },
  async awaitUsingThrown(at) {
    try {
      await using _resource = resource(at, 'resource')
      await at.inside()
      throw new Error('expected')
    } catch {
      at.resumed('catch')
    }
  },
  async using(at) {
    {
      using _resource = { [Symbol.dispose]: () => at.resumed('disposed') }
      await at.inside()
    }
    at.resumed('after the block')
  },
} satisfies Kinds
