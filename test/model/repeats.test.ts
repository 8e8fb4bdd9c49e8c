// How often a line made its mistake, and whether it goes on: counted by the line, whichever way leads there.

import { expect, test } from 'vitest'
import { reportJson } from '../../panel/model/report/json'
import { reportMarkdown } from '../../panel/model/report/markdown'
import { reportText } from '../../panel/model/report/text'
import { judge } from '../../panel/model/rules'
import { repeatsText } from '../../panel/model/selectors/repeats'
import type { World } from '../../panel/model/world'
import { type Story, story } from './story'

const page = { url: 'https://shop.example/', title: 'Shop', exported: '2026-01-02T03:04:05.000Z' }

/** In a story, each fact comes a millisecond after the one before. */
const repeats = ({ world }: Story): Record<string, unknown> =>
  Object.fromEntries(judge(world).findings.map(({ rule, repeats }) => [rule, repeats]))

test('what is refused', () => {
  const told = story(`
    user is a variable
    base misses user @ app.js:3 < one.js:1
    base misses user @ app.js:3 < two.js:1
    base misses user @ app.js:9
    base misses user @ app.js:3 < one.js:1
  `)
  expect(judge(told.world).findings.map(({ repeats }) => repeats)).toEqual([
    { count: 3, first: 5, last: 11 },
    { count: 1, first: 9, last: 9 },
  ])
})

test('what is never reset, as long as it is not', () => {
  const request = (name: string) => `
    base starts task ${name}
    ${name} sets user = ${name} as t${name} @ app.js:1
    ${name} settles`
  const text = `user is a variable${request('a')}${request('b')}${request('c')}`
  expect(repeats(story(text))).toEqual({ 'forgotten-reset': { count: 3, first: 6, last: 14 } })
  expect(repeats(story(`${text}\na resets user by ta`))).toEqual({
    'forgotten-reset': { count: 2, first: 10, last: 14 },
  })
})

test('what is counted: the first is that of the way which came first', () => {
  const turn = (n: number, way: string) => `
    base copies a${n}
    a${n} sets user = 1 as one${n}
    a${n} sets user = 2 as two${n}
    a${n} resets user by one${n}
    a${n} resets user by two${n} to 1 @ app.js:3 < ${way}`
  const told = story(['user is a variable', turn(1, 'one.js:1'), turn(2, 'two.js:1'), turn(3, 'one.js:1')].join('\n'))
  expect(repeats(told)).toEqual({ 'out-of-order-reset': { count: 3, first: 8, last: 18 } })
})

test('variables that a function makes', () => {
  const told = story('a is a variable called user @ f app.js:1\nb is a variable called user @ f app.js:1')
  expect(repeats(told)).toEqual({ 'variable-made-again': { count: 2, first: 3, last: 4 } })
})

test('a rule that failed happened at no line', () => {
  const broken = {
    id: 'forgotten-reset' as const,
    title: 'Broken',
    why: '',
    judge: () => {
      throw new Error('no')
    },
  }
  expect(judge(story('user is a variable').world, { by: [broken] }).findings[0]?.repeats).toBeNull()
})

const at = (time: number): World => ({ ...story('user is a variable').world, at: time as World['at'] })
const words = (count: number, first: number, last: number, now = last) =>
  repeatsText(at(now), { repeats: { count, first, last } as never })

test('in words', () => {
  expect(words(1, 5, 5, 9_000)).toBeNull()
  expect(repeatsText(at(9_000), { repeats: null })).toBeNull()
  expect(words(12, 1_204, 48_031, 48_040)).toBe('12 times, from 1.204 s to 48.031 s')
  expect(words(12, 1_204, 48_031, 51_031)).toBe('12 times, from 1.204 s to 48.031 s, and not in the 3.0 s since')
  expect(words(1_200, 4, 4)).toBe('1,200 times, at 4.0 ms')
})

test('in every report', () => {
  const { world } = story('user is a variable\nbase misses user @ app.js:3\nbase misses user @ app.js:3')
  world.at = 9_000 as World['at']
  expect(reportText(world)).toContain('\n         2 times, from 5.0 ms to 7.0 ms, and not in the 9.0 s since\n')
  expect(reportMarkdown(world, { page })).toContain(
    '\n**How often:** 2 times, from 5.0 ms to 7.0 ms, and not in the 9.0 s since\n',
  )
  const json = JSON.parse(reportJson(world, page))
  expect(json.until).toBe(9_000)
  expect(json.problems[0].repeats).toEqual({ count: 2, first: 5, last: 7 })
  const once = story('user is a variable\nbase misses user @ app.js:3').world
  expect(reportText(once)).not.toContain('times')
  expect(reportMarkdown(once, { page })).not.toContain('How often')
})
