// What must not happen: that code goes on in the context of somebody else. Each was seen once.

import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Context, ContextVar, copyContext } from '../../runtime'
import { createTask, followPromises, install } from '../../runtime/async'
import type { Fact } from '../../runtime/protocol'
import { record } from '../../runtime/recorder'

const variable = new ContextVar<string>('variable', { default: 'base' })
const sleep = (ms = 1) => new Promise<void>((resolve) => setTimeout(resolve, ms))
const inTask = (value: string, work: () => Promise<unknown>) =>
  createTask(async () => {
    variable.set(value)
    return work()
  }).result

let uninstall = () => {}
beforeEach(() => {
  uninstall = install()
})
afterEach(() => {
  uninstall()
  vi.useRealTimers()
})

test('a full stack leaves nothing behind', async () => {
  const context = new Context()
  context.run(() => variable.set('context'))
  function fill(): void {
    try {
      fill()
    } finally {
      context.run(() => {})
    }
  }
  expect(fill).toThrow(RangeError)
  expect(variable.get()).toBe('base')
  await sleep()
  expect(variable.get()).toBe('base')
  expect(context.run(() => variable.get())).toBe('context')
  const other = inTask('other', async () => {
    await null
    return variable.get()
  })
  expect([await other, variable.get()]).toEqual(['other', 'base'])
})

test('code that is followed no longer is in the base context, not in that of a neighbour', async () => {
  let goesOn = true
  const neighbour = inTask('neighbour', async () => {
    while (goesOn) await Promise.resolve()
  })
  const row = async () => {
    for (let i = 0; i < 200; i++) await i
    return variable.get()
  }
  const seen = await Promise.all([inTask('lost', row), row()])
  goesOn = false
  await neighbour
  expect(seen).toEqual(['base', 'base'])
})

test('nor is what an await of a neighbour interrupts', async () => {
  let release = () => {}
  let goesOn = true
  // Awaits that are settled amid the rows of plain awaits below.
  const neighbour = inTask('neighbour', async () => {
    while (goesOn) await new Promise<void>((resolve) => (release = resolve))
  })
  const row = async (length: number) => {
    for (let i = 0; i < length; i++) {
      await i
      release()
    }
    return variable.get()
  }
  const seen = await Promise.all(Array.from({ length: 60 }, (_, index) => row(5 + index)))
  goesOn = false
  release()
  await neighbour
  expect(new Set(seen)).toEqual(new Set(['base']))
})

test('code around a run that began before the install is not in that run', async () => {
  uninstall()
  let goneOn = ''
  copyContext().run(() => {
    variable.set('run')
    uninstall = install()
    Promise.resolve().then(() => {})
  })
  await (async () => {
    await 5
    goneOn = variable.get()
  })()
  expect(goneOn).toBe('base')
})

test('a task that waits over an uninstall and an install goes on to be followed', async () => {
  const seen: string[] = []
  const task = inTask('task', async () => {
    await sleep(5)
    seen.push(variable.get())
    await sleep(5)
    seen.push(variable.get())
  })
  await null
  uninstall()
  uninstall = install()
  await task
  expect(seen).toEqual(['task', 'task'])
})

test('timers that are not the host’s go back to who called them', () => {
  uninstall()
  vi.useFakeTimers()
  uninstall = install()
  copyContext().run(() => {
    variable.set('run')
    setTimeout(() => {}, 10)
    vi.advanceTimersByTime(20)
    expect(variable.get()).toBe('run')
  })
})

test('a pair of functions that a thenable hands to two promises is the awaiter’s at both', async () => {
  let settle = () => {}
  const never = new Promise<void>(() => {})
  const pending = new Promise<void>((resolve) => {
    settle = resolve
  })
  const waiting = inTask('waiting', async () => {
    // biome-ignore lint/suspicious/noThenProperty: a thenable is what is tested
    await { then: (a: () => void, b: () => void) => [never.then(a, b), pending.then(a, b)] }
    return variable.get()
  })
  await sleep()
  await inTask('settler', async () => settle())
  expect(await waiting).toBe('waiting')
})

test('a callback beside the reject of a promise is a callback like any other', async () => {
  const seen: string[] = []
  let settle = () => {}
  const later = new Promise<void>((resolve) => {
    settle = resolve
  })
  const work = inTask('mine', async () => {
    const waiting = new Promise<void>((resolve, reject) => {
      // One reject for two: no further element of a Promise.all.
      Promise.resolve().then(() => variable.set('of the callback'), reject)
      later.then(() => {
        seen.push(variable.get())
        resolve()
      }, reject)
    })
    variable.set('set later')
    await waiting
    seen.push(variable.get())
  })
  await sleep()
  await inTask('settler', async () => settle())
  await work
  expect(seen).toEqual(['mine', 'set later'])
})

test('what a thenable hands to two promises after an await is the awaiter’s at both', async () => {
  const [first, second] = [0, 1].map(() => {
    let settle = () => {}
    const promise = new Promise<void>((resolve) => {
      settle = resolve
    })
    return { promise, settle: () => settle() }
  })
  const waiting = inTask('waiting', async () => {
    await {
      // biome-ignore lint/suspicious/noThenProperty: a thenable is what is tested
      async then(resolve: () => void, reject: () => void) {
        await Promise.resolve()
        first?.promise.then(resolve, reject)
        second?.promise.then(resolve, reject)
      },
    }
    return variable.get()
  })
  await sleep()
  await inTask('settler', async () => second?.settle())
  expect(await waiting).toBe('waiting')
})

test('the elements of a Promise.all need nothing, and go on as ever', async () => {
  const work = inTask('all', async () => {
    await Promise.all([sleep(), Promise.resolve(), sleep(2), Promise.race([sleep(), sleep(3)])])
    return variable.get()
  })
  expect(await work).toBe('all')
})

test('what a unit yields or returns is waited for in the unit', async () => {
  const seen: string[] = []
  let settle = () => {}
  const pending = new Promise<void>((resolve) => {
    settle = resolve
  })
  // biome-ignore lint/suspicious/noThenProperty: a thenable is what is tested
  const thenable = { then: (resolve: () => void) => void [seen.push(variable.get()), resolve()] }
  const unit = createTask(function* () {
    variable.set('unit')
    yield pending
    yield thenable
    return thenable
  })
  await sleep()
  await inTask('settler', async () => settle())
  await unit.result
  expect(seen).toEqual(['unit', 'unit'])
})

test('a promise whose constructor begins to throw throws nowhere else', async () => {
  const promise = sleep()
  const waits = async () => void (await promise)
  const waiting = waits()
  Object.defineProperty(promise, 'constructor', {
    get() {
      throw new Error('Not to be seen by others')
    },
  })
  expect(await Promise.resolve(1).then((value) => value + 1)).toBe(2)
  await waiting
  expect(variable.get()).toBe('base')
})

test('a page that replaces the constructor of Promise.prototype ends the following of await, and that is told', async () => {
  await inTask('any', async () => {})
  const recording = record({ budget: 1 })
  const prototype: { constructor: unknown } = Promise.prototype
  prototype.constructor = Promise
  const { facts }: { facts: Fact[] } = JSON.parse(recording.since(0))
  recording.stop()
  expect(facts.at(-1)).toMatchObject({
    type: 'propagation-changed',
    propagation: { nativeAwait: false, limits: [expect.stringContaining('has replaced')] },
  })
  uninstall()
  uninstall = install()
})

test('whoever installs within a run goes on in it', async () => {
  uninstall()
  const seen = await copyContext().run(() => {
    variable.set('run')
    uninstall = install()
    return (async () => {
      await 0
      return variable.get()
    })()
  })
  expect(seen).toBe('run')
})

test('a library’s then may be an accessor', async () => {
  class Own {
    // As libraries do that ask who is current whenever their `then` is read.
    // biome-ignore lint/suspicious/noThenProperty: as above
    get then() {
      return (resolve: () => void) => void queue.push(resolve)
    }
  }
  const queue: (() => void)[] = []
  const end = followPromises(Own as never)
  const work = ['a', 'b'].map((name) =>
    inTask(name, async () => {
      await new Own()
      return variable.get()
    }),
  )
  await sleep()
  await inTask('drain', async () => {
    for (const resolve of queue) resolve()
  })
  expect(await Promise.all(work)).toEqual(['a', 'b'])
  end()
})

test('a host that has something else by the name of Zone, or a Promise that changes all the time', async () => {
  const { Promise: native } = globalThis
  try {
    for (let i = 0; i < 3_000; i++) {
      globalThis.Promise = i % 2 === 0 ? native : class Other<T> extends native<T> {}
      copyContext().run(() => {})
    }
    globalThis.Promise = native
    let called = false
    queueMicrotask(() => {
      called = true
    })
    await null
    await null
    expect(called).toBe(true)
  } finally {
    globalThis.Promise = native
  }
})
