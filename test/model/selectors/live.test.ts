// Live values beside recorded ones, and both as text.

import { expect, it } from 'vitest'
import { canBeOpened, pathText, valueText } from '../../../panel/model/selectors/live'
import { preview } from '../../../runtime/recorder/preview'

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
