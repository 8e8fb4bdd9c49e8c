// What installing does to the host, and that uninstalling takes all of it back.

import { expect, test, vi } from 'vitest'
import { ContextVar } from '../../runtime'
import { install } from '../../runtime/async'
import { runtimeHook } from '../../runtime/context/hook'
import type { Fact } from '../../runtime/protocol'
import { record } from '../../runtime/recorder'

const places = [globalThis, Promise, Promise.prototype, EventTarget.prototype, Event.prototype, Function.prototype]

/** Own properties as they are, getters unread. */
const snapshot = () =>
  places.map((place) => Reflect.ownKeys(place).map((key) => [key, Object.getOwnPropertyDescriptor(place, key)]))

test('AI-04 twice is the same as once, and everything is as it was when both are undone', () => {
  const before = snapshot()
  const first = install()
  const once = snapshot()
  expect(once).not.toEqual(before)
  const second = install()
  expect(snapshot()).toEqual(once)
  first()
  first()
  expect(snapshot()).toEqual(once)
  second()
  expect(snapshot()).toEqual(before)
})

test('nothing with zone.js’ names, and no new string names at all, appears on globalThis or on event targets', () => {
  const names = () => [globalThis, EventTarget.prototype].map((place) => Object.getOwnPropertyNames(place))
  const before = names()
  const uninstall = install()
  expect(names()).toEqual(before)
  uninstall()
})

test('a promise is what it was: identity, constructor, species, thenability', async () => {
  const uninstall = install()
  try {
    const promise = Promise.resolve(1)
    expect(promise.constructor).toBe(Promise)
    expect(Promise.resolve(promise)).toBe(promise)
    expect(Object.getOwnPropertyNames(Promise.prototype).sort()).toEqual(['catch', 'constructor', 'finally', 'then'])
    expect([Promise.prototype.then.name, Promise.prototype.then.length]).toEqual(['then', 2])
    class Mine<T> extends Promise<T> {}
    expect(await new Mine<number>((resolve) => resolve(2))).toBe(2)
    expect(new Mine(() => {}).then(() => {})).toBeInstanceOf(Mine)
    const own = Promise.resolve(3)
    Object.assign(own, { constructor: Mine })
    expect(Object.getOwnPropertyDescriptor(own, 'constructor')).toEqual({
      value: Mine,
      writable: true,
      enumerable: true,
      configurable: true,
    })
    // biome-ignore lint/suspicious/noThenProperty: a thenable is what is tested
    expect(await { then: (resolve: (value: number) => void) => resolve(4) }).toBe(4)
  } finally {
    uninstall()
  }
})

test('an await takes as many ticks as ever', async () => {
  const order = async () => {
    const seen: string[] = []
    const tick = async (name: string, times: number) => {
      for (let i = 0; i < times; i++) {
        await null
        seen.push(`${name}${i}`)
      }
    }
    const chained = Promise.resolve()
      .then(() => seen.push('then'))
      .then(() => seen.push('then again'))
    const nested = (async () => {
      await (async () => {})()
      seen.push('nested')
      await Promise.reject(new Error('x')).catch(() => {})
      seen.push('caught')
    })()
    await Promise.all([tick('a', 6), tick('b', 3), chained, nested])
    return seen
  }
  const without = await order()
  const uninstall = install()
  const withIt = await order()
  uninstall()
  expect(withIt).toEqual(without)
})

test('a switch turns native await off, and the recorder is told', async () => {
  const recording = record({ budget: 1 })
  const uninstall = install({ nativeAwait: false })
  const descriptor = Object.getOwnPropertyDescriptor(Promise.prototype, 'constructor')
  expect(descriptor?.get).toBeUndefined()
  const facts: Fact[] = JSON.parse(recording.since(0)).facts
  expect(facts.find((fact) => fact.type === 'propagation-changed')).toMatchObject({
    propagation: { nativeAwait: false },
  })
  uninstall()
  recording.stop()
})

test('a second copy of the package leaves native await to the first, and says so', async () => {
  const uninstall = install()
  vi.resetModules()
  const copy = await import('../../runtime/async')
  // Only the package's main entry announces itself.
  await import('../../runtime')
  expect(copy.install).not.toBe(install)
  const uninstallCopy = copy.install()
  const propagationOf = (place: number) => runtimeHook()?.runtimes.at(place)?.propagation()
  expect(propagationOf(0)).toMatchObject({ nativeAwait: true, limits: [] })
  expect(propagationOf(-1)).toMatchObject({ nativeAwait: false, limits: [expect.stringContaining('Another copy')] })
  const user = new ContextVar<string>('of the first', { default: 'nobody' })
  const token = user.set('ada')
  await new Promise((resolve) => setTimeout(resolve, 1))
  user.reset(token)
  uninstallCopy()
  uninstall()
  expect(Object.getOwnPropertyDescriptor(Promise.prototype, 'constructor')?.value).toBe(Promise)
})

test('an option that means nothing is refused in a sentence, and nothing is installed', () => {
  const before = snapshot()
  for (const [options, words] of [
    [{ events: 'foo' }, "install: for events, one of cause, registration, dispatch was expected, got 'foo'"],
    [{ evnts: 'cause' }, 'install: there is no option evnts, only nativeAwait, events'],
    [{ nativeAwait: 'yes' }, "install: for nativeAwait, true or false was expected, got 'yes'"],
  ] as const) {
    expect(() => install(options as never)).toThrow(words)
  }
  expect(snapshot()).toEqual(before)
  install({})()
})

test('what it was installed for, in one sentence', async () => {
  const user = new ContextVar<string>('user', { default: 'nobody' })
  const greet = async (name: string) => {
    const token = user.set(name)
    await new Promise((resolve) => setTimeout(resolve, 1))
    const greeting = `hello ${user.get()}`
    user.reset(token)
    return greeting
  }
  const uninstall = install()
  expect(await greet('ada')).toBe('hello ada')
  expect(user.get()).toBe('nobody')
  uninstall()
})
