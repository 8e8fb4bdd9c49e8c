import { expect, test } from 'vitest'
import { isBuiltOn } from '../../panel/model/built-on'
import { preview } from '../../runtime/recorder/preview'

test.each<[unknown, unknown]>([
  [1, 2],
  [3n, 2n],
  ['a', 'a/b'],
  ['a/b', 'a'],
  ['', 'a'],
  ['x'.repeat(500), `${'x'.repeat(500)}/y`],
  [{ depth: 1 }, { depth: 2 }],
  [
    { user: 'ada', step: 'first' },
    { user: 'ada', step: 'second' },
  ],
  [{ user: 'ada' }, { user: 'ada', step: 1 }],
  [['a'], ['a', 'b']],
  [
    new Map([['a', 1]]),
    new Map([
      ['a', 1],
      ['b', 2],
    ]),
  ],
])('%o may have become %o', (before, value) => {
  expect(isBuiltOn(preview(value), preview(before))).toBe(true)
})

test.each<[unknown, unknown]>([
  ['ada', 'grace'],
  ['R-1', 'R-2'],
  [null, { id: 7 }],
  ['7', 7],
  [
    { id: 7, name: 'ada' },
    { id: 9, name: 'grace' },
  ],
  [{ name: 'ada' }, { name: 'grace' }],
  [['a'], ['b']],
  [{}, {}],
  [true, false],
])('%o became %o by no step that anybody sees', (before, value) => {
  expect(isBuiltOn(preview(value), preview(before))).toBe(false)
})
