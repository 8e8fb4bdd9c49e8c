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

const SWALLOWED = 'it was caught, or left to a promise that nobody awaited, and task A came to a good end all the same.'

describe('told with the refusal', () => {
  test('in the callback of a promise, where the task comes to a good end', () => {
    const finding = only(judged('token-other-context', caught))
    expect(finding.what).toBe(
      `The token was made when task A set user, and used in the Promise.finally callback (context 3), which runs in a copy of it. The value is still set in task A. The error was swallowed: ${SWALLOWED}`,
    )
    expect(finding.advice).toMatch(/ A `catch` around the reset mends nothing\.$/)
    expect(finding.evidence.map(({ label, seq }) => `${seq} ${label}`).slice(-2)).toEqual([
      '8 reset user refused: the token is another context’s, in the Promise.finally callback (context 3)',
      '10 task A came to a good end',
    ])
    expect(titles(judged('refusal-swallowed', caught))).toEqual([])
  })

  test.each<[string, Parameters<typeof judged>[0], string]>([
    [
      'a token that is used',
      'token-used-twice',
      'A sets user = 1 as a\nA resets user by a\nA is refused user by a: used\nA settles',
    ],
    [
      'a token of another variable',
      'token-other-variable',
      'lang is a variable\nA sets user = 1 as a\nA is refused lang by a: other-variable\nA settles',
    ],
  ])('%s', (_, rule, told) => {
    const finding = only(judged(rule, `user is a variable\nbase starts task A\n${told}`))
    expect(finding.what).toContain(`The error was swallowed: ${SWALLOWED}`)
  })

  test('of one line, again and again, with a refusal that was swallowed beside the newest, of which it is not known yet', () => {
    const finding = only(
      judged(
        'token-other-context',
        `user is a variable
        base starts task A
        A sets user = 1 as a
        base starts task B
        B is refused user by a: other-context @ app.js:9
        B settles
        base starts task C
        C is refused user by a: other-context @ app.js:9
        C settles
        base starts task D
        D is refused user by a: other-context @ app.js:9`,
      ),
    )
    expect(finding.title).toBe('Token of another context: user (3 times)')
    expect(finding.what).toMatch(/swallowed \(2 times\): .* and task C came to a good end all the same\.$/)
    expect(finding.evidence.toSorted((a, b) => a.seq - b.seq).map(({ label }) => label)).toEqual([
      'set user = 1 in task A',
      'reset user refused: the token is another context’s, in task C',
      'task C came to a good end',
      'task D was copied from the base context',
      'reset user refused: the token is another context’s, in task D',
    ])
  })
})

test('what is no token at all is no problem of its own: its error that is swallowed is a note', () => {
  const found = judged(
    'refusal-swallowed',
    'user is a variable\nbase starts task A\nA is refused user by x: not-a-token\nA settles',
  )
  expect(only(found)).toMatchObject({
    severity: 'info',
    title: 'Refused reset that is swallowed: user',
    what: `Task A reset user with what is no token. The error was swallowed: ${SWALLOWED}`,
    evidence: [{ seq: expect.any(Number) }, { label: 'task A came to a good end' }],
  })
})

test.each<[string, string]>([
  ['the task fails by it', caught.replace('A settles', 'A rejects')],
  ['the task goes on', caught.replace('A settles', '')],
  ['the host reports the error of any other callback', caught.replace('Promise.finally', 'setTimeout')],
  ['nobody knows what becomes of a run', caught.replace('A hands over again by Promise.finally', 'A copies again')],
  ['in the base context there is no task', caught.replace('A hands over', 'base hands over')],
  ['it was refused when the task was over', caught.replace(/(.*is refused.*)\n(.*)\n(.*A settles)/, '$3\n$1\n$2')],
  ['two tasks share the context', caught.replace('base starts task A', 'base starts task A\nA runs task other')],
])('not told: %s', (_, told) => {
  expect(told).not.toBe(caught)
  expect(only(judged('token-other-context', told)).what).not.toContain('swallowed')
})

test('a task that failed before it is begun anew in the same context is another one', () => {
  const told = `${caught.replace('A settles', 'A rejects')}\nA runs task B\nB settles`
  expect(only(judged('token-other-context', told)).what).not.toContain('swallowed')
})

test('stays as it is when what was over is let go', () => {
  const { world } = story(`${caught}\nagain is collected\nA is collected`)
  const found = () => judge(world).findings.filter(({ rule }) => rule === 'token-other-context')
  const before = found()
  expect(before).toMatchObject([{ what: expect.stringContaining(SWALLOWED) }])
  forget(world, world.seq)
  expect(found()).toEqual(before)
})

test('cannot tell where facts are missing', () => {
  expect(judged('refusal-swallowed', '4 facts are lost').verdict).toBe('cannot-tell')
})
