import { expect, test } from 'vitest'
import { judged, only, titles } from './found'

const twice = `
  user is a variable
  base sets user = "ada" as t1 @ app.js:3
  base resets user by t1 @ app.js:5
  base is refused user by t1: used @ app.js:8
`

test('found, with both uses', () => {
  const found = judged('token-used-twice', twice)
  expect(found.verdict).toBe('found')
  expect(titles(found)).toEqual(['error: Token used twice: user'])
  const { evidence, what, token } = only(found)
  expect(token).toBe(found.told.token('t1'))
  expect(what).toBe(
    'A token of user, made when user was set to "ada", had been used for a reset already when the base context used it again. The second reset did nothing.',
  )
  expect(evidence.map(({ label, seq }) => `${seq} ${label}`)).toEqual([
    '4 set user = "ada" in the base context',
    '5 first reset of user',
    '6 reset user refused: the token was used before, in the base context',
  ])
  expect(evidence.map(({ stack }) => stack)).toEqual([1, 2, 3])
})

test('clear, for a token used once', () => {
  expect(judged('token-used-twice', twice.replace(/.*refused.*/, '')).verdict).toBe('clear')
})

test('one finding for one line, counted; its id stays', () => {
  const once = only(judged('token-used-twice', twice))
  const often = only(judged('token-used-twice', `${twice}\nbase is refused user by t1: used @ app.js:8`))
  expect(often.title).toBe('Token used twice: user (2 times)')
  expect(often.id).toBe(once.id)
  const elsewhere = judged('token-used-twice', `${twice}\nbase is refused user by t1: used @ app.js:9`)
  expect(elsewhere.findings).toHaveLength(2)
})

test('a token from before the recording is still found, and what else there was cannot be told', () => {
  const found = judged('token-used-twice', 'attached late\nuser is a variable\nbase is refused user by t1: used')
  expect(found.verdict).toBe('cannot-tell')
  expect(only(found).evidence).toHaveLength(1)
  expect(found.why).toBe('The recording began late; a refused reset may have come before it.')
})

test('a first use that fell into a gap is not invented', () => {
  const found = judged(
    'token-used-twice',
    'user is a variable\nbase sets user = 1 as t1\n3 facts are lost\nbase is refused user by t1: used',
  )
  expect(only(found).evidence.map(({ seq }) => seq)).toEqual([4, 8])
})
