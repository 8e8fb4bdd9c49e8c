// Running in a context (cases RN).

import { expect } from 'vitest'
import { Context, copyContext } from '../../runtime/context/context'
import { RuntimeError } from '../../runtime/context/errors'
import { base, current, setCarrier, switchTo } from '../../runtime/context/storage'
import { ContextVar } from '../../runtime/context/variable'
import { test } from './every-state'
import { call } from './untyped'

test('RN-01 run needs something to run', () => {
  const context = new Context()
  expect(() => call(context.run, context)).toThrow(TypeError)
  expect(() => call(context.run, context)).toThrow(/missing 1 required/)
})

test('RN-02 arguments go in, the result comes out', () => {
  const all = (...args: number[]): number[] => args
  expect(new Context().run(all)).toEqual([])
  expect(new Context().run(all, 1)).toEqual([1])
  expect(new Context().run(all, 1, 2, 3, 4, 5)).toEqual([1, 2, 3, 4, 5])
})

test('RN-03 the function gets no this', () => {
  let self: unknown = 'unknown'
  new Context().run(function (this: unknown) {
    self = this
  })
  expect(self).toBe(undefined)
})

test('RN-04 what cannot be called is a TypeError, and the context is free again', () => {
  const context = new Context()
  for (const junk of [1, null, {}, 'x']) expect(() => call(context.run, context, junk)).toThrow(TypeError)
  expect(context.run(() => 'ran')).toBe('ran')
})

test('RN-05 what the function throws goes on', () => {
  const failure = new Error('body')
  const fail = (): never => {
    throw failure
  }
  expect(() => new Context().run(fail)).toThrow(failure)
})

test('RN-06 what it had set stays in the context', () => {
  const c = new ContextVar<number>('c')
  const context = new Context()
  const fail = (): never => {
    c.set(1)
    throw new Error('body')
  }
  expect(() => context.run(fail)).toThrow('body')
  expect(c.get(null)).toBe(null)
  expect(context.item(c)).toBe(1)
})

test('RN-07 runs nest, and contexts do not mix', () => {
  const c = new ContextVar<number>('c')
  const [one, two] = [new Context(), new Context()]
  one.run(() => {
    c.set(1)
    two.run(() => {
      expect(c.get(null)).toBe(null)
      c.set(2)
    })
    expect(c.get()).toBe(1)
  })
  expect([one.item(c), two.item(c)]).toEqual([1, 2])
})

test('RN-08 a default inside', () => {
  const c = new ContextVar<number>('c', { default: 0 })
  const context = new Context()
  context.run(() => {
    expect([c.get(), context.get(c)]).toEqual([0, undefined])
    c.set(42)
    expect([c.get(), context.get(c)]).toEqual([42, 42])
  })
})

test('RN-09 a context is entered once', () => {
  const context = new Context()
  const again = (): unknown => context.run(() => 'ran')
  expect(() => context.run(again)).toThrow(RuntimeError)
  expect(() => context.run(again)).toThrow(/is already entered/)
})

test('RN-10 also when another lies between', () => {
  const context = new Context()
  expect(() => context.run(() => new Context().run(() => context.run(() => 'ran')))).toThrow(RuntimeError)
})

test('RN-11 a refused entry changes nothing', () => {
  const c = new ContextVar<number>('c')
  const context = new Context()
  context.run(() => {
    c.set(1)
    expect(() => context.run(() => c.set(2))).toThrow(RuntimeError)
    expect(c.get()).toBe(1)
  })
  expect(context.run(() => c.get())).toBe(1)
})

test('RN-12 spam and ham', () => {
  const c = new ContextVar<string>('c')
  c.set('spam')
  const context = copyContext()
  context.run(() => {
    expect(c.get()).toBe('spam')
    c.set('ham')
    expect([c.get(), context.item(c)]).toEqual(['ham', 'ham'])
  })
  expect(context.item(c)).toBe('ham')
  expect(c.get()).toBe('spam')
})

test('RN-13 an empty context sees nothing from outside', () => {
  const c = new ContextVar<string>('c')
  c.set('outer')
  // Read before, so that there is something to remember.
  expect(c.get()).toBe('outer')
  expect(new Context().run(() => c.get(null))).toBe(null)
  expect(c.get()).toBe('outer')
})

test('RN-14 after a throw the context before is current again', () => {
  const c = new ContextVar<string>('c')
  c.set('outer')
  const before = current
  const fail = (): never => {
    c.set('inner')
    throw new Error('body')
  }
  expect(() => new Context().run(fail)).toThrow('body')
  expect(current).toBe(before)
  expect(c.get()).toBe('outer')
})

test('RN-15 the very value comes back', () => {
  const value = {}
  expect(new Context().run(() => value)).toBe(value)
})

test('RN-18 the next run sees what the last one did', () => {
  const c = new ContextVar<number>('c', { default: 0 })
  const context = new Context()
  const increment = (): number => {
    c.set(c.get() + 1)
    return c.get()
  }
  expect([context.run(increment), context.run(increment), context.run(increment)]).toEqual([1, 2, 3])
  expect(c.get()).toBe(0)
})

test('RN-19 a thousand runs, one within the other', () => {
  const c = new ContextVar<number>('depth')
  const descend = (depth: number): number =>
    new Context().run(() => {
      c.set(depth)
      const deepest = depth === 1000 ? depth : descend(depth + 1)
      expect(c.get()).toBe(depth)
      return deepest
    })
  expect(descend(1)).toBe(1000)
})

test('RN-20 a handler outside sees the outside', () => {
  const c = new ContextVar<string>('c')
  let seen: unknown
  try {
    new Context().run(() => {
      c.set('inner')
      throw new Error('body')
    })
  } catch {
    seen = c.get(undefined)
  }
  expect(seen).toBe(undefined)
})

test('a context has an id, and knows where its values came from', () => {
  const copy = copyContext()
  expect(copy.id).toBeGreaterThan(current.id)
  expect([copy.parentId, copy.origin, copy.api, copy.name]).toEqual([current.id, 'copy', 'copyContext', null])
  const empty = new Context()
  expect([empty.id, empty.parentId, empty.origin]).toEqual([copy.id + 1, 0, 'new'])
  expect([base.id, base.parentId, base.origin]).toEqual([1, 0, 'base'])
})

test('what carries contexts is given what runs, and only as long as it is set', () => {
  const c = new ContextVar<number>('c')
  const context = new Context()
  const carried: unknown[] = []
  const remove = setCarrier((where, fn, self, args) => {
    carried.push(where, self, args)
    expect(current).not.toBe(where)
    const outer = switchTo(where)
    try {
      return fn(...args)
    } finally {
      switchTo(outer)
    }
  })
  try {
    expect(context.run((n: number) => c.set(n).var, 7)).toBe(c)
    expect(() => context.run(() => context.run(() => {}))).toThrow(/is already entered/)
  } finally {
    remove()
  }
  context.run(() => {})
  expect(carried).toEqual([context, undefined, [7], context, undefined, []])
  expect(context.item(c)).toBe(7)
})
