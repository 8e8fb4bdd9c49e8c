// AI and GV: what the tests and the stories of aiocontextvars and of gevent say.

import { Context, ContextVar, copyContext, ValueError } from 'contextvars-devtools'
import { callSoon, createTask, gather, install, spawn } from 'contextvars-devtools/async'
import { type Cases, deferred, isCurrent, rejects, same, sleep } from './case'
import { early } from './early'

export const seeds: Cases = {
  async 'AI-01 sixteen tasks set and sleep, and are isolated'() {
    const variable = new ContextVar<number>('variable')
    const work = (value: number) => async () => {
      variable.set(value)
      await sleep(Math.random() * 5)
      return variable.get()
    }
    const values = Array.from({ length: 16 }, (_, i) => i)
    same(await gather(...values.map(work)), values)
  },

  async 'AI-02 a child inherits what was set until it was made'() {
    const variable = new ContextVar<string>('variable')
    variable.set('initial')
    const child = createTask(async () => {
      const seen = [variable.get()]
      await sleep(1)
      return [...seen, variable.get()]
    })
    variable.set('update')
    same(await child.result, ['initial', 'initial'])
    same(variable.get(), 'update')
  },

  async 'AI-04 installed twice is installed once'() {
    const variable = new ContextVar<string>('variable')
    const functions = () => [setTimeout, queueMicrotask, Promise.prototype.then, EventTarget.prototype.addEventListener]
    const before = functions()
    const uninstall = install()
    try {
      same(functions(), before)
      let calls = 0
      const { promise, resolve } = deferred<string>()
      variable.set('own')
      setTimeout(() => {
        calls++
        resolve(variable.get('lost'))
      })
      same([await promise, calls], ['own', 1])
    } finally {
      uninstall()
    }
    same(functions(), before)
  },

  async 'AI-05 a function that was taken from the host before carries nothing, and breaks nothing'() {
    const variable = new ContextVar<string>('variable', { default: 'base' })
    const context = new Context()
    const seen: string[] = []
    const work = async (): Promise<void> => {
      variable.set('own')
      const look = (resolve: () => void) => () => {
        seen.push(variable.get())
        resolve()
      }
      await new Promise<void>((resolve) => early.setTimeout.call(globalThis, look(resolve)))
      same(isCurrent(context), true)
      const target = new EventTarget()
      await new Promise<void>((resolve) => {
        early.addEventListener.call(target, 'event', look(resolve))
        early.setTimeout.call(globalThis, () => target.dispatchEvent(new Event('event')))
      })
      same(isCurrent(context), true)
    }
    await createTask(work, { context }).result
    same(seen, ['base', 'base'])
  },

  async 'AI-06 scheduling a copy’s run by hand is the same as scheduling'() {
    const variable = new ContextVar<string>('variable')
    const { promise, resolve } = deferred<string>()
    variable.set('when it was copied')
    const context = copyContext()
    const call = (): void => {
      const seen = variable.get()
      variable.set('of the call')
      resolve(seen)
    }
    callSoon(() => context.run(call))
    variable.set('later')
    same(await promise, 'when it was copied')
    same([variable.get(), context.get(variable)], ['later', 'of the call'])
  },

  async 'AI-09 a unit that inherits nothing sees the fallback'() {
    const variable = new ContextVar<string>('variable')
    variable.set('of the parent')
    same(await spawn(async () => variable.get('fallback')).result, 'fallback')
    same(variable.get(), 'of the parent')
  },

  async 'GV-01 a unit that is spawned starts empty'() {
    const variable = new ContextVar<string>('variable')
    variable.set('of the spawner')
    const unit = spawn(async () => copyContext().size)
    same(await unit.result, 0)
  },

  async 'GV-02 a set among ten thousand variables costs no more than a few among ten'() {
    const price = (variables: number): number =>
      new Context().run(() => {
        const all = Array.from({ length: variables }, (_, i) => new ContextVar<number>(`variable ${i}`))
        for (const variable of all) variable.set(0)
        const times = Array.from({ length: 10 }, () => {
          const begun = performance.now()
          for (let i = 0; i < 200; i++) copyContext().run(() => all[(i * 7919) % variables]?.set(i))
          return performance.now() - begun
        })
        return Math.min(...times)
      })
    price(10)
    const ratio = price(10_000) / price(10)
    // Copying a map of ten thousand would be hundreds of times as dear.
    if (!(ratio < 12)) throw new Error(`${ratio.toFixed(1)} times the price`)
  },

  async 'GV-03 units that take turns on one thread share nothing'() {
    const variable = new ContextVar<string>('variable')
    const order: string[] = []
    const unit = (name: string) =>
      function* () {
        for (let i = 0; i < 3; i++) {
          order.push(`${name} saw ${variable.get('nothing')}`)
          variable.set(`${name}${i}`)
          yield
        }
        return variable.get()
      }
    same(await gather(spawn(unit('a')), spawn(unit('b'))), ['a2', 'b2'])
    const turns = ['a saw nothing', 'b saw nothing', 'a saw a0', 'b saw b0', 'a saw a1', 'b saw b1']
    same(order, turns)
  },

  async 'GV-04 cleaning up in another unit is refused'() {
    const variable = new ContextVar<string>('variable')
    function* guarded() {
      const token = variable.set('guarded')
      try {
        yield variable.get()
      } finally {
        variable.reset(token)
      }
    }
    const body = guarded()
    same(await spawn(async () => body.next().value).result, 'guarded')
    await rejects(ValueError, /different Context/, spawn(async () => body.return()).result)
  },

  async 'GV-05 who plays one call stack for another runs it in the very same context'() {
    const variable = new ContextVar<string>('variable')
    /** As a greenlet's spawn: code that reads as if it never waited, driven by what awaits for it. */
    const drive = async <T>(body: () => Generator<unknown, T, unknown>): Promise<T> => {
      const steps = body()
      let step = steps.next()
      while (step.done !== true) step = steps.next(await step.value)
      return step.value
    }
    const context = new Context()
    await context.run(async () => {
      const inside = await drive(function* () {
        variable.set('inside')
        yield sleep(1)
        const same = isCurrent(context)
        variable.set('inside, later')
        return same
      })
      same([inside, variable.get('lost')], [true, 'inside, later'])
    })
  },
}
