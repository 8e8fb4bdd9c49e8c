// Tokens: undoing a set, once and in its place (cases TK), and for the length of a block (cases TM).

import { describe, expect } from 'vitest'
import { Context, copyContext } from '../../runtime/context/context'
import { KeyError, LookupError, RuntimeError, ValueError } from '../../runtime/context/errors'
import { Token } from '../../runtime/context/token'
import { ContextVar } from '../../runtime/context/variable'
import { test } from './every-state'
import { assign, call, construct } from './untyped'

function thrownBy(action: () => unknown): Error {
  try {
    action()
  } catch (error) {
    if (error instanceof Error) return error
  }
  throw new Error('An error was expected')
}

describe('reset', () => {
  test('TK-01 resetting brings the value before back', () => {
    const c = new ContextVar<string>('c')
    c.set('spam')
    const token = c.set('ham')
    c.reset(token)
    expect(c.get()).toBe('spam')
  })

  test('TK-02 resetting the first set unsets', () => {
    const c = new ContextVar<string>('c')
    const token = c.set('spam')
    c.reset(token)
    expect(c.get(null)).toBe(null)
    expect(copyContext().has(c)).toBe(false)
  })

  test('TK-03 after that a read is a miss', () => {
    const c = new ContextVar<number>('c')
    c.reset(c.set(123))
    expect(() => c.get()).toThrow(LookupError)
    expect(c.get(456)).toBe(456)
  })

  test('TK-04 a token works once', () => {
    const c = new ContextVar<string>('c')
    c.set('spam')
    const token = c.set('ham')
    c.reset(token)
    c.set('spam2')
    expect(() => c.reset(token)).toThrow(RuntimeError)
    expect(() => c.reset(token)).toThrow(/has already been used/)
    expect(c.get()).toBe('spam2')
  })

  test('TK-05 so does one that unsets', () => {
    const c = new ContextVar<string>('c')
    const token = c.set('spam')
    c.reset(token)
    c.set('ham')
    expect(() => c.reset(token)).toThrow(RuntimeError)
    expect(c.get()).toBe('ham')
  })

  test('TK-06 a token belongs to its variable', () => {
    const one = new ContextVar<number>('one')
    const two = new ContextVar<number>('two')
    const token = one.set(1)
    expect(() => two.reset(token)).toThrow(ValueError)
    expect(() => two.reset(token)).toThrow(/by a different/)
    expect(one.get()).toBe(1)
  })

  test('TK-07 a token belongs to its context', () => {
    const c = new ContextVar<number>('c')
    const context = new Context()
    const token = context.run(() => c.set(1))
    expect(() => c.reset(token)).toThrow(ValueError)
    expect(() => c.reset(token)).toThrow(/different Context/)
    expect(context.item(c)).toBe(1)
  })

  test('TK-08 a refused token is still good', () => {
    const c = new ContextVar<number>('c')
    const other = new ContextVar<number>('other')
    const context = new Context()
    const token = context.run(() => c.set(1))
    expect(() => c.reset(token)).toThrow(ValueError)
    context.run(() => {
      expect(() => other.reset(token)).toThrow(ValueError)
      c.reset(token)
    })
    expect(context.has(c)).toBe(false)
  })

  test('TK-09 used is said first, then the variable, then the context', () => {
    const c = new ContextVar<number>('c')
    const other = new ContextVar<number>('other')
    const context = new Context()
    const [used, unused] = context.run(() => [c.set(1), c.set(2)] as const)
    context.run(() => c.reset(used))
    expect(thrownBy(() => other.reset(used))).toBeInstanceOf(RuntimeError)
    expect(thrownBy(() => other.reset(unused)).message).toMatch(/by a different/)
    expect(thrownBy(() => c.reset(unused)).message).toMatch(/different Context/)
  })

  test('TK-10 what is no token is refused', () => {
    const c = new ContextVar<number>('c')
    for (const junk of [null, undefined, {}, 1, 'token', Token, Token.prototype, Object.create(Token.prototype)]) {
      expect(() => call(c.reset, c, junk)).toThrow(TypeError)
      expect(() => call(c.reset, c, junk)).toThrow(/expected an instance of Token/)
    }
  })

  test('TK-11 tokens are made by set alone', () => {
    expect(() => construct(Token)).toThrow(RuntimeError)
    expect(() => construct(Token, Symbol('token'), new ContextVar('c'), 1, copyContext())).toThrow(
      /only be created by ContextVars/,
    )
  })

  test('TK-12 the text of a token', () => {
    expect(String(new ContextVar<number>('a').set(1))).toMatch(/^<Token var=<ContextVar name='a' .*>$/)
  })

  test('TK-13 the text says whether it was used', () => {
    const c = new ContextVar<number>('c')
    const token = c.set(1)
    expect(String(token)).not.toContain(' used ')
    c.reset(token)
    expect(String(token)).toContain(' used ')
    expect(String(token)).toContain(String(c))
  })

  test('TK-14 resets out of order bring back what stood there at the set', () => {
    const c = new ContextVar<number>('c')
    const [x, y, z] = [c.set(1), c.set(2), c.set(3)]
    c.reset(x)
    expect(c.get(null)).toBe(null)
    c.reset(z)
    expect(c.get()).toBe(2)
    c.reset(y)
    expect(c.get()).toBe(1)
  })

  test('TK-15 reset returns nothing', () => {
    const c = new ContextVar<number>('c')
    expect(c.reset(c.set(1))).toBe(undefined)
  })

  test('TK-16 what a token says does not change and cannot be changed', () => {
    const c = new ContextVar<number>('c')
    c.set(1)
    const token = c.set(2)
    c.reset(token)
    expect([token.var, token.oldValue]).toEqual([c, 1])
    expect(() => assign(token, 'var', null)).toThrow(TypeError)
    expect(() => assign(token, 'oldValue', null)).toThrow(TypeError)
  })

  test('TK-17 another run of the same context will do', () => {
    const c = new ContextVar<number>('c')
    const context = new Context()
    const token = context.run(() => c.set(1))
    context.run(() => c.reset(token))
    expect(context.size).toBe(0)
  })

  test('TK-18 a run of a copy will not', () => {
    const c = new ContextVar<number>('c')
    const context = new Context()
    const token = context.run(() => c.set(1))
    expect(() => context.copy().run(() => c.reset(token))).toThrow(/different Context/)
  })

  test('TK-19 MISSING is one value, for ever', () => {
    const token = new ContextVar<number>('c').set(1)
    expect(Reflect.get(token.constructor, 'MISSING')).toBe(Token.MISSING)
    expect(typeof Token.MISSING).toBe('symbol')
    expect(Token.MISSING.description).toBe('Token.MISSING')
  })

  test('TK-20 a reset uncovers the default', () => {
    const c = new ContextVar<number>('c', { default: 42 })
    c.reset(c.set(1))
    expect(c.get()).toBe(42)
    expect(c.get(0)).toBe(0)
  })

  test('TK-21 a token knows its context', () => {
    const c = new ContextVar<number>('c')
    const context = new Context()
    expect(context.run(() => c.set(1)).context).toBe(context)
  })

  test('TK-22 a generator that is closed elsewhere cannot reset, and what it set stays', () => {
    const c = new ContextVar<string>('c')
    function* borrow(): Generator<void, void> {
      const token = c.set('borrowed')
      try {
        yield
      } finally {
        c.reset(token)
      }
    }
    const generator = borrow()
    generator.next()
    expect(() => new Context().run(() => generator.return())).toThrow(/different Context/)
    expect(c.get()).toBe('borrowed')
  })

  test('a token of a value is not that of another runtime object', () => {
    const c = new ContextVar<number>('c')
    const token = c.set(1)
    const copy = Object.create(token)
    expect(() => call(c.reset, c, copy)).toThrow(TypeError)
    expect(c.get()).toBe(1)
  })
})

describe('using', () => {
  test('TM-01 a value for the length of a block', () => {
    const c = new ContextVar<number>('c', { default: 42 })
    {
      using _ = c.set(36)
      expect(c.get()).toBe(36)
    }
    expect(c.get()).toBe(42)
  })

  test('TM-02 without a default it is unset after the block', () => {
    const c = new ContextVar<number>('c')
    {
      using _ = c.set(36)
      expect(c.get()).toBe(36)
    }
    expect(() => c.get()).toThrow(LookupError)
  })

  test('TM-03 the block throws: the value is restored and the error goes on', () => {
    const c = new ContextVar<number>('c', { default: 42 })
    const failure = new Error('body')
    const error = thrownBy(() => {
      using _ = c.set(36)
      throw failure
    })
    expect(error).toBe(failure)
    expect(c.get()).toBe(42)
  })

  test('TM-04 one token, two blocks: the inner one restores, the outer one is refused', () => {
    const c = new ContextVar<number>('c', { default: 42 })
    const token = c.set(36)
    const error = thrownBy(() => {
      using _outer = token
      {
        using _inner = token
        expect(c.get()).toBe(36)
      }
      expect(c.get()).toBe(42)
    })
    expect(error).toBeInstanceOf(RuntimeError)
    expect(c.get()).toBe(42)
  })

  test('TM-05 further sets in the block are undone with it', () => {
    const c = new ContextVar<number>('c', { default: 42 })
    {
      using _ = c.set(36)
      c.set(37)
      c.set(38)
      expect(c.get()).toBe(38)
    }
    expect(c.get()).toBe(42)
  })

  test('TM-06 resetting the same token in the block', () => {
    const c = new ContextVar<number>('c', { default: 42 })
    const error = thrownBy(() => {
      using token = c.set(36)
      c.reset(token)
      expect(c.get()).toBe(42)
    })
    expect(error).toBeInstanceOf(RuntimeError)
    expect(error.message).toMatch(/has already been used/)
    expect(c.get()).toBe(42)
  })

  test('TM-07 resetting another token in the block', () => {
    const c = new ContextVar<number>('c', { default: 42 })
    {
      using _ = c.set(36)
      c.reset(c.set(37))
      expect(c.get()).toBe(36)
    }
    expect(c.get()).toBe(42)
  })

  test('TM-08 what the block is given is the token', () => {
    const c = new ContextVar<number>('c')
    const made = c.set(36)
    using bound = made
    expect(bound).toBe(made)
    expect(bound.var).toBe(c)
  })

  test('TM-09 the block ends in another context', () => {
    const c = new ContextVar<number>('c')
    const token = c.set(36)
    const error = thrownBy(() => new Context().run(() => token[Symbol.dispose]()))
    expect(error).toBeInstanceOf(ValueError)
    expect(error.message).toMatch(/different Context/)
    expect(c.get()).toBe(36)
  })

  test('TM-11 the block throws and the reset is refused: both errors are there', () => {
    const c = new ContextVar<number>('c', { default: 42 })
    const failure = new Error('body')
    const error = thrownBy(() => {
      using token = c.set(36)
      c.reset(token)
      throw failure
    })
    // By name: an engine without `using` has no class of this name, and what compiles it away brings its own.
    expect(error.name).toBe('SuppressedError')
    expect(Reflect.get(error, 'suppressed')).toBe(failure)
    expect(Reflect.get(error, 'error')).toBeInstanceOf(RuntimeError)
  })
})

describe('KeyError', () => {
  test('CM-06 is a LookupError that carries the variable', () => {
    const c = new ContextVar<number>('c')
    const error = thrownBy(() => new Context().item(c))
    expect(error).toBeInstanceOf(KeyError)
    expect(error).toBeInstanceOf(LookupError)
    expect(Reflect.get(error, 'variable')).toBe(c)
    expect(error.name).toBe('KeyError')
  })
})
