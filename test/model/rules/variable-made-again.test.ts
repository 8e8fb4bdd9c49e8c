import { expect, test } from 'vitest'
import { judged, only, titles } from './found'

const made = (count: number): string =>
  Array.from({ length: count }, (_, n) => `v${n} is a variable called discount @ discount shop.js:4`).join('\n')

test('found, where one line of a function makes several of one name', () => {
  const found = judged('variable-made-again', made(2))
  expect(titles(found)).toEqual(['info: Variable made in a function: discount (2 of them)'])
  const { what, evidence, variable } = only(found)
  expect(variable).toBe(found.told.variable('v1'))
  expect(what).toBe(
    'One line has made 2 variables called discount. What is set by one of them is not found by another.',
  )
  expect(evidence.map(({ label, seq }) => `${seq} ${label}`)).toEqual(['4 new variable discount, the newest of 2'])
  expect(titles(judged('variable-made-again', made(1_200)))).toEqual([
    'info: Variable made in a function: discount (1,200 of them)',
  ])
})

test('the same, whatever way led to the line', () => {
  const ways =
    'a is a variable called user @ f shop.js:4 < one shop.js:9\nb is a variable called user @ f shop.js:4 < two shop.js:10'
  expect(only(judged('variable-made-again', ways)).id).toMatch(/shop\.js:4:1 user$/)
})

test.each([
  ['two modules that call theirs alike', 'a is a variable called user @ a.js:1\nb is a variable called user @ b.js:1'],
  ['variables of different names that one line makes', 'a is a variable @ make.js:1\nb is a variable @ make.js:1'],
  ['variables of which the line is not known', 'a is a variable called user\nb is a variable called user'],
  ['a module that is loaded again and again', made(12).replaceAll('discount shop.js:4', 'shop.js:4')],
  ['one variable', made(1)],
])('clear: %s', (_, told) => {
  expect(judged('variable-made-again', told).verdict).toBe('clear')
})

test('what was made before the recording cannot be told', () => {
  expect(judged('variable-made-again', 'attached late').verdict).toBe('cannot-tell')
})

test('cannot tell where the lines of several of one name were not recorded', () => {
  const both = 'one is a variable called user @ not taken\nother is a variable called user @ not taken'
  const { verdict, why } = judged('variable-made-again', both)
  expect(verdict).toBe('cannot-tell')
  expect(why).toMatch(/^Of variables that have one name, the lines that made them were not recorded; /)
  expect(
    judged('variable-made-again', both.replace('other is a variable called user', 'other is a variable')).verdict,
  ).toBe('clear')
})
