// Live values beside recorded ones, and both as text.

import { describe, expect, it } from 'vitest'
import { canBeOpened, looksTheSame, pathText, valueText } from '../../../panel/model/selectors/live'
import { preview } from '../../../runtime/recorder/preview'

describe('two pictures', () => {
  it('look the same where every part does', () => {
    const [a, b, c] = [
      { name: 'Ada', at: [1, 2] },
      { name: 'Ada', at: [1, 2] },
      { name: 'Ada', at: [1, 3] },
    ]
    expect(looksTheSame(preview(a), preview(b))).toBe(true)
    expect(looksTheSame(preview(a), preview(c))).toBe(false)
    expect(looksTheSame(preview({}), preview({ name: undefined }))).toBe(false)
    expect(looksTheSame(preview('7'), preview(7))).toBe(false)
  })

  it('differ where one is longer out of sight', () => {
    const long = (length: number) => preview('x'.repeat(length))
    expect(looksTheSame(long(500), long(501))).toBe(false)
  })
})

it('what holds others can be opened, and a text that was cut', () => {
  expect([{}, [], new Map(), new Set(), 'x'.repeat(500)].map((value) => canBeOpened(preview(value)))).toEqual(
    Array(5).fill(true),
  )
  expect([1, 'x', null, undefined, () => {}, new Date(0)].some((value) => canBeOpened(preview(value)))).toBe(false)
})

it('a path is written as code would go there', () => {
  expect(pathText('user', [])).toBe('user')
  expect(
    pathText('user', [
      [0, 'orders'],
      [3, '3'],
      [0, 'first name'],
      [1, '01'],
      [0, 'größe'],
    ]),
  ).toBe('user.orders[3]["first name"]["01"].größe')
})

it('a value is copied as its characters, or line by line', () => {
  expect(valueText(preview('say "so"\n'))).toBe('say "so"\n')
  expect(valueText(preview('x'.repeat(201)))).toMatch(/…"$/)
  expect(valueText(preview({ a: 1, b: 'x' }))).toBe('{\n  a: 1,\n  b: "x"\n}')
  expect(valueText(preview([1, [2]]))).toBe('[\n  1,\n  (1) [2]\n]')
  expect(valueText(preview(-0))).toBe('-0')
})
