// How recorders and runtimes find each other, also in a page whose globals resist.

import { readFileSync } from 'node:fs'
import { afterEach, describe, expect, test } from 'vitest'
import { copyContext } from '../../runtime/context/context'
import {
  announceRuntime,
  type Hook,
  type Runtime,
  runtimeHook,
  setPropagation,
  VERSION,
} from '../../runtime/context/hook'
import { base, current } from '../../runtime/context/storage'
import { TAP_VERSION } from '../../runtime/context/tap'
import { ContextVar } from '../../runtime/context/variable'
import { HOOK_KEY } from '../../runtime/protocol'
import { announcementsOf } from './announcing-tap'
import { countingTap } from './counting-tap'

const key = Symbol.for(HOOK_KEY)

afterEach(() => {
  Reflect.deleteProperty(globalThis, key)
})

const put = (value: unknown): boolean => Reflect.defineProperty(globalThis, key, { value, configurable: true })

describe('the hook', () => {
  test('the runtime comes first: the recorder finds it in the list', () => {
    const runtime = announceRuntime('application')
    expect(Reflect.get(globalThis, key)).toEqual({ version: 1, runtimes: [runtime] })
    expect(runtimeHook()?.runtimes).toEqual([runtime])
  })

  test('the recorder comes first: it is told of the runtime', () => {
    const found: Runtime[] = []
    const hook = runtimeHook()
    if (hook === null) throw new Error('There is no hook')
    hook.found = (runtime) => found.push(runtime)
    expect(found).toEqual([announceRuntime('injected')])
    expect(hook.runtimes).toEqual(found)
  })

  test('nobody meets it by accident', () => {
    announceRuntime('application')
    expect(Object.getOwnPropertyDescriptor(globalThis, key)?.enumerable).toBe(false)
  })

  test('importing the package announces an application', async () => {
    await import('../../runtime/index')
    expect(runtimeHook()?.runtimes.map(({ origin }) => origin)).toEqual(['application'])
  })

  test.each<[string, unknown]>([
    ['null', null],
    ['a string', 'mine'],
    ['an object of another kind', { runtimes: 'many' }],
    ['a frozen hook', Object.freeze({ version: 1, runtimes: Object.freeze([]) })],
    ['a list that throws', { version: 1, runtimes: new Proxy([], { get: () => explode() }) }],
    ['a proxy that throws', new Proxy({}, { get: () => explode(), has: () => explode() })],
    ['a recorder that throws', { version: 1, runtimes: [], found: () => explode() } satisfies Hook],
  ])('a page with %s under the key sees no exception of ours', (_, value) => {
    put(value)
    expect(() => announceRuntime('application')).not.toThrow()
    expect(Reflect.get(globalThis, key)).toBe(value)
  })

  test('a getter that throws', () => {
    Reflect.defineProperty(globalThis, key, { get: () => explode(), configurable: true })
    expect(() => announceRuntime('application')).not.toThrow()
    expect(runtimeHook()).toBe(null)
  })

  test('globals that are frozen', () => {
    // A stand-in under the name: freezing the real ones would not end with this test.
    const own = Object.getOwnPropertyDescriptor(globalThis, 'globalThis')
    if (own === undefined) throw new Error('There is no globalThis')
    const real = globalThis
    Reflect.defineProperty(real, 'globalThis', { ...own, value: Object.freeze({}) })
    let hook: Hook | null | undefined
    try {
      hook = runtimeHook()
      announceRuntime('application')
    } finally {
      Reflect.defineProperty(real, 'globalThis', own)
    }
    expect(hook).toBe(null)
  })
})

describe('the handle of a runtime', () => {
  test('says what it is', () => {
    const { version, tapVersion, origin, base: first } = announceRuntime('application')
    expect({ version, tapVersion, origin, first }).toEqual({
      version: VERSION,
      tapVersion: TAP_VERSION,
      origin: 'application',
      first: base,
    })
  })

  test('is of the version of the package', () => {
    expect(JSON.parse(readFileSync('package.json', 'utf8')).version).toBe(VERSION)
  })

  test('shows what is current, what a context holds, and how much there was', () => {
    const runtime = announceRuntime('application')
    const before = runtime.counts()
    const v = new ContextVar<number>('v')
    copyContext().run(() => {
      v.set(1)
      expect(runtime.current()).toBe(current)
      expect(runtime.current()).not.toBe(base)
      expect([...runtime.entries(current)]).toEqual([[v, 1]])
    })
    const { contexts, variables, tokens } = runtime.counts()
    expect([contexts - before.contexts, variables - before.variables, tokens - before.tokens]).toEqual([1, 1, 1])
  })

  test('takes a tap', () => {
    const { tap, counts } = countingTap()
    const detach = announceRuntime('application').attach(tap)
    new ContextVar('v')
    detach()
    new ContextVar('w')
    expect(counts('variableCreated')).toBe(1)
  })

  test('knows what carries contexts', () => {
    const runtime = announceRuntime('application')
    const state = { nativeAwait: true, events: 'cause' as const, limits: [] }
    expect(runtime.propagation()).toBe(null)
    const announced = announcementsOf(() => setPropagation(state))
    expect(runtime.propagation()).toBe(state)
    setPropagation(null)
    expect(runtime.propagation()).toBe(null)
    expect(announced).toEqual([['propagationChanged', state]])
  })
})

function explode(): never {
  throw new Error('The page does not want this')
}
