// Generators have no context of their own: a body runs in that of whoever resumes it (cases GN; the asynchronous ones are in
// test/async).

import { expect } from 'vitest'
import { Context, copyContext } from '../../runtime/context/context'
import { ContextVar } from '../../runtime/context/variable'
import { test } from './every-state'

test('GN-01 each step sees the context of its caller', () => {
  const c = new ContextVar<string>('c', { default: 'initial' })
  function* watch(): Generator<string, void> {
    for (;;) yield c.get()
  }
  const generator = watch()
  const step = (): unknown => generator.next().value
  expect(step()).toBe('initial')
  c.set('updated outer')
  expect(step()).toBe('updated outer')
  copyContext().run(() => {
    c.set('updated inner')
    expect(step()).toBe('updated inner')
  })
  expect(step()).toBe('updated outer')
})

test('GN-02 what a step sets, its caller sees', () => {
  const c = new ContextVar<string>('c')
  function* setter(): Generator<void, void> {
    c.set('generator')
    yield
  }
  const context = new Context()
  context.run(() => setter().next())
  expect(context.item(c)).toBe('generator')
  expect(c.get(null)).toBe(null)
  setter().next()
  expect(c.get()).toBe('generator')
})

test('GN-03 begun in one context and finished in another: the reset is refused', () => {
  const c = new ContextVar<number>('c')
  function* scope(): Generator<void, void> {
    const token = c.set(1)
    yield
    c.reset(token)
  }
  const [one, two] = [new Context(), new Context()]
  const generator = scope()
  one.run(() => generator.next())
  expect(() => two.run(() => generator.next())).toThrow(/different Context/)
  expect(one.item(c)).toBe(1)
})

test('GN-04 two generators in one context see each other', () => {
  const c = new ContextVar<string>('c')
  function* named(name: string): Generator<string, void> {
    c.set(name)
    for (;;) yield c.get()
  }
  const [one, two] = [named('one'), named('two')]
  expect(one.next().value).toBe('one')
  expect(two.next().value).toBe('two')
  expect(one.next().value).toBe('two')
})

test('GN-08 leaving a loop closes the generator here', () => {
  const c = new ContextVar<number>('c', { default: 0 })
  function* scope(): Generator<number, void> {
    const token = c.set(1)
    try {
      for (;;) yield c.get()
    } finally {
      c.reset(token)
    }
  }
  for (const value of scope()) {
    expect([value, c.get()]).toEqual([1, 1])
    break
  }
  expect(c.get()).toBe(0)
})
