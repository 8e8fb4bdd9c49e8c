import { expect, test } from 'vitest'
import { judged, only, titles } from './found'

const late = `
  user is a variable, default "guest"
  base starts task receipt @ pay shop.js:3
  base sets user = "Margaret" as t @ pay shop.js:4
  task receipt begins
  receipt reads user, default
`

test('found, with the task, the set that came too late, and the read', () => {
  const found = judged('set-too-late', late)
  expect(titles(found)).toEqual(['info: Set after the task was made: user'])
  const { what, evidence, context } = only(found)
  expect(context).toBe(found.told.context('receipt'))
  expect(what).toBe(
    'The base context set user to "Margaret" after it had made task receipt, which works in the copy of that moment: it read the default of user.',
  )
  expect(evidence.map(({ label, seq, stack }) => `${seq} ${label} @${stack}`)).toEqual([
    '4 the base context made task receipt @1',
    '6 set user = "Margaret" in the base context @2',
    '8 task receipt read user, by default @null',
  ])
})

test('once for one line, of the newest set where there are several', () => {
  const found = judged(
    'set-too-late',
    `${late.replace('task receipt begins', 'base sets user = "Edsger" as s @ pay shop.js:4\ntask receipt begins')}
    ${late
      .replace(/.*variable.*/, '')
      .replaceAll('receipt', 'bill')
      .replace(' as t', ' as r')}`,
  )
  expect(titles(found)).toEqual(['info: Set after the task was made: user (2 times)'])
  expect(only(found).what).toContain('task bill')
})

test.each([
  [
    'a value that was there when the task was made',
    late.replace('base starts', 'base sets user = "Ada" as a\nbase starts').replace('default\n', 'inherited\n'),
  ],
  [
    'a set when the task had begun',
    late.replace(/.*begins/, '').replace('base sets', 'task receipt begins\nbase sets'),
  ],
  [
    'a task that sets it itself, and reads the default when it has undone that',
    late.replace(/(receipt reads)/, 'receipt sets user = "Ada" as own\nreceipt resets user by own\n$1'),
  ],
  ['a task that never reads it', late.replace(/.*reads.*/, '')],
  ['a task that asks with a value of its own', late.replace(', default\n', ', fallback\n')],
  ['a set in another context', late.replace('base sets', 'base copies other\nother sets')],
  ['a set of another variable', late.replace('base sets user', 'theme is a variable\nbase sets theme')],
  [
    'a reset',
    late
      .replace('base starts', 'base sets user = "Ada" as t\nbase starts')
      .replace('base sets user = "Margaret" as t', 'base resets user by t'),
  ],
  [
    'a set that is undone before the task begins',
    late.replace('task receipt begins', 'base resets user by t\ntask receipt begins'),
  ],
  [
    'a task in the context of another that was made before',
    `user is a variable, default "guest"
    base starts task first
    task first begins
    first runs task second
    base sets user = 1 as t
    task second begins
    first reads user, default`,
  ],
  ['one that starts empty', late.replace('base starts', 'base spawns')],
])('clear: %s', (_, told) => {
  expect(judged('set-too-late', told).verdict).toBe('clear')
})
