import { expect, test } from 'vitest'
import { parseQuery } from '../../../panel/model/selectors/query'

const finds = (typed: string, text: string) => parseQuery(typed)?.test(text)
const remark = (typed: string) => parseQuery(typed)?.remark

test('text is text, in whatever case', () => {
  expect(finds(' Ada ', '"ada"')).toBe(true)
  expect(finds('a.a', '"ada"')).toBe(false)
  expect(finds('(', 'f(x)')).toBe(true)
  expect(parseQuery('  ')).toBeNull()
})

test('between slashes is a regular expression, in whatever case', () => {
  expect(finds('/^"A.*a"$/', '"ada"')).toBe(true)
  expect(finds('/^a/i', '"ada"')).toBe(false)
  expect(parseQuery('/d./')?.find('"ada"')).toEqual({ from: 2, to: 4 })
  // Nothing to mark, and everything found.
  expect(finds('/x*/', 'ada')).toBe(true)
  expect(parseQuery('/x*/')?.find('ada')).toBeNull()
})

test('an address is text', () => {
  expect(finds('/people', '"/people/ada"')).toBe(true)
  expect(finds('//', '"https://shop.example"')).toBe(true)
  expect([remark('/people'), remark('/'), remark('//')]).toEqual([null, null, null])
})

test('what is half typed never throws, and says what it is taken for', () => {
  const whole = '/(a|[b-c]\\d{2,})+\\/$/'
  for (let length = 1; length <= whole.length; length++) {
    const query = parseQuery(whole.slice(0, length))
    expect(query?.find('abc/')).toBeDefined()
  }
  expect(remark('/(a')).toBe('as text')
  expect(finds('/(a', 'x/(a')).toBe(true)
  expect(remark('/(a/')).toBe('not a regex')
  expect(finds('/(a/', '/(a/')).toBe(false)
})

test('an expression that goes back for ever is answered at once, and one that has to go back is not asked', () => {
  const text = `${'a'.repeat(10_000)}!`
  const begin = performance.now()
  for (const typed of ['/(a+)+$/', '/(a|a)+$/', '/(a?){100}a{100}$/', '/.*.*.*.*x/', '/(.*)*x/'])
    expect([typed, finds(typed, text)]).toEqual([typed, false])
  expect(performance.now() - begin).toBeLessThan(3_000)
  expect(finds('/(a+)+!$/', text)).toBe(true)
  for (const typed of ['/(?=a)b/', '/(a)\\1/', '/(a{1000}){1000}b*/']) {
    expect(remark(typed)).toBe('too slow')
    expect(finds(typed, typed)).toBe(false)
  }
})
