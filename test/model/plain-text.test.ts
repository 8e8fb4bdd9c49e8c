import { expect, test } from 'vitest'
import { oneLine, plainText, quotation } from '../../panel/model/plain-text'

test.each([
  ['ada', 'ada'],
  ['שלום\u200f, 你好 👋🏽 é\t\n', 'שלום\u200f, 你好 👋🏽 é\t\n'],
  ['user\u202enimda', 'user\\u202enimda'],
  ['\u2066a\u2069', '\\u2066a\\u2069'],
  ['\u001b[2J\u0007\u009b', '\\u001b[2J\\u0007\\u009b'],
  ['half \ud83d of one, \udc4b', 'half \\ud83d of one, \\udc4b'],
])('%j is shown as %j', (text, shown) => {
  expect(plainText(text)).toBe(shown)
})

test('long text keeps its head, and half a character at its end is told', () => {
  expect(plainText('x'.repeat(20_000))).toBe(`${'x'.repeat(10_000)}…`)
  expect(plainText('aa👋', 3)).toBe('aa\\ud83d…')
})

test.each([
  ['a \n\r\n  b', 'a b'],
  ['\na\n', ' a '],
  ['  a  b  ', '  a  b  '],
  ['a\u2028b', 'a b'],
])('%j is one line: %j', (text, line) => {
  expect(oneLine(text)).toBe(line)
})

test('a quotation is short, and on one line', () => {
  expect(quotation(`a\n${'b'.repeat(100)}`)).toBe(`a ${'b'.repeat(78)}…`)
})
