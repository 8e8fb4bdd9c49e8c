// What a page can tell of the runtime, one test for each line of the list in ARCHITECTURE.md: today's behaviour, said openly.
// A line that becomes untrue is good news, and has to leave the list.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'playwright/test'
import { journey } from './harness/journey'

type Runtime = typeof import('../../runtime') & typeof import('../../runtime/async')
declare const contextvars: Runtime

interface Visitor {
  goto(): Promise<void>
  /** As the extension does, before the page touches it. */
  inject(): Promise<void>
  /** Evaluated in the page. */
  see<T>(work: () => T | Promise<T>): Promise<T>
}

const visited = journey.extend('visitor', async ({ tab: { page }, site, dist }): Promise<Visitor> => {
  const goto = async () => void (await page.goto(`${site.origin}/plain/`))
  await goto()
  return {
    goto,
    inject: async () =>
      void (await page.addScriptTag({ content: readFileSync(join(dist, 'runtime/inject.js'), 'utf8') })),
    see: (work) => page.evaluate(work),
  }
})

visited(
  'until a context is made, native await is the host’s own; then a promise’s constructor is an accessor',
  async ({ visitor }) => {
    await visitor.inject()
    const seen = await visitor.see(() => {
      const kind = () =>
        'value' in (Object.getOwnPropertyDescriptor(Promise.prototype, 'constructor') ?? {}) ? 'data' : 'accessor'
      const { install, copyContext } = contextvars
      const installed = kind()
      install()
      const again = kind()
      copyContext().run(() => {})
      const { enumerable, configurable } = Object.getOwnPropertyDescriptor(Promise.prototype, 'constructor') ?? {}
      return [installed, again, kind(), enumerable, configurable, Promise.prototype.constructor === Promise]
    })
    expect(seen).toEqual(['data', 'data', 'accessor', false, true, true])
  },
)

visited(
  'an await that was pending when the first context was made resumes where its promise is settled',
  async ({ visitor }) => {
    await visitor.inject()
    const seen = await visitor.see(async () => {
      const { ContextVar, Context } = contextvars
      const variable = new ContextVar('variable', { default: 'base' })
      const values: Record<string, string> = {}
      const openings: (() => void)[] = []
      const gate = () => new Promise<void>((resolve) => openings.push(resolve))
      const wait = async (name: string, gate: Promise<void>) => {
        await gate
        values[name] = variable.get()
      }
      const before = wait('before', gate())
      const context = new Context()
      context.run(() => {})
      const after = wait('after', gate())
      context.run(() => {
        variable.set('settler')
        for (const open of openings) open()
      })
      await Promise.all([before, after])
      return values
    })
    expect(seen).toEqual({ before: 'settler', after: 'base' })
  },
)

visited(
  'what stands in the place of methods shows by its source; timers show by name and length, too',
  async ({ visitor }) => {
    await visitor.inject()
    const seen = await visitor.see(() => {
      contextvars.install()
      const isNative = (fn: unknown) => /\[native code\]/.test(Function.prototype.toString.call(fn))
      return {
        callbacks: [isNative(Promise.prototype.then), Promise.prototype.then.name, Promise.prototype.then.length],
        finally: [
          isNative(Promise.prototype.finally),
          Promise.prototype.finally.name,
          Promise.prototype.finally.length,
        ],
        catch: isNative(Promise.prototype.catch),
        all: [isNative(Promise.all), Promise.all.name, Promise.all.length],
        race: isNative(Promise.race),
        setTimeout: [isNative(setTimeout), setTimeout.name, setTimeout.length],
      }
    })
    expect(seen).toEqual({
      callbacks: [false, 'then', 2],
      finally: [false, 'finally', 1],
      catch: true,
      all: [false, 'all', 1],
      race: true,
      setTimeout: [false, '', 0],
    })
  },
)

visited(
  'classes of workers show by their source, and a worker without a name of its own by the one that it has',
  async ({ visitor }) => {
    const look = () =>
      visitor.see(async () => {
        const script = new Blob(['postMessage(name)'])
        const ask = (options?: WorkerOptions): Promise<string> =>
          new Promise((resolve) => {
            new Worker(URL.createObjectURL(script), options).onmessage = ({ data }) => resolve(data)
          })
        return {
          sources: [Worker, SharedWorker, Worker.prototype.terminate].map((one) => /\w+(?=\()/.exec(String(one))?.[0]),
          names: [Worker, SharedWorker, Worker.prototype.terminate].map((one) => `${one.name} ${one.length}`),
          inside: [await ask(), await ask({ name: 'mine' })],
          own: Worker.prototype.constructor === Worker,
        }
      })
    const before = await look()
    expect(before.sources).toEqual(['Worker', 'SharedWorker', 'terminate'])
    expect(before.inside).toEqual(['', 'mine'])
    await visitor.inject()
    const after = await look()
    expect(after).toMatchObject({ names: before.names, own: true })
    expect(after.sources).toEqual([undefined, undefined, undefined])
    expect(after.inside).toEqual([expect.stringMatching(/^[-0-9a-f]+#contextvars=blob:/), 'mine'])
  },
)

visited('the lines “at async” are missing from error.stack', async ({ visitor }) => {
  const stack = async () => {
    const inner = async () => {
      await null
      return new Error('x').stack ?? ''
    }
    async function outer() {
      return await inner()
    }
    return (await outer()).includes('at async outer')
  }
  expect(await visitor.see(stack)).toBe(true)
  await visitor.inject()
  await visitor.see(() => contextvars.copyContext().run(() => {}))
  expect(await visitor.see(stack)).toBe(false)
})

visited(
  'a rejected promise is not reported as unhandled once its constructor was read; one that is awaited is',
  async ({ visitor }) => {
    const reported = async () => {
      const reasons: unknown[] = []
      const listener = (event: PromiseRejectionEvent) => {
        event.preventDefault()
        reasons.push(event.reason)
      }
      addEventListener('unhandledrejection', listener)
      const asked = Promise.reject('its constructor was read')
      void asked.constructor
      void Promise.reject('left alone')
      void (async () => {
        await Promise.reject('awaited')
      })()
      // They are reported in a task of their own, before this one.
      await new Promise((resolve) => setTimeout(resolve, 50))
      removeEventListener('unhandledrejection', listener)
      return reasons.sort()
    }
    expect(await visitor.see(reported)).toEqual(['awaited', 'its constructor was read', 'left alone'])
    await visitor.inject()
    await visitor.see(() => contextvars.copyContext().run(() => {}))
    expect(await visitor.see(reported)).toEqual(['awaited', 'left alone'])
  },
)

visited('frozen intrinsics are left alone, and it is said', async ({ visitor }) => {
  await visitor.see(() => {
    for (const intrinsic of [Promise, Promise.prototype, EventTarget.prototype]) Object.freeze(intrinsic)
  })
  await visitor.inject()
  const limits = await visitor.see(async () => {
    const { ContextVar, copyContext } = contextvars
    const variable = new ContextVar('variable', { default: 'base' })
    await copyContext().run(async () => {
      variable.set('inner')
      await null
    })
    const hook = Reflect.get(globalThis, Symbol.for('contextvars.hook')) as {
      runtimes: { propagation(): { nativeAwait: boolean; limits: string[] } | null }[]
    }
    return hook.runtimes[0]?.propagation()
  })
  expect(limits?.nativeAwait).toBe(false)
  expect(limits?.limits.join(' | ')).toMatch(/Promise\.prototype is frozen, so native await cannot be followed/)
})

visited('a promise that stays pending and is asked again and again grows by nothing', async ({ visitor }) => {
  await visitor.see(() => {
    const { then } = Promise.prototype
    let count = 0
    Reflect.set(globalThis, 'reactions', () => count)
    // biome-ignore lint/suspicious/noThenProperty: every reaction that is added is counted
    Promise.prototype.then = function (this: Promise<unknown>, ...callbacks: unknown[]) {
      count++
      return Reflect.apply(then, this, callbacks)
    } as typeof then
  })
  await visitor.inject()
  const added = await visitor.see(() =>
    contextvars.copyContext().run(() => {
      const reactions = Reflect.get(globalThis, 'reactions') as () => number
      const promise = new Promise(() => {})
      const before = reactions()
      for (let i = 0; i < 100_000; i++) if (promise.constructor !== Promise) throw new Error('it is another')
      return reactions() - before
    }),
  )
  expect(added).toBe(1)
})
