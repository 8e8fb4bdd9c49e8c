// Installed, and no context but the base: a Promise.all costs next to nothing, and makes no context, but whoever hands a callback over
// amid one has it called in a copy all the same. Each with a copy of the runtime that has made no context yet; installed where it is
// looked at, as the test runner hands over callbacks of its own.

import { beforeEach, expect, onTestFinished, test, vi } from 'vitest'

type Runtime = typeof import('../../runtime')
let variable: InstanceType<Runtime['ContextVar']>
let contextsMinted: () => number
let install: () => () => void

beforeEach(async () => {
  vi.resetModules()
  const { ContextVar } = await import('../../runtime')
  variable = new ContextVar<string>('variable', { default: 'nobody' })
  install = (await import('../../runtime/async')).install
  contextsMinted = (await import('../../runtime/context/context')).contextsMinted
})

/** Registers callbacks without names that would be seen in the base, if they ran there. */
const handOver = () =>
  Promise.resolve().then(
    () => variable.set('of the callback'),
    () => variable.set('of the callback'),
  )

async function staysInItsCopy(all: () => Promise<unknown>): Promise<void> {
  onTestFinished(install())
  expect(contextsMinted()).toBe(1)
  await all()
  expect(variable.get()).toBe('nobody')
  expect(contextsMinted()).toBeGreaterThan(1)
}

test('no context is made for the elements, and what they hold is what it was', async () => {
  const rejected = Promise.reject(new Error('one of them'))
  onTestFinished(install())
  const promises = [[1, Promise.resolve(2), (async () => 3)()], [], [Promise.resolve(1), rejected]].map((elements) =>
    Promise.all<unknown>(elements),
  )
  expect(contextsMinted()).toBe(1)
  expect(await Promise.allSettled(promises)).toEqual([
    { status: 'fulfilled', value: [1, 2, 3] },
    { status: 'fulfilled', value: [] },
    { status: 'rejected', reason: new Error('one of them') },
  ])
})

test('amid a generator that gives the elements', () =>
  staysInItsCopy(() =>
    Promise.all(
      (function* () {
        yield handOver()
        yield handOver()
      })(),
    ),
  ))

test('amid an array that is gone through in its own way', () => {
  const elements = Object.assign([1], {
    *[Symbol.iterator]() {
      yield handOver()
    },
  })
  return staysInItsCopy(() => Promise.all(elements))
})

test('amid the then of an element that has its own', () => {
  const element = Promise.resolve(1)
  Object.assign(element, {
    // biome-ignore lint/suspicious/noThenProperty: as libraries that measure do
    then: (done: (value: unknown) => unknown, failed: (reason: unknown) => unknown) =>
      Promise.prototype.then.call(
        element,
        (value) => {
          variable.set('of the callback')
          return done(value)
        },
        (reason) => failed(reason),
      ),
  })
  return staysInItsCopy(() => Promise.all([element]))
})

test('amid the then that a page has put over ours', () => {
  const uninstall = install()
  onTestFinished(uninstall)
  const { then } = Promise.prototype
  onTestFinished(() => {
    // biome-ignore lint/suspicious/noThenProperty: it is put back
    Promise.prototype.then = then
  })
  // biome-ignore lint/suspicious/noThenProperty: as scripts that measure do
  Promise.prototype.then = function (this: Promise<unknown>, done: (value: unknown) => unknown, failed: unknown) {
    return then.call(
      this,
      (value) => {
        variable.set('of the callback')
        return done(value)
      },
      failed as (reason: unknown) => unknown,
    )
  } as typeof then
  return staysInItsCopy(() => Promise.all([Promise.resolve(1)]))
})

test('what cannot be gone through is rejected, as ever, and not thrown', async () => {
  onTestFinished(install())
  const { proxy, revoke } = Proxy.revocable([], {})
  revoke()
  const broken = {
    get(): never {
      throw new Error('out of order')
    },
  }
  class Broken extends Array {}
  Object.defineProperty(Broken.prototype, Symbol.iterator, broken)
  for (const elements of [proxy, new Broken(1), Object.defineProperty([1], Symbol.iterator, broken)]) {
    const all = Promise.all(elements)
    await expect(all).rejects.toThrow()
  }
})

test('an array behind a proxy is read as often as ever', async () => {
  const read: unknown[] = []
  const watched = new Proxy([1], {
    get(target, key) {
      read.push(key)
      return Reflect.get(target, key)
    },
  })
  await Promise.all(watched)
  const before = read.splice(0)
  onTestFinished(install())
  await Promise.all(watched)
  expect(read).toEqual(before)
})

test('amid a Promise.resolve of the page', () => {
  const { resolve } = Promise
  onTestFinished(() => {
    Promise.resolve = resolve
  })
  Promise.resolve = function (this: typeof Promise, value?: unknown) {
    Promise.resolve = resolve
    handOver()
    return resolve.call(this, value)
  } as typeof resolve
  return staysInItsCopy(() => Promise.all([1, 2]))
})

test('of a subclass that makes its own promises', () => {
  class Own<T> extends Promise<T> {
    static override resolve<T>(value?: T): Promise<Awaited<T>> {
      handOver()
      return Promise.resolve(value) as Promise<Awaited<T>>
    }
  }
  return staysInItsCopy(() => Own.all([1, 2]))
})

test('before and after it', () =>
  staysInItsCopy(() => {
    const all = Promise.all([handOver(), 1])
    handOver()
    return all
  }))
