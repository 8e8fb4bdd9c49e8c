// Contexts as mappings (cases CM), their equality (EQ) and their copies (CP).

import { describe, expect, test as vitestTest } from 'vitest'
import { Context, copyContext } from '../../runtime/context/context'
import { KeyError } from '../../runtime/context/errors'
import { ContextVar } from '../../runtime/context/variable'
import { test } from './every-state'
import { assign, call, construct } from './untyped'

/** A context that holds these. */
function holding(...entries: [ContextVar<number>, number][]): Context {
  const context = new Context()
  context.run(() => {
    for (const [variable, value] of entries) variable.set(value)
  })
  return context
}

describe('mapping', () => {
  test('CM-01 copyContext gives a Context', () => {
    expect(copyContext()).toBeInstanceOf(Context)
  })

  test('CM-02 a Context takes no arguments', () => {
    for (const junk of [1, undefined, Symbol('context'), {}]) {
      expect(() => construct(Context, junk)).toThrow(TypeError)
      expect(() => construct(Context, junk)).toThrow(/any arguments/)
    }
  })

  test('CM-03 a new one is empty', () => {
    const context = new Context()
    expect(context.size).toBe(0)
    expect([...context.keys()]).toEqual([])
  })

  test('CM-04 keys are variables', () => {
    const context = new Context()
    for (const method of [context.get, context.has, context.item]) {
      expect(() => call(method, context, 1)).toThrow(TypeError)
      expect(() => call(method, context, 1)).toThrow(/ContextVar key was expected, got 1/)
      expect(() => call(method, context, { id: 1 })).toThrow(TypeError)
    }
  })

  test('CM-05 what is not there is undefined, or what was asked for instead', () => {
    const c = new ContextVar<number>('c')
    const context = new Context()
    expect(context.get(c)).toBe(undefined)
    expect(context.get(c, 'aa')).toBe('aa')
    expect(context.has(c)).toBe(false)
  })

  test('CM-06 item insists', () => {
    const c = new ContextVar<number>('c')
    expect(() => new Context().item(c)).toThrow(KeyError)
    expect(holding([c, 1]).item(c)).toBe(1)
  })

  test('CM-07 a default is in no context', () => {
    const c = new ContextVar<number>('c', { default: 42 })
    const context = new Context()
    context.run(() => {
      expect(c.get()).toBe(42)
      expect(context.has(c)).toBe(false)
      expect(context.get(c)).toBe(undefined)
      expect([...context.keys()]).toEqual([])
    })
  })

  test('CM-08 a context is seen as it is, also from inside', () => {
    const c = new ContextVar<number>('c')
    const context = new Context()
    context.run(() => {
      c.set(1)
      expect([...context.keys()]).toEqual([c])
      expect(context.item(c)).toBe(1)
      c.set(2)
      expect(context.item(c)).toBe(2)
    })
  })

  test('CM-09 a reset takes the variable out', () => {
    const c = new ContextVar<number>('c')
    const context = new Context()
    context.run(() => {
      c.reset(c.set(1))
      expect([...context.keys()]).toEqual([])
      expect(() => context.item(c)).toThrow(KeyError)
    })
  })

  test('CM-10 one variable', () => {
    const c = new ContextVar<number>('c')
    const context = holding([c, 1])
    expect([...context.entries()]).toEqual([[c, 1]])
    expect([...context.values()]).toEqual([1])
    expect([...context.keys()]).toEqual([c])
    expect(context.size).toBe(1)
  })

  test('CM-11 a copy keeps what is reset later', () => {
    const c = new ContextVar<number>('c')
    const token = c.set(1)
    const copy = copyContext()
    c.reset(token)
    expect(copy.item(c)).toBe(1)
    expect(copyContext().has(c)).toBe(false)
  })

  test('CM-12 iterators show the moment they were made', () => {
    const c = new ContextVar<number>('c')
    const d = new ContextVar<number>('d')
    const context = holding([c, 1])
    context.run(() => {
      const iterators = [context.entries(), context[Symbol.iterator]()]
      const keys = context.keys()
      const values = context.values()
      c.set(2)
      d.set(3)
      for (const iterator of iterators) expect([...iterator]).toEqual([[c, 1]])
      expect([...keys]).toEqual([c])
      expect([...values]).toEqual([1])
      expect(context.size).toBe(2)
    })
  })

  test('CM-12 an iterator that has begun is not disturbed', () => {
    const variables = Array.from({ length: 40 }, (_, n) => new ContextVar<number>(`v${n}`))
    const context = holding(...variables.map((variable, n): [ContextVar<number>, number] => [variable, n]))
    const values = context.values()
    const first = values.next().value
    context.run(() => {
      for (const variable of variables) variable.set(-1)
    })
    expect(new Set([first, ...values])).toEqual(new Set(variables.keys()))
  })

  test('CM-13 there is no way to write to a context but to run in it', () => {
    const c = new ContextVar<number>('c')
    const context = holding([c, 1])
    for (const writer of ['set', 'delete', 'clear']) expect(writer in context).toBe(false)
    expect(() => assign(context, 'size', 0)).toThrow(TypeError)
    assign(context, 'c', 2)
    expect([...context]).toEqual([[c, 1]])
  })

  test('CM-14 the methods of a read-only mapping', () => {
    const context = new Context()
    for (const method of ['get', 'has', 'item', 'keys', 'values', 'entries', 'equals', Symbol.iterator]) {
      expect(Reflect.get(context, method)).toBeTypeOf('function')
    }
    expect(context.size).toBeTypeOf('number')
  })

  test('CM-15 every variable comes once', () => {
    const variables = Array.from({ length: 100 }, (_, n) => new ContextVar<number>(`v${n}`))
    const context = new Context()
    context.run(() => {
      for (const variable of variables.toReversed()) variable.set(variables.indexOf(variable))
    })
    expect(context.size).toBe(100)
    expect([...context.keys()]).toHaveLength(100)
    expect(new Set(context.keys())).toEqual(new Set(variables))
    expect(new Set(context.values())).toEqual(new Set(variables.keys()))
  })

  test('CM-16 a context iterates over entries, as a Map does', () => {
    const c = new ContextVar<number>('c')
    expect([...holding([c, 1])]).toEqual([[c, 1]])
  })
})

describe('equality', () => {
  test('EQ-01 a context equals its copy', () => {
    const c = new ContextVar<number>('c')
    const context = new Context()
    context.run(() => {
      c.set(1)
      expect(copyContext().equals(context)).toBe(true)
      expect(context.equals(copyContext())).toBe(true)
    })
  })

  test('EQ-02 empty contexts are equal', () => {
    expect(new Context().equals(new Context())).toBe(true)
  })

  test('EQ-03 HM-09 size, values and variables count', () => {
    const [a, b] = [new ContextVar<number>('a'), new ContextVar<number>('b')]
    expect(holding([a, 1]).equals(holding([a, 1]))).toBe(true)
    expect(holding([a, 1], [b, 2]).equals(holding([b, 2], [a, 1]))).toBe(true)
    expect(holding([a, 1]).equals(holding())).toBe(false)
    expect(holding([a, 1]).equals(holding([a, 1], [b, 2]))).toBe(false)
    expect(holding([a, 1]).equals(holding([a, 2]))).toBe(false)
    expect(holding([a, 1]).equals(holding([b, 1]))).toBe(false)
  })

  test('EQ-04 a context equals contexts only', () => {
    const context = new Context()
    for (const other of [{}, new Map(), null, undefined, 1, [], Object.create(Context.prototype)]) {
      expect(context.equals(other)).toBe(false)
    }
  })

  test('EQ-05 values are compared by identity, or as the caller says', () => {
    const c = new ContextVar<number[]>('c')
    const [one, two] = [new Context(), new Context()]
    one.run(() => c.set([1]))
    two.run(() => c.set([1]))
    expect(one.equals(two)).toBe(false)
    expect(one.equals(two, (a, b) => JSON.stringify(a) === JSON.stringify(b))).toBe(true)
  })

  test('EQ-06 a comparison that writes does not change its own question', () => {
    const [a, b] = [new ContextVar<object>('a'), new ContextVar<object>('b')]
    const [one, two] = [new Context(), new Context()]
    for (const context of [one, two]) {
      context.run(() => {
        a.set({})
        b.set({})
      })
    }
    let asked = 0
    const equal = one.equals(two, () => {
      asked++
      one.run(() => b.set({ asked }))
      two.run(() => b.set({ asked }))
      return true
    })
    expect(equal).toBe(true)
    expect(asked).toBe(2)
  })

  test('EQ-08 NaN equals itself, and zero does not equal minus zero', () => {
    const c = new ContextVar<number>('c')
    expect(holding([c, Number.NaN]).equals(holding([c, Number.NaN]))).toBe(true)
    expect(holding([c, 0]).equals(holding([c, -0]))).toBe(false)
  })

  test('what is identical is not asked about', () => {
    const c = new ContextVar<number>('c')
    expect(holding([c, 1]).equals(holding([c, 1]), () => false)).toBe(true)
  })
})

describe('copy', () => {
  test('CP-01 a set after the copy is not in it', () => {
    const c = new ContextVar<number>('c')
    const one = new Context()
    const two = one.run(() => {
      c.set(10)
      const copy = copyContext()
      c.set(20)
      return copy
    })
    expect([one.item(c), two.item(c)]).toEqual([20, 10])
  })

  test('CP-02 a copy is entered while its original is', () => {
    const c = new ContextVar<number>('c')
    const one = new Context()
    one.run(() => {
      c.set(20)
      const two = copyContext()
      two.run(() => c.set(30))
      expect([one.item(c), two.item(c)]).toEqual([20, 30])
    })
  })

  test('CP-03 the copy of an entered context is free', () => {
    const context = new Context()
    expect(context.run(() => context.copy().run(() => 'ran'))).toBe('ran')
  })

  test('CP-04 two copies are two objects', () => {
    const [one, two] = [copyContext(), copyContext()]
    expect(one).not.toBe(two)
    expect(one.equals(two)).toBe(true)
  })

  test('CP-05 a copy is not the context itself', () => {
    const c = new ContextVar<number>('c')
    c.set(1)
    const copy = copyContext()
    copy.run(() => c.set(2))
    expect(c.get()).toBe(1)
    c.set(3)
    expect(copy.item(c)).toBe(2)
    expect(new Context().run(() => copyContext())).not.toBe(copy)
  })

  test('CP-06 a context is no plain data', () => {
    const c = new ContextVar<number>('c')
    const context = holding([c, 1])
    expect(structuredClone(context)).not.toBeInstanceOf(Context)
    expect(JSON.stringify(context)).toBe('{}')
  })

  test('CP-06 nor does it show what a recorder noted', () => {
    const context = new Context()
    const before = JSON.stringify(Object.getOwnPropertyDescriptors(context))
    context.note = { secret: context }
    expect(JSON.stringify(Object.getOwnPropertyDescriptors(context))).toBe(before)
    expect(Object.keys(context)).toEqual([])
  })
})

vitestTest('CP-07 copying 10,000 variables costs about what copying none does', () => {
  const empty = new Context()
  const full = new Context()
  full.run(() => {
    for (let n = 0; n < 10_000; n++) new ContextVar<number>(`v${n}`).set(n)
  })
  const cost = (context: Context): number => {
    const begin = performance.now()
    for (let n = 0; n < 10_000; n++) context.copy()
    return performance.now() - begin
  }
  const best = (context: Context): number => Math.min(...Array.from({ length: 10 }, () => cost(context)))
  // A copy that grew with the content would be thousands of times as slow.
  expect(best(full)).toBeLessThan(10 * best(empty))
})
