import { describe, expect, test } from 'vitest'
import type { Preview } from '../../runtime/protocol'
import { preview } from '../../runtime/recorder/preview'

const text = (value: unknown): string => preview(value).text

function sizeOf(picture: Preview): number {
  let size = picture.text.length
  for (const [key, value] of picture.entries ?? []) size += key.length + sizeOf(value)
  return size
}

describe('a preview says what DevTools would', () => {
  test.each([
    [undefined, 'undefined'],
    [null, 'null'],
    [true, 'true'],
    [0, '0'],
    [-0, '-0'],
    [Number.NaN, 'NaN'],
    [12n, '12n'],
    ['a "b"\n', '"a \\"b\\"\\n"'],
    [Symbol('s'), 'Symbol(s)'],
    [[], '[]'],
    [[1, 'x'], '(2) [1, "x"]'],
    [{}, '{}'],
    [{ id: 7, name: 'Ada' }, '{id: 7, name: "Ada"}'],
    [new Map([['a', 1]]), 'Map(1) {"a" => 1}'],
    [new Set([1, 2]), 'Set(2) {1, 2}'],
    [new Date(0), '1970-01-01T00:00:00.000Z'],
    [new Date(Number.NaN), 'Invalid Date'],
    [/a\/b/gi, '/a\\/b/gi'],
    [new RangeError('too far'), 'RangeError: too far'],
    [Promise.resolve(1), 'Promise'],
    [function greet() {}, 'ƒ greet()'],
    [() => {}, 'ƒ anonymous()'],
    [new (class User {})(), 'User {}'],
    [Object.create(null), '{}'],
  ])('%#: %s', (value, expected) => {
    expect(text(value)).toBe(expected)
  })

  test('sparse arrays keep their holes', () => {
    const sparse = [1]
    sparse[3] = 4
    expect(text(sparse)).toBe('(4) [1, empty, empty, 4]')
  })
})

describe('a preview runs none of the page’s code', () => {
  test('getters are not called', () => {
    let called = 0
    const trap = {
      get secret() {
        called++
        return 1
      },
      toJSON: () => called++,
      toString: () => `${called++}`,
      [Symbol.toPrimitive]: () => called++,
      get [Symbol.toStringTag]() {
        called++
        return 'x'
      },
    }
    expect(text(trap)).toContain('secret: (accessor)')
    const flagged = Object.defineProperty(/x/gi, 'global', { get: () => called++ })
    expect(text(flagged)).toBe('/x/gi')
    expect(called).toBe(0)
  })

  test('iterators, subclassed collections and static names are not asked', () => {
    let called = 0
    class Loud extends Map<string, number> {
      override get size(): number {
        called++
        return 1
      }
      override forEach(): void {
        called++
      }
      override [Symbol.iterator](): MapIterator<[string, number]> {
        called++
        return super[Symbol.iterator]()
      }
      static override get name(): string {
        called++
        return 'x'
      }
    }
    expect(text(new Loud([['a', 1]]))).toContain('"a" => 1')
    expect(called).toBe(0)
  })
})

describe('a preview copes', () => {
  test('with cycles, and shows a value twice that stands there twice', () => {
    const shared = { n: 1 }
    const cyclic: Record<string, unknown> = { a: shared, b: shared }
    cyclic.self = cyclic
    expect(text(cyclic)).toBe('{a: {n: 1}, b: {n: 1}, self: (circular)}')
  })

  test('with proxies that throw, and revoked ones', () => {
    const throwing = new Proxy(
      {},
      {
        getPrototypeOf() {
          throw new Error('no')
        },
        ownKeys() {
          throw new Error('no')
        },
      },
    )
    const { proxy, revoke } = Proxy.revocable({}, {})
    revoke()
    expect(preview(throwing).kind).toBe('unreadable')
    expect(preview(proxy).kind).toBe('unreadable')
    expect(text({ inside: throwing, ok: 1 })).toBe('{inside: (cannot be looked at), ok: 1}')
  })

  test('with what only pretends to be a built-in', () => {
    for (const prototype of [Date.prototype, Map.prototype, Set.prototype, RegExp.prototype, Error.prototype]) {
      expect(preview(Object.create(prototype)).kind).not.toBe('unreadable')
    }
  })
})

describe('a preview is bounded', () => {
  const deep: Record<string, unknown> = {}
  let at = deep
  for (let i = 0; i < 10_000; i++) {
    at.next = {}
    at = at.next as Record<string, unknown>
  }
  const wide = Object.fromEntries(Array.from({ length: 5_000 }, (_, i) => [`key${i}`, 'v'.repeat(1_000)]))
  const nested = Array.from({ length: 100 }, () => Array.from({ length: 100 }, () => wide))
  const cases: [string, unknown][] = [
    ['a string of 10 MB', 'x'.repeat(10_000_000)],
    ['a long symbol', Symbol('y'.repeat(1_000_000))],
    ['a big bigint', 2n ** 200_000n],
    ['an array of a million', new Array(1_000_000).fill(1)],
    ['a deep object', deep],
    ['a wide object', wide],
    ['wide arrays in arrays', nested],
    ['a big map', new Map(Array.from({ length: 10_000 }, (_, i) => [`${i}`.repeat(500), wide]))],
    ['a long class name', new (Object.defineProperty(class {}, 'name', { value: 'z'.repeat(100_000) }))()],
    ['an error with a long message', new Error('m'.repeat(1_000_000))],
  ]
  test.each(cases)('%s', (_, value) => {
    expect(sizeOf(preview(value))).toBeLessThan(60_000)
    expect(text(value).length).toBeLessThan(1_500)
  })

  test('a typed array is told as the array it is, none of its keys listed', () => {
    expect(preview(new Uint8Array(3))).toMatchObject({ kind: 'array', text: 'Uint8Array(3) [0, 0, 0]' })
    const before = process.cpuUsage()
    expect(preview(new Float64Array(3_000_000))).toMatchObject({ kind: 'array', more: 3_000_000 - 12 })
    // Listing the keys takes seconds. What else the machine does is not counted.
    const { user, system } = process.cpuUsage(before)
    expect(user + system).toBeLessThan(200_000)
    expect(preview(new DataView(new ArrayBuffer(8))).kind).toBe('object')
  })

  test('what is left out is counted', () => {
    expect(preview('x'.repeat(1_000)).more).toBe(800)
    expect(preview('x'.repeat(1_000)).text).toMatch(/^"x{200}…"$/)
    expect(preview(Array.from({ length: 50 })).more).toBe(38)
  })
})
