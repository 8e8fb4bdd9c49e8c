// The cases of runs, generators and scopes that go on after an await; each in every state, as their synchronous relatives.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTask, install } from '../../runtime/async'
import { Context, copyContext } from '../../runtime/context/context'
import { ValueError } from '../../runtime/context/errors'
import { current } from '../../runtime/context/storage'
import { attachTap } from '../../runtime/context/tap'
import { ContextVar } from '../../runtime/context/variable'
import { countingTap } from '../context/counting-tap'

type Case = () => Promise<void>

let uninstall = (): void => {}
beforeAll(() => {
  uninstall = install()
})
afterAll(() => uninstall())

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve))

const states: [string, (body: Case) => Promise<void>][] = [
  ['fresh', (body) => body()],
  ['inside a run', (body) => new Context().run(body)],
  ['after a copy', (body) => copyContext().run(body)],
  [
    'tapped',
    async (body) => {
      const detach = attachTap(countingTap().tap)
      try {
        await new Context().run(body)
      } finally {
        detach()
      }
    },
  ],
]

describe.each(states)('%s', (_, within) => {
  test('RN-16 a context that runs an async function is free while it waits', () =>
    within(async () => {
      const c = new ContextVar<string>('c')
      const context = new Context()
      const promise = context.run(async () => {
        c.set('before')
        await pause()
        expect(current).toBe(context)
        const seen = c.get()
        c.set('after')
        return seen
      })
      expect(promise).toBeInstanceOf(Promise)
      expect(context.run(() => c.get())).toBe('before')
      context.run(() => c.set('meanwhile'))
      expect(await promise).toBe('meanwhile')
      expect(context.item(c)).toBe('after')
    }))

  test('RN-17 who awaits its promise stays where they are', () =>
    within(async () => {
      const c = new ContextVar<string>('c')
      c.set('outer')
      const outer = current
      const result = new Context().run(async () => {
        c.set('inner')
        await pause()
        return c.get()
      })
      expect(await result).toBe('inner')
      expect(current).toBe(outer)
      expect(c.get()).toBe('outer')
    }))

  test('TM-10 a scope with awaits in it ends in its context', () =>
    within(async () => {
      const c = new ContextVar<number>('c', { default: 42 })
      {
        using _ = c.set(36)
        await pause()
        expect(c.get()).toBe(36)
        await null
        await Promise.resolve()
        expect(c.get()).toBe(36)
      }
      expect(c.get()).toBe(42)
    }))

  describe('an async generator that holds a value while it is suspended', () => {
    async function* borrow(c: ContextVar<string>): AsyncGenerator<string, void> {
      const token = c.set('borrowed')
      try {
        await pause()
        yield c.get()
      } finally {
        c.reset(token)
      }
    }

    test('GN-05 closed by another task, it cannot give it back', () =>
      within(async () => {
        const c = new ContextVar<string>('c')
        const generator = borrow(c)
        expect(await generator.next()).toEqual({ value: 'borrowed', done: false })
        await expect(createTask(() => generator.return()).result).rejects.toThrow(ValueError)
        expect(c.get()).toBe('borrowed')
      }))

    test('GN-06 closed where it was begun, it can', () =>
      within(async () => {
        const c = new ContextVar<string>('c', { default: 'own' })
        const generator = borrow(c)
        await generator.next()
        await generator.return()
        expect(c.get()).toBe('own')
      }))

    test('GN-07 leaving the loop closes it, where the loop is', () =>
      within(async () => {
        const c = new ContextVar<string>('c', { default: 'own' })
        for await (const value of borrow(c)) {
          expect([value, c.get()]).toEqual(['borrowed', 'borrowed'])
          break
        }
        expect(c.get()).toBe('own')
      }))
  })
})
