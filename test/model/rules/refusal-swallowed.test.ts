import { describe, expect, test } from 'vitest'
import { forget } from '../../../panel/model/forget'
import { judge } from '../../../panel/model/rules'
import { story } from '../story'
import { judged, only, titles } from './found'

const caught = `
  user is a variable
  base starts task A
  A sets user = "ada" as a @ serve app.js:3
  A hands over again by Promise.finally @ app.js:4
  again is refused user by a: other-context @ app.js:5
  again returns
  A settles
`

describe('found', () => {
  test('in the callback of a promise, where the task comes to a good end', () => {
    const found = judged('refusal-swallowed', caught.replaceAll('again', 'cleanup'))
    const finding = only(found)
    expect(finding).toMatchObject({
      severity: 'info',
      title: 'Refused reset that is swallowed: user',
      what: 'A reset of user was refused in the Promise.finally callback (context 3), and task A came to a good end all the same: the error was caught, whether or not somebody was told, or left to a promise that it never waited for. Task A still has user = "ada".',
      context: found.told.context('cleanup'),
      token: found.told.token('a'),
    })
    expect(finding.evidence.map(({ label, seq }) => `${seq} ${label}`)).toEqual([
      '6 set user = "ada" in task A',
      '8 reset user refused: the token is another context’s, in the Promise.finally callback (context 3)',
      '10 task A came to a good end',
    ])
    expect(found.told.stacks[finding.stack ?? 0]?.[0]?.line).toBe(5)
  })

  test.each<[string, string, string, RegExp | null]>([
    [
      'in the task itself',
      `base starts task A
      A sets user = 1 as a
      base starts task B
      B is refused user by a: other-context
      B settles`,
      'Refused reset that is swallowed: user',
      /Task A still has user = 1\.$/,
    ],
    [
      'where the token is used, nothing is said of a value that stays',
      `base starts task A
      A sets user = 1 as a
      A resets user by a
      A is refused user by a: used
      A settles`,
      'Refused reset that is swallowed: user',
      /waited for\.$/,
    ],
    [
      'where another value stands by now',
      `base starts task A
      A sets user = 1 as a
      A sets user = 2 as b
      A hands over late by Promise.then
      late is refused user by a: other-context
      A settles`,
      'Refused reset that is swallowed: user',
      /waited for\.$/,
    ],
    [
      'where its context is gone, so is the value',
      `base starts task A
      A sets user = 1 as a
      base starts task B
      B is refused user by a: other-context
      B settles
      A is collected`,
      'Refused reset that is swallowed: user',
      /waited for\.$/,
    ],
    [
      'what is no token at all',
      'base starts task A\nA is refused user by x: not-a-token\nA settles',
      'Refused reset that is swallowed: user',
      null,
    ],
    [
      'again and again at one line',
      `base starts task A
      A sets user = 1 as a
      base starts task B
      B is refused user by a: other-context @ app.js:9
      B settles
      base starts task C
      C is refused user by a: other-context @ app.js:9
      C settles`,
      'Refused reset that is swallowed: user (2 times)',
      null,
    ],
  ])('%s', (_, told, title, what) => {
    const found = judged('refusal-swallowed', `user is a variable\n${told}`)
    expect(titles(found)).toEqual([`info: ${title}`])
    if (what !== null) expect(only(found).what).toMatch(what)
  })
})

test.each<[string, string]>([
  ['the task fails by it', caught.replace('A settles', 'A rejects')],
  ['the task goes on', caught.replace('A settles', '')],
  ['nothing was refused', caught.replace(/.*refused.*/, '')],
  ['the host reports the error of any other callback', caught.replace('Promise.finally', 'setTimeout')],
  ['nobody knows what becomes of a run', caught.replace('A hands over again by Promise.finally', 'A copies again')],
  ['in the base context there is no task', caught.replace('A hands over', 'base hands over')],
  ['it was refused when the task was over', caught.replace(/(.*is refused.*)\n(.*)\n(.*A settles)/, '$3\n$1\n$2')],
  ['two tasks share the context', caught.replace('base starts task A', 'base starts task A\nA runs task other')],
])('clear: %s', (_, told) => {
  expect(told).not.toBe(caught)
  expect(judged('refusal-swallowed', told).verdict).toBe('clear')
})

test('a task that failed before it is begun anew in the same context is another one', () => {
  const told = `${caught.replace('A settles', 'A rejects')}\nA runs task B\nB settles`
  expect(judged('refusal-swallowed', told).verdict).toBe('clear')
})

test('stays as it is when what was over is let go', () => {
  const { world } = story(`${caught}\nagain is collected\nA is collected`)
  const found = () => judge(world).findings.filter(({ rule }) => rule === 'refusal-swallowed')
  const before = found()
  expect(before).toHaveLength(1)
  forget(world, world.seq)
  expect(found()).toEqual(before)
})

test('cannot tell where facts are missing', () => {
  expect(judged('refusal-swallowed', '4 facts are lost').verdict).toBe('cannot-tell')
})
