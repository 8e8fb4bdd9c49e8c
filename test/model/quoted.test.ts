// What pages say, in programs that people run.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { comment, isBigint, isNumber, quoted } from '../../panel/model/report/quoted'

const pieces = fc.oneof(
  fc.string({ unit: 'binary' }),
  // In two parts: Vitest would obey them here.
  fc.constantFrom(
    `${'@'}vitest-environment evil`,
    `${'@'}jest-environment-options {`,
    '\u202e\n\u2028',
    '\u2066x',
    '"""',
    "\\'",
  ),
)
const texts = fc.array(pieces).map((parts) => parts.join(''))

const DANGEROUS = /[\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]|@(vitest|jest)-|@module-tag/

test('a literal says the same, and shows what it says', () => {
  fc.assert(
    fc.property(texts, (text) => {
      expect(JSON.parse(quoted(text))).toBe(text)
      expect(quoted(text)).not.toMatch(DANGEROUS)
    }),
  )
})

test('a comment is one line that nobody obeys', () => {
  fc.assert(
    fc.property(texts, (text) => {
      expect(comment(text)).not.toMatch(DANGEROUS)
      expect(comment(text)).not.toMatch(/[\r\n]/)
    }),
  )
})

test('only literals of both languages are numbers', () => {
  expect(['0', '-7', '1.5', '1e+21', '12.5e-7'].every(isNumber)).toBe(true)
  expect(['010', '1.', 'e5', '--1', '0x1', 'NaN'].some(isNumber)).toBe(false)
  expect(isBigint('-12n')).toBe(true)
  expect(['007n', `${'9'.repeat(5_000)}n`].some(isBigint)).toBe(false)
})
