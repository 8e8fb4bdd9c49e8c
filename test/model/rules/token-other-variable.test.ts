import { expect, test } from 'vitest'
import { judged, only, titles } from './found'

const mixedUp = `
  user is a variable
  lang is a variable
  base sets lang = "en" as l1 @ app.js:3
  base is refused user by l1: other-variable @ app.js:8
`

test('found, with both names', () => {
  const found = judged('token-other-variable', mixedUp)
  expect(titles(found)).toEqual(['error: Token of another variable: lang → user'])
  expect(only(found).what).toBe(
    'The base context called user.reset with the token that lang.set returned. Both variables keep their values, and the token can still be used.',
  )
  expect(only(found).advice).toContain('Reset lang with that token')
  expect(only(found).evidence.map(({ seq }) => seq)).toEqual([5, 6])
})

test('two variables of one name are most likely one that is made in a function', () => {
  const found = judged('token-other-variable', mixedUp.replace('lang is a variable', 'lang is a variable called user'))
  expect(titles(found)).toEqual(['error: Token of another variable: user → user'])
  expect(only(found).what).toMatch(/^Two variables are called user/)
  expect(only(found).advice).toMatch(/^Make the variable once/)
})

test('clear, when the names agree', () => {
  expect(judged('token-other-variable', mixedUp.replace(/.*refused.*/, '')).verdict).toBe('clear')
})

test('cannot tell, when facts are missing', () => {
  expect(judged('token-other-variable', '3 facts go by\nbase copies c').verdict).toBe('cannot-tell')
})
