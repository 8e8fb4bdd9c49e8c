// What is called `Zone` may be something else; and a page may have contexts of its own.

import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Batch } from '../../runtime/protocol'
import { Recording } from '../../runtime/recorder/recording'

const HOOK = Symbol.for('contextvars.hook')

const forget = () => {
  Reflect.deleteProperty(globalThis, 'Zone')
  Reflect.deleteProperty(globalThis, HOOK)
}
beforeEach(() => {
  forget()
  vi.resetModules()
})
afterEach(forget)

const script = () => import('../../runtime/on-demand/zones')
const runtimes = (): unknown[] => Reflect.get(globalThis, HOOK)?.runtimes ?? []

describe('something else of that name stays as it is', () => {
  const others: Record<string, () => unknown> = {
    'a class': () => class Zone {},
    'a class that forks': () =>
      class Zone {
        static current = new Zone()
        fork() {
          return this
        }
      },
    'an object': () => ({ current: 'here' }),
    'an arrow function': () => () => {},
    null: () => null,
    'what throws when it is looked at': () =>
      new Proxy(class {}, {
        get: () => {
          throw new Error('no')
        },
      }),
    'a class whose methods are frozen': () => {
      class Zone {
        static __symbol__ = () => ''
        fork() {
          return this
        }
      }
      Object.freeze(Zone.prototype)
      return Zone
    },
  }
  test.each(Object.keys(others))('%s, before the script and after', async (what) => {
    for (const isBefore of [true, false]) {
      vi.resetModules()
      Reflect.deleteProperty(globalThis, 'Zone')
      const other = others[what]?.()
      const prototype = Object.getOwnPropertyDescriptor(other ?? {}, 'prototype')?.value ?? {}
      const methods = Object.getOwnPropertyDescriptors(prototype)
      if (isBefore) Reflect.set(globalThis, 'Zone', other)
      await script()
      if (!isBefore) Reflect.set(globalThis, 'Zone', other)
      expect(Reflect.get(globalThis, 'Zone')).toBe(other)
      expect(Object.getOwnPropertyDescriptors(prototype)).toEqual(methods)
      expect(runtimes()).toEqual([])
    }
  })
})

test('where the page has contexts already, zones are left alone, and nobody is told of a second runtime', async () => {
  const recording = new Recording({ budget: 1 })
  const { ContextVar } = await import('../../runtime')
  class Zone {
    static __symbol__ = () => ''
    fork() {
      return this
    }
  }
  const { fork } = Zone.prototype
  await script()
  Reflect.set(globalThis, 'Zone', Zone)
  new ContextVar('user').set('Ada')
  const facts = (JSON.parse(recording.since(0)) as Batch).facts
  recording.stop()
  expect(Zone.prototype.fork).toBe(fork)
  expect(facts.flatMap((fact) => (fact.type === 'runtime-attached' ? [fact.origin] : []))).toEqual(['application'])
  expect(facts.filter(({ type }) => type === 'runtime-refused')).toEqual([])
})
