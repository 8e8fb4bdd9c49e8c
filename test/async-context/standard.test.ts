// AsyncContext as an object of the language: what the proposal's specification says of properties, constructors and errors.

import { describe, expect, test } from 'vitest'
import { AsyncContext } from '../../runtime/async-context'

const { Variable, Snapshot } = AsyncContext

const hidden = { enumerable: false, configurable: true }
const descriptor = (target: object, key: PropertyKey) => Object.getOwnPropertyDescriptor(target, key)

// biome-ignore lint/complexity/noBannedTypes: any function is asked
function isConstructor(fn: Function): boolean {
  try {
    Reflect.construct(Object, [], fn)
    return true
  } catch {
    return false
  }
}

describe('AsyncContext', () => {
  test('is an ordinary object with two classes that may be replaced', () => {
    expect(Object.getPrototypeOf(AsyncContext)).toBe(Object.prototype)
    expect(Reflect.ownKeys(AsyncContext)).toEqual(['Variable', 'Snapshot', Symbol.toStringTag])
    expect(descriptor(AsyncContext, 'Variable')).toEqual({ value: Variable, writable: true, ...hidden })
    expect(descriptor(AsyncContext, 'Snapshot')).toEqual({ value: Snapshot, writable: true, ...hidden })
    expect(String(AsyncContext)).toBe('[object AsyncContext]')
  })
})

describe.each([
  { name: 'Variable', standard: Variable as new () => object, length: 1 },
  { name: 'Snapshot', standard: Snapshot as new () => object, length: 0 },
])('AsyncContext.$name', ({ name, standard, length }) => {
  test('is a class of its own', () => {
    expect(Object.getPrototypeOf(standard)).toBe(Function.prototype)
    expect(descriptor(standard, 'name')).toEqual({ value: name, writable: false, ...hidden })
    expect(descriptor(standard, 'length')).toEqual({ value: length, writable: false, ...hidden })
    const fixed = { value: standard.prototype, writable: false, enumerable: false, configurable: false }
    expect(descriptor(standard, 'prototype')).toEqual(fixed)
    expect(descriptor(standard.prototype, 'constructor')).toEqual({ value: standard, writable: true, ...hidden })
    expect(Object.getPrototypeOf(standard.prototype)).toBe(Object.prototype)
    expect(isConstructor(standard)).toBe(true)
  })

  test('its instances are ordinary, extensible objects that say what they are', () => {
    const made = new standard()
    expect(Object.getPrototypeOf(made)).toBe(standard.prototype)
    expect(Object.isExtensible(made)).toBe(true)
    expect(Reflect.ownKeys(made)).toEqual([])
    expect(String(made)).toBe(`[object AsyncContext.${name}]`)
    const tag = { value: `AsyncContext.${name}`, writable: false, ...hidden }
    expect(descriptor(standard.prototype, Symbol.toStringTag)).toEqual(tag)
  })

  test('is no function to call, and may be a base', () => {
    expect(() => Reflect.apply(standard, undefined, [])).toThrow(TypeError)
    class Own extends standard {}
    expect(new Own()).toBeInstanceOf(standard)
    expect(Object.getPrototypeOf(new Own())).toBe(Own.prototype)
  })

  test('what is constructed for another function has the prototype of that, if it is an object', () => {
    const target = function target() {}
    const own = {}
    for (const [prototype, expected] of [
      [own, own],
      [Object.prototype, Object.prototype],
      [null, standard.prototype],
      ['a string', standard.prototype],
    ]) {
      Object.assign(target, { prototype })
      expect(Object.getPrototypeOf(Reflect.construct(standard, [], target))).toBe(expected)
    }
    const refuses = Object.defineProperty(function refuses() {}.bind(null), 'prototype', {
      get: () => {
        throw new RangeError('no')
      },
    })
    expect(() => Reflect.construct(standard, [], refuses)).toThrow(RangeError)
  })
})

describe('methods', () => {
  test.each([
    ['get', Variable.prototype, 0],
    ['run', Variable.prototype, 2],
    ['run', Snapshot.prototype, 1],
    ['wrap', Snapshot, 1],
  ] as const)('%s is a plain method', (key, owner, length) => {
    const found = descriptor(owner, key)
    expect(found).toEqual({ value: expect.any(Function), writable: true, ...hidden })
    expect(descriptor(found?.value, 'name')).toEqual({ value: key, writable: false, ...hidden })
    expect(descriptor(found?.value, 'length')).toEqual({ value: length, writable: false, ...hidden })
    expect(isConstructor(found?.value)).toBe(false)
  })

  test('name is an accessor without a setter', () => {
    const found = descriptor(Variable.prototype, 'name')
    expect(found).toEqual({ get: expect.any(Function), set: undefined, ...hidden })
    expect(found?.get?.name).toBe('get name')
    expect(found?.get?.length).toBe(0)
  })

  test('nothing else is there', () => {
    expect(Reflect.ownKeys(Variable.prototype)).toEqual(['constructor', 'name', 'get', 'run', Symbol.toStringTag])
    expect(Reflect.ownKeys(Snapshot.prototype)).toEqual(['constructor', 'run', Symbol.toStringTag])
    expect(Reflect.ownKeys(Snapshot)).toEqual(['length', 'name', 'prototype', 'wrap'])
  })

  const variable = new Variable()
  const snapshot = new Snapshot()
  const strangers = { undefined, null: null, number: 1, string: 'a', symbol: Symbol(), object: {}, function: () => {} }

  test.each(Object.keys({ ...strangers, class: 0, prototype: 0, snapshot: 0 }))(
    'those of a variable refuse as this: %s',
    (what) => {
      const self: unknown = Reflect.get(
        { ...strangers, class: Variable, prototype: Variable.prototype, snapshot },
        what,
      )
      let ran = false
      const calls = [
        () => Reflect.apply(Variable.prototype.get, self, []),
        () => Reflect.apply(Variable.prototype.run, self, [1, () => (ran = true)]),
        () => Reflect.apply(descriptor(Variable.prototype, 'name')?.get ?? (() => {}), self, []),
      ]
      for (const call of calls) expect(call).toThrow(TypeError)
      expect(ran).toBe(false)
    },
  )

  test.each(Object.keys({ ...strangers, class: 0, prototype: 0, variable: 0 }))(
    'that of a snapshot refuses as this: %s',
    (what) => {
      const self: unknown = Reflect.get(
        { ...strangers, class: Snapshot, prototype: Snapshot.prototype, variable },
        what,
      )
      let ran = false
      expect(() => Reflect.apply(Snapshot.prototype.run, self, [() => (ran = true)])).toThrow(TypeError)
      expect(ran).toBe(false)
    },
  )

  test.each([undefined, null, 1, true, '', Symbol(), {}])('what is no function is refused: %o', (none) => {
    for (const call of [
      () => variable.run('set', none as never),
      () => snapshot.run(none as never),
      () => Snapshot.wrap(none as never),
    ]) {
      expect(call).toThrow(TypeError)
      expect(variable.get()).toBe(undefined)
    }
  })
})

describe('options of a variable', () => {
  test.each([undefined, null, 1, 'name', Symbol(), true])('what is no object has none: %o', (none) => {
    const variable = new Variable(none as never)
    expect(variable.name).toBe('')
    expect(variable.get()).toBe(undefined)
  })

  test('a name becomes a string, wherever the options have it', () => {
    expect(new Variable({ name: 'user' }).name).toBe('user')
    expect(new Variable({ name: undefined } as never).name).toBe('undefined')
    expect(new Variable({ name: 12 } as never).name).toBe('12')
    expect(new Variable(Object.create({ name: 'inherited' })).name).toBe('inherited')
    expect(new Variable(Object.assign(() => {}, { defaultValue: 7 }) as never).get()).toBe(7)
    expect(() => new Variable({ name: Symbol() } as never)).toThrow(TypeError)
  })

  test('each is asked for once, in order', () => {
    const asked: string[] = []
    const options = new Proxy(
      { name: 'user', defaultValue: 'nobody' },
      {
        has: (_, key) => asked.push(`has ${String(key)}`) > 0,
        get: (target, key) => {
          asked.push(`get ${String(key)}`)
          return Reflect.get(target, key)
        },
      },
    )
    expect(new Variable(options).get()).toBe('nobody')
    expect(asked).toEqual(['has name', 'get name', 'get defaultValue'])
  })

  test('what they throw is thrown', () => {
    const refuse = () => {
      throw new RangeError('no')
    }
    for (const options of [
      Object.defineProperty({}, 'name', { get: refuse }),
      { name: { toString: refuse } },
      Object.defineProperty({}, 'defaultValue', { get: refuse }),
      new Proxy({}, { has: refuse }),
    ]) {
      expect(() => new Variable(options as never)).toThrow(RangeError)
    }
  })
})

describe('what wrap makes', () => {
  test('is a function, and no constructor, whatever is wrapped', () => {
    const wrapped = Snapshot.wrap(class Wrapped {} as never)
    expect(Object.getPrototypeOf(wrapped)).toBe(Function.prototype)
    expect(Object.hasOwn(wrapped, 'prototype')).toBe(false)
    expect(isConstructor(wrapped)).toBe(false)
  })

  test('has the length of what is wrapped, as a function that is bound has', () => {
    const wrapped = (length: unknown) =>
      descriptor(Snapshot.wrap(Object.defineProperty(() => {}, 'length', { value: length })), 'length')
    for (const [own, expected] of [
      [2, 2],
      [-42, 0],
      [7.9, 7],
      [Number.NaN, 0],
      [-0, 0],
      [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
      [Number.NEGATIVE_INFINITY, 0],
      ['42', 0],
      [undefined, 0],
    ]) {
      expect(wrapped(own)).toEqual({ value: expected, writable: false, ...hidden })
    }
    const without = () => {}
    Reflect.deleteProperty(without, 'length')
    Object.setPrototypeOf(without, {
      get length() {
        throw new RangeError('it is not its own')
      },
    })
    expect(Snapshot.wrap(without).length).toBe(0)
  })

  test('has its name behind a word, if that is a string', () => {
    const wrapped = (name: unknown) =>
      descriptor(Snapshot.wrap(Object.defineProperty(() => {}, 'name', { value: name })), 'name')
    const refuses = {
      toString() {
        throw new RangeError('never asked')
      },
    }
    for (const [own, expected] of [
      ['work', 'wrapped work'],
      ['', 'wrapped '],
      [42, 'wrapped '],
      [Symbol('work'), 'wrapped '],
      [refuses, 'wrapped '],
    ]) {
      expect(wrapped(own)).toEqual({ value: expected, writable: false, ...hidden })
    }
    const inherits = () => {}
    Reflect.deleteProperty(inherits, 'name')
    Object.setPrototypeOf(inherits, { name: 'inherited' })
    expect(Snapshot.wrap(inherits).name).toBe('wrapped inherited')
  })

  test.each(['name', 'length'])('what its %s throws is thrown', (key) => {
    const refuse = () => {
      throw new RangeError('no')
    }
    expect(() => Snapshot.wrap(Object.defineProperty(() => {}, key, { get: refuse }))).toThrow(RangeError)
    const traps = {
      getOwnPropertyDescriptor: (_: object, asked: PropertyKey) => (asked === 'length' ? refuse() : undefined),
    }
    expect(() => Snapshot.wrap(new Proxy(() => {}, traps) as () => void)).toThrow(RangeError)
  })
})
