// Two pictures of what may be one value, of one size or of two.

import { afterEach, describe, expect, it } from 'vitest'
import { mayBeSame } from '../../panel/model/same-value'
import type { PreviewSize } from '../../runtime/protocol'
import { preview, previews } from '../../runtime/recorder/preview'

afterEach(() => {
  previews.size = 'usual'
})

function pictured(value: unknown, size: PreviewSize) {
  previews.size = size
  return preview(value)
}

const SIZES: PreviewSize[] = ['small', 'usual', 'large']
const PAIRS = SIZES.flatMap((one) => SIZES.map((other) => [one, other] as const))

class User {
  constructor(
    readonly name: string,
    readonly at: number[],
  ) {}
}
const wide = (many: number) => Object.fromEntries(Array.from({ length: many }, (_, index) => [`key ${index}`, index]))
const named = (name: string) => ({ [name]: () => {} })[name]

/** Each is another one than all others, which any size shows. */
const DIFFERENT: [what: string, make: () => unknown][] = [
  ['a text', () => 'Ada'],
  ['an error with three dots', () => new Error('Loading… a')],
  ['another error with three dots', () => new Error('Loading… b')],
  ['a symbol with three dots', () => Symbol('a…1')],
  ['another symbol with three dots', () => Symbol('a…2')],
  ['another text', () => 'Bob'],
  ['a number', () => 7],
  ['the text of a number', () => '7'],
  ['a long text', () => 'x'.repeat(500)],
  ['one that is longer out of sight', () => 'x'.repeat(501)],
  ['one that is longer than any picture', () => 'x'.repeat(5_000)],
  ['one with quotation marks', () => `"${'"'.repeat(100)}`],
  ['nothing in it', () => ({})],
  ['one property', () => ({ name: undefined })],
  ['a plain object', () => ({ name: 'Ada', at: [1, 2] })],
  ['another value below', () => ({ name: 'Eve', at: [1, 2] })],
  ['another length below', () => ({ name: 'Ada', at: [1, 2, 3] })],
  ['another class', () => new User('Ada', [1, 2])],
  ['an empty list', () => []],
  ['a list', () => [1, 2]],
  ['a map', () => new Map([['a', { b: 1 }]])],
  ['a map of another key', () => new Map([['b', { b: 1 }]])],
  ['a set', () => new Set([1, 2])],
  ['many properties', () => wide(100)],
  ['one more', () => wide(101)],
  ['a function', () => named('load')],
  ['another function', () => named('save')],
  ['a function of a long name', () => named('y'.repeat(300))],
  ['a date', () => new Date(0)],
  ['an error', () => new Error('z'.repeat(300))],
]

describe.each(PAIRS)('%s and %s', (one, other) => {
  it.each(DIFFERENT)('may be the same where they are of %s', (_, make) => {
    expect(mayBeSame(pictured(make(), one), pictured(make(), other))).toBe(true)
  })

  it('differ where both show that', () => {
    const alike = DIFFERENT.flatMap(([what, make], index) =>
      DIFFERENT.filter((_, place) => place !== index)
        .filter(([, makeOther]) => mayBeSame(pictured(make(), one), pictured(makeOther(), other)))
        .map(([otherWhat]) => `${what}, ${otherWhat}`),
    )
    expect(alike).toEqual([])
  })
})

it('differ where only one size would show it, and both have that', () => {
  const deep = (value: number) => ({ a: { b: value } })
  expect(mayBeSame(pictured(deep(1), 'usual'), pictured(deep(2), 'usual'))).toBe(false)
  expect(mayBeSame(pictured(deep(1), 'small'), pictured(deep(2), 'usual'))).toBe(true)
})
