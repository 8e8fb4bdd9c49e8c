// Data that somebody else wrote: one sentence for each that is no context, and no way to anything but the variables that are named.

import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import {
  AttributeError,
  Context,
  ContextReducer,
  ContextVar,
  ModuleNotFoundError,
  RuntimeError,
  ValueError,
} from '../../runtime'

const variable = new ContextVar<unknown>('variable')
const reducer = new ContextReducer()
reducer.registerContextVar(variable, { __name__: 'shop', variable })

const data = (...values: unknown[]) => ({ $contextvars: 1, copyContext: false, values })
const holding = (value: unknown) => data(['shop', 'variable', value])
const restored = (value: unknown): unknown => reducer.restore(holding(value)).item(variable)

test.each<[what: unknown, said: string]>([
  [undefined, 'expected a context as data, got undefined'],
  [null, 'expected a context as data, got null'],
  ['{}', "expected a context as data, got '{}'"],
  [[], 'expected a context as data, got []'],
  [{}, 'expected a context as data, got <object>'],
  [Object.create(data()), 'expected a context as data, got <object>'],
  [new Context(), 'expected a context as data, got <object>'],
  [{ ...data(), $contextvars: 2 }, 'a context as data of version 2; this runtime reads version 1'],
  [{ ...data(), $contextvars: '1' }, "a context as data of version '1'; this runtime reads version 1"],
  [{ ...data(), copyContext: 1 }, 'a context as data has `copyContext`, true or false, and `values`, a list'],
  [{ ...data(), values: {} }, 'a context as data has `copyContext`, true or false, and `values`, a list'],
  [{ $contextvars: 1 }, 'a context as data has `copyContext`, true or false, and `values`, a list'],
  [data(null), 'each of the `values` of a context as data is a list: module, qualname, value'],
  [data('shop'), 'each of the `values` of a context as data is a list: module, qualname, value'],
  [data(['shop', 7]), 'each of the `values` of a context as data is a list: module, qualname, value'],
  [data([{}, 'variable']), 'each of the `values` of a context as data is a list: module, qualname, value'],
  [holding({ ...data(), $contextvars: 9 }), 'a context as data of version 9; this runtime reads version 1'],
])('%j is refused: %s', (what, said) => {
  expect(() => reducer.restore(what)).toThrow(ValueError)
  expect(() => reducer.restore(what)).toThrow(said)
})

test.each([
  ['__proto__', ModuleNotFoundError],
  ['constructor', ModuleNotFoundError],
  ['shop.constructor', ModuleNotFoundError],
])('no module is called %s', (module, error) => {
  expect(() => reducer.restore(data([module, 'variable', 1]))).toThrow(error)
})

test.each(['__proto__', 'constructor', 'constructor.prototype', 'toString', 'variable.constructor', 'variable.get'])(
  'no variable is called %s',
  (qualname) => {
    const restore = () => reducer.restore(data(['shop', qualname, 1]))
    expect(restore).toThrow(AttributeError)
    // Nobody looked at what every object has.
    expect(restore).toThrow(`module 'shop' has no attribute '${qualname}'`)
  },
)

test('keys that mean something to an assignment are keys like any other', () => {
  const value = restored(
    JSON.parse('{"__proto__": {"polluted": true}, "constructor": {"prototype": {"polluted": true}}}'),
  )
  expect(Object.keys(value as object)).toEqual(['__proto__', 'constructor'])
  expect(Object.getPrototypeOf(value)).toBe(Object.prototype)
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
})

test('a circle of contexts is refused, on either way', () => {
  const circle = holding(null)
  circle.values = [['shop', 'variable', [circle]]]
  expect(() => reducer.restore(circle)).toThrow(RuntimeError)
  expect(() => reducer.restore(structuredClone(circle))).toThrow('a context that holds itself cannot be data')
})

test('what is nested without end is refused, and what people nest is not', () => {
  const nested = (depth: number) => JSON.parse(`${'['.repeat(depth)}${']'.repeat(depth)}`)
  expect(() => restored(nested(100_000))).toThrow('what is nested deeper than 500 cannot be data')
  expect(restored(nested(400))).toEqual(nested(400))
  expect(restored(Array.from({ length: 1_000 }, () => [[]]))).toHaveLength(1_000)
  const within = new Context()
  within.run(() => variable.set(nested(100_000)))
  expect(() => reducer.reduce(within)).toThrow(RuntimeError)
  const deep = Array.from({ length: 100_000 }).reduce<unknown>((inner) => holding(inner), 1)
  expect(() => reducer.restore(deep)).toThrow('what is nested deeper than 500 cannot be data')
})

test('as many values as anybody writes are restored, in time that grows with them', () => {
  const many = Array.from({ length: 200_000 }, (_, index) => ['shop', 'variable', index])
  const context = reducer.restore({ ...data(), values: many })
  expect([...context]).toEqual([[variable, 199_999]])
})

test('lists keep their holes, and a long one that has nothing in it takes no time', () => {
  const empty = Object.assign([], { length: 2 ** 32 - 1 })
  expect(restored(empty)).toHaveLength(2 ** 32 - 1)
  // biome-ignore lint/suspicious/noSparseArray: that is what this is about
  const list = [1, , undefined]
  expect(Object.keys(restored(list) as object)).toEqual(['0', '2'])
  const context = new Context()
  for (const value of [empty, list, [1, undefined]]) {
    context.run(() => variable.set(value))
    expect(reducer.reduce(context)).toEqual(holding(value))
    expect(() => reducer.reduce(context, 'json')).toThrow(/JSON has no (list with holes|undefined)/)
  }
})

test('the data is not the context’s: what is done to it later changes nothing, nor the other way round', () => {
  const value = { list: [1] }
  const sent = holding(value)
  const context = reducer.restore(sent)
  value.list.push(2)
  expect(context.item(variable)).toEqual({ list: [1] })
  const reduced = reducer.reduce(context)
  ;(context.item(variable) as typeof value).list.push(3)
  expect(reduced).toEqual(holding({ list: [1] }))
})

test('data in circles that are no contexts’ keeps its shape by structured clone', () => {
  const family: { children: unknown[]; kinds: Map<unknown, unknown>; all: Set<unknown> } = {
    children: [],
    kinds: new Map(),
    all: new Set(),
  }
  family.children.push(family)
  family.kinds.set(family, family.kinds)
  family.all.add(family).add(family.all)
  const context = new Context()
  context.run(() => variable.set(family))
  const back = reducer.restore(structuredClone(reducer.reduce(context))).item(variable) as typeof family
  expect(back).not.toBe(family)
  expect(back.children[0]).toBe(back)
  expect([...back.kinds].flat()).toEqual([back, back.kinds])
  expect([...back.all]).toEqual([back, back.all])
  expect(() => JSON.stringify(reducer.reduce(context, 'json'))).toThrow(TypeError)
})

test('an object of the page that looks like a context as data is refused, so that nothing is read as what it is not', () => {
  const context = new Context()
  for (const value of [data(), { $contextvars: 'mine' }, [{ deep: data() }]]) {
    context.run(() => variable.set(value))
    for (const form of ['clone', 'json'] as const) {
      expect(() => reducer.reduce(context, form)).toThrow('no object of the page with a property $contextvars')
    }
  }
})

test('what another copy of the runtime made is refused: it would be an empty object', () => {
  const context = new Context()
  for (const name of ['Context', 'ContextVar', 'Token']) {
    const foreign = { [Symbol.toStringTag]: name, value: 1 }
    context.run(() => variable.set([foreign]))
    expect(() => reducer.reduce(context)).toThrow(`structured clone has no [object ${name}]`)
    expect(() => reducer.reduce(foreign as never)).toThrow('Argument must be a Context object not <object>')
  }
})

test('contexts are found wherever structured clone looks, and plain objects are those of any realm', () => {
  const inner = new Context()
  inner.run(() => variable.set('inner'))
  const context = new Context()
  const there = (value: unknown): unknown => {
    context.run(() => variable.set(value))
    return reducer.restore(structuredClone(reducer.reduce(context))).item(variable)
  }
  for (const value of [
    new Map([[inner, 1]]),
    new Map([[1, inner]]),
    new Set([inner]),
    Object.assign(Object.create(null), { inner }),
    Object.assign(runInNewContext('({})'), { inner }),
  ]) {
    const [found] = [there(value)]
      .flatMap((back) =>
        back instanceof Map ? [...back].flat() : back instanceof Set ? [...back] : Object.values(back as object),
      )
      .filter((one) => one instanceof Context)
    expect(found?.get(variable)).toBe('inner')
  }
  context.run(() => variable.set(runInNewContext('[{ a: 1 }]')))
  expect(JSON.stringify(reducer.reduce(context, 'json').values)).toBe('[["shop","variable",[{"a":1}]]]')
})

test('objects of classes go as structured clone takes them', () => {
  class Money {
    constructor(readonly amount: number) {}
  }
  const context = new Context()
  context.run(() => variable.set(new Money(5)))
  expect(reducer.restore(structuredClone(reducer.reduce(context))).item(variable)).toEqual({ amount: 5 })
  expect(() => reducer.reduce(context, 'json')).toThrow('JSON has no [object Object]')
})
