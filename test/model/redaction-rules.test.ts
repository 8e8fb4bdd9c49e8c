// What a person wants taken out, from what they typed to what is shown before it leaves.

import { describe, expect, test } from 'vitest'
import { toRecording } from '../../panel/model/recording-text'
import { redact } from '../../panel/model/redact'
import { redactionPreview } from '../../panel/model/redaction-preview'
import { parseRules, readRules } from '../../panel/model/redaction-rules'
import { story } from './story'

const page = { url: 'https://shop.example/?session=abc', title: 'Orders of ada@example.com', exported: '2026' }

const told = story(`
  cart is a variable
  customer is a variable
  password is a variable, default "hush"
  base starts task Ada @ desk.ts:3
  Ada sets cart = "ORD-17 for Ada" as a @ desk.ts:4
  Ada sets customer = "Ada" as b @ desk.ts:4
  Ada sets password = "hush hush" as c @ desk.ts:4
`)
const plain = toRecording(told.timeline, page, '1', { redaction: null })

function redacted(names: string, patterns: string) {
  const rules = readRules({ names, patterns })
  if (!rules.ok) throw new Error(rules.error)
  return redact(plain, rules.redaction)
}

describe('rules of one’s own', () => {
  test('are added to the defaults, which always hold', () => {
    const text = JSON.stringify(redacted('Customer\n', 'ORD-\\d+\n/for ada/i'))
    expect(text).toContain('[redacted] [redacted]')
    for (const secret of ['ORD-17', '"\\"Ada\\""', 'hush', 'ada@example.com', 'session=abc'])
      expect(text).not.toContain(secret)
    expect(text).toContain('customer')
  })

  test('without any, the defaults are as ever', () => {
    expect(redacted('', ' \n')).toEqual(redact(plain))
  })

  test('a name is a word, whatever it looks like', () => {
    const rules = readRules({ names: 'a.b(', patterns: '' })
    expect(rules.ok && rules.redaction.names.test('a.b(')).toBe(true)
    expect(rules.ok && rules.redaction.names.test('axb(')).toBe(false)
  })

  test.each([
    ['(', '“(” is no regular expression: Unterminated group.'],
    ['/a/y!', null],
    ['/a/zz', "“/a/zz” is no regular expression: Invalid flags supplied to RegExp constructor 'zz'."],
    ['x*', '“x*” fits nothing at all, too, and would be found everywhere.'],
    ['[b-a]', '“[b-a]” is no regular expression: Range out of order in character class.'],
  ])('%s is a rule or a sentence', (pattern, error) => {
    const read = readRules({ names: '', patterns: `fine\n${pattern}` })
    expect(read.ok ? null : read.error).toBe(error)
  })

  test('more of them than anybody writes are refused', () => {
    expect(readRules({ names: 'x\n'.repeat(101), patterns: '' })).toMatchObject({ ok: false })
    expect(readRules({ names: '', patterns: 'x'.repeat(20_000) })).toMatchObject({ ok: false })
  })

  test.each([null, '', '{', '7', 'null', '{"names":7}'])('what was kept as %j is none', (kept) => {
    expect(parseRules(kept)).toEqual({ names: '', patterns: '' })
  })
})

describe('what is taken out', () => {
  test('is counted by its place', () => {
    const { count, places } = redactionPreview(plain, redacted('', 'ORD-\\d+'))
    expect(places).toEqual(
      expect.arrayContaining([
        { place: 'values of password', count: 2 },
        { place: 'values of cart', count: 1 },
        { place: 'the address of the page', count: 1 },
        { place: 'the title of the page', count: 1 },
      ]),
    )
    expect(count).toBe(5)
  })

  test('is nothing where nothing is', () => {
    expect(redactionPreview(plain, plain)).toEqual({ count: 0, places: [] })
  })

  test('is found in what a census lists, by the names of the variables', () => {
    const listed = story(`
      password is a variable, default "hush"
      base sets password = "hush" as t
      census of password
      - base: password = "hush" by t
    `)
    const before = toRecording(listed.timeline, page, '1', { redaction: null })
    const { places } = redactionPreview(before, redact(before))
    expect(places[0]).toEqual({ place: 'values of password', count: 3 })
  })
})
