// What the runtime keeps alive, and what it does not: a variable's memory must hold no value once the context is left.

import { expect, test } from 'vitest'
import { Context, copyContext } from '../../runtime/context/context'
import { ContextVar } from '../../runtime/context/variable'
import { collected } from './collected'

test('a value that was read is let go when its context is', async () => {
  const variable = new ContextVar<object>('v')
  const read = (): object => {
    const value = {}
    new Context().run(() => {
      variable.set(value)
      expect(variable.get()).toBe(value)
      expect(variable.get()).toBe(value)
    })
    return value
  }
  expect(await collected(read)).toBe(true)
})

test('a value that was overwritten in the current context is let go', async () => {
  const variable = new ContextVar<object>('v')
  const overwrite = (): object => {
    const value = {}
    variable.set(value)
    expect(variable.get()).toBe(value)
    variable.set({})
    return value
  }
  expect(await collected(overwrite)).toBe(true)
})

test('a value that was reset is let go, and the token with it', async () => {
  const variable = new ContextVar<object>('v')
  const reset = (): object => {
    const value = {}
    const token = variable.set(value)
    expect(variable.get()).toBe(value)
    variable.reset(token)
    return value
  }
  expect(await collected(reset)).toBe(true)
  expect(await collected(() => variable.set({}))).toBe(true)
})

test('contexts are let go, and a copy does not hold its original', async () => {
  const copies: Context[] = []
  expect(await collected(() => copyContext())).toBe(true)
  expect(
    await collected(() => {
      const context = new Context()
      copies.push(context.copy())
      return context
    }),
  ).toBe(true)
  expect(copies).toHaveLength(1)
})

test('a variable that was read in the current context is let go after the next switch', async () => {
  const read = (): object => {
    const variable = new ContextVar<number>('v', { default: 1 })
    expect(variable.get()).toBe(1)
    new Context().run(() => {})
    return variable
  }
  expect(await collected(read)).toBe(true)
})

test('a token holds its context and the old value, a context its values', async () => {
  const variable = new ContextVar<object>('v')
  const kept: unknown[] = []
  expect(
    await collected(() => {
      const context = new Context()
      kept.push(context.run(() => variable.set({})))
      return context
    }),
  ).toBe(false)
  expect(
    await collected(() => {
      const old = {}
      const context = new Context()
      context.run(() => {
        variable.set(old)
        kept.push(variable.set({}))
      })
      return old
    }),
  ).toBe(false)
  expect(kept).toHaveLength(2)
})
