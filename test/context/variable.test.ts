// Variables: making, reading and setting them (cases CV and GS).

import { describe, expect } from 'vitest'
import { Context, copyContext } from '../../runtime/context/context'
import { LookupError } from '../../runtime/context/errors'
import { Token } from '../../runtime/context/token'
import { ContextVar } from '../../runtime/context/variable'
import { test } from './every-state'
import { assign, call, construct } from './untyped'

describe('construction', () => {
  test('CV-01 a variable needs a name', () => {
    expect(() => construct(ContextVar)).toThrow(TypeError)
  })

  test('CV-02 the name is a string', () => {
    expect(() => construct(ContextVar, 1)).toThrow(TypeError)
    expect(() => construct(ContextVar, 1)).toThrow(/must be a str/)
  })

  test('CV-03 the name can be read', () => {
    expect(new ContextVar('aaa').name).toBe('aaa')
  })

  test('CV-04 the name cannot be assigned', () => {
    const variable = new ContextVar('aaa')
    expect(() => assign(variable, 'name', 'bbb')).toThrow()
    expect(variable.name).toBe('aaa')
  })

  test('CV-05 variables with one name are two variables', () => {
    const one = new ContextVar<number>('v')
    const two = new ContextVar<number>('v')
    const context = new Context()
    context.run(() => {
      one.set(1)
      two.set(2)
      expect([one.get(), two.get()]).toEqual([1, 2])
    })
    expect(context.size).toBe(2)
  })

  test('CV-06 the empty name is a name', () => {
    expect(new ContextVar('').name).toBe('')
  })

  test('CV-07 options are an object with nothing unknown in it', () => {
    for (const options of [1, 'x', true, null, [], () => 1]) {
      expect(() => construct(ContextVar, 'v', options)).toThrow(TypeError)
    }
    expect(() => construct(ContextVar, 'v', { dflt: 1 })).toThrow(TypeError)
    expect(() => construct(ContextVar, 'v', { dflt: 1 })).toThrow(/'dflt' is an invalid option/)
    expect(() => construct(ContextVar, 'v', undefined)).not.toThrow()
  })

  test('CV-08 undefined is a default if it is given', () => {
    expect(new ContextVar<undefined>('v', { default: undefined }).get()).toBe(undefined)
  })

  test('CV-09 the classes are final', () => {
    class OwnVariable extends ContextVar<number> {}
    class OwnContext extends Context {}
    class OwnToken extends Token<number> {}
    expect(() => new OwnVariable('v')).toThrow(/not an acceptable base type/)
    expect(() => new OwnContext()).toThrow(/not an acceptable base type/)
    expect(() => construct(OwnToken)).toThrow(/not an acceptable base type/)
    for (const Own of [OwnVariable, OwnContext, OwnToken]) expect(() => construct(Own, 'v')).toThrow(TypeError)
  })

  test('CV-10 the text of a variable names it and its default, and comes to an end', () => {
    const items: unknown[] = []
    const own = new ContextVar('own', { default: items })
    items.push(own)
    expect(String(new ContextVar('plain'))).toContain("name='plain'")
    expect(String(new ContextVar('v', { default: 123 }))).toMatch(/^<ContextVar name='v' default=123 .*>$/)
    expect(String(new ContextVar('v', { default: 'abc' }))).toContain("default='abc'")
    expect(String(new ContextVar('v', { default: [1, [2n]] }))).toContain('default=[1, [2n]]')
    expect(String(own)).toContain('...')
  })

  test('CV-10 the text of a variable survives any default, and stays short', () => {
    const { proxy, revoke } = Proxy.revocable({}, {})
    revoke()
    expect(String(new ContextVar('v', { default: proxy }))).toContain('default=<unreadable>')
    expect(String(new ContextVar('v', { default: Symbol('s') }))).toContain('default=Symbol(s)')
    expect(String(new ContextVar('v', { default: () => 1 }))).toContain('default=<function>')
    expect(String(new ContextVar('v', { default: { secret: 1 } }))).toContain('default=<object>')
    expect(String(new ContextVar('v', { default: new Array(1e6).fill(7) })).length).toBeLessThan(100)
    expect(String(new ContextVar('v', { default: 'x'.repeat(1e6) })).length).toBeLessThan(300)
  })

  test('CV-11 without a default the text has none', () => {
    expect(String(new ContextVar('v'))).not.toContain('default=')
  })

  test('CV-12 a variable takes no other properties', () => {
    expect(() => assign(new ContextVar('v'), 'extra', 1)).toThrow(TypeError)
  })

  test('CV-13 a default is not positional', () => {
    expect(() => construct(ContextVar, 'v', 123)).toThrow(TypeError)
  })
})

describe('get and set', () => {
  test('GS-01 nothing set and no default: a LookupError', () => {
    const c = new ContextVar('c')
    expect(() => c.get()).toThrow(LookupError)
    // And again: that it is unset is remembered, but not forgiven.
    expect(() => c.get()).toThrow(LookupError)
  })

  test('GS-02 the LookupError carries the variable', () => {
    const c = new ContextVar('c')
    try {
      c.get()
      expect.unreachable()
    } catch (error) {
      if (!(error instanceof LookupError)) throw error
      expect(error.variable).toBe(c)
      expect(error.message).toContain("<ContextVar name='c'")
      expect(error.name).toBe('LookupError')
    }
  })

  test('GS-03 null is a fallback', () => {
    expect(new ContextVar('c').get(null)).toBe(null)
  })

  test('GS-04 undefined is a fallback if it is given', () => {
    expect(new ContextVar('c').get(undefined)).toBe(undefined)
  })

  test('GS-05 the fallback beats the default', () => {
    const c = new ContextVar<number>('c', { default: 123 })
    expect(c.get()).toBe(123)
    expect(c.get(456)).toBe(456)
    expect(c.get()).toBe(123)
  })

  test('GS-06 the value beats the fallback', () => {
    const c = new ContextVar<number>('c')
    c.set(123)
    expect(c.get(789)).toBe(123)
  })

  test('GS-07 the value beats the default', () => {
    const c = new ContextVar<number>('c', { default: 123 })
    expect(c.get()).toBe(123)
    c.set(789)
    expect(c.get()).toBe(789)
    expect(c.get(0)).toBe(789)
  })

  test('GS-08 every value is a value', () => {
    for (const value of [undefined, null, 0, -0, Number.NaN, false, '', Token.MISSING]) {
      const c = new ContextVar<unknown>('c')
      c.set(value)
      expect(c.get('fallback')).toBe(value)
      expect(copyContext().has(c)).toBe(true)
      const second = c.set('other')
      expect(second.oldValue).toBe(value)
      c.reset(second)
      expect(c.get('fallback')).toBe(value)
    }
  })

  test('GS-08 zero and minus zero are two values', () => {
    const c = new ContextVar<number>('c')
    c.set(0)
    c.set(-0)
    expect(Object.is(c.get(), -0)).toBe(true)
  })

  test('GS-09 the token of the first set', () => {
    const c = new ContextVar<number>('c')
    const token = c.set(1)
    expect(token.oldValue).toBe(Token.MISSING)
    expect(token.var).toBe(c)
  })

  test('GS-10 the token of the second set', () => {
    const c = new ContextVar<number>('c')
    c.set(1)
    expect(c.set(2).oldValue).toBe(1)
  })

  test('GS-11 a default is no old value', () => {
    expect(new ContextVar<number>('c', { default: 42 }).set(1).oldValue).toBe(Token.MISSING)
  })

  test('GS-12 setting the same value twice makes two tokens', () => {
    const c = new ContextVar<number>('c')
    const first = c.set(1)
    const second = c.set(1)
    expect(second).not.toBe(first)
    expect(second.oldValue).toBe(1)
    c.reset(second)
    expect(c.get()).toBe(1)
    c.reset(first)
    expect(c.get(null)).toBe(null)
  })

  test('GS-13 a value that is set in a copy stays there', () => {
    const c = new ContextVar<number[]>('c')
    c.set([])
    copyContext().run(() => {
      c.set([])
      c.get().push(42)
      expect(c.get()).toEqual([42])
    })
    expect(c.get()).toEqual([])
  })

  test('GS-14 a mutable default is shared by all contexts', () => {
    const c = new ContextVar<number[]>('c', { default: [] })
    copyContext().run(() => c.get().push(1))
    copyContext().run(() => c.get().push(2))
    expect(c.get()).toEqual([1, 2])
  })

  test('GS-15 a copy is shallow', () => {
    const c = new ContextVar<{ n: number }>('c')
    c.set({ n: 1 })
    copyContext().run(() => {
      c.get().n = 2
    })
    expect(c.get().n).toBe(2)
  })

  test('GS-16 nested scopes restore each variable by itself', () => {
    const a = new ContextVar<string>('a', { default: 'a0' })
    const b = new ContextVar<string>('b', { default: 'b0' })
    const seen = () => a.get() + b.get()
    a.set('a1')
    copyContext().run(() => {
      b.set('b2')
      expect(seen()).toBe('a1b2')
      copyContext().run(() => {
        a.set('a3')
        expect(seen()).toBe('a3b2')
      })
      expect(seen()).toBe('a1b2')
    })
    expect(seen()).toBe('a1b0')
  })

  test('reset and set are no detached functions', () => {
    const c = new ContextVar<number>('c')
    expect(() => call(c.get, undefined)).toThrow(TypeError)
    expect(() => call(c.set, {}, 1)).toThrow(TypeError)
  })
})
