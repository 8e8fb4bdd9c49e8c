import { describe, expect, test } from 'vitest'
import { forget } from '../../../panel/model/forget'
import { judge } from '../../../panel/model/rules'
import { story } from '../story'
import { judged, only, titles } from './found'

const lost = `
  user is a variable, default "guest"
  base starts task A @ main app.js:1
  A sets user = "ada" as a @ serve app.js:4
  base is entered unfollowed @ serve app.js:9
  base reads user, default
  A settles
`

describe('found', () => {
  test('where the same function had set it in a task', () => {
    const found = judged('context-lost', lost)
    const finding = only(found)
    expect(finding).toMatchObject({
      severity: 'warning',
      title: 'Context lost: user',
      token: found.told.token('a'),
    })
    expect(finding.what).toMatch(
      /^The base context read the default of user, although the same function had set it to "ada" in task A, where it stood\. Nothing that is followed started this code: serve went on after an `await` that nothing saw, /,
    )
    expect(finding.advice).toMatch(
      /^If serve awaits many plain values in a row, build with `compileAwait` .*\. If the default is expected/,
    )
    expect(finding.evidence.map(({ label }) => label)).toEqual([
      'set user = "ada" in task A',
      'nothing that is followed started serve',
      'the base context read user, by default',
    ])
    expect(found.told.stacks[finding.stack ?? 0]?.[0]?.line).toBe(9)
  })

  test.each<[string, string]>([
    ['where it was set further in', lost.replace('@ serve app.js:4', '@ be lib.js:1 < serve app.js:4')],
    [
      'after another variable',
      lost.replace('base reads user', 'lang is a variable, default 0\nbase reads lang, default\nbase reads user'),
    ],
    ['where the task ended in the meantime', `${lost}A is collected`],
  ])('%s', (_, told) => {
    expect(titles(judged('context-lost', told))).toEqual(['warning: Context lost: user'])
  })
})

test.each<[string, string]>([
  ['another function started out there', lost.replace('@ serve app.js:9', '@ onclick index.html:9')],
  ['who started the task is no proof', lost.replace('@ main app.js:1', '@ serve app.js:1')],
  ['it is called anew, and comes to its own set yet', lost.replace('@ serve app.js:9', '@ serve app.js:3')],
  ['it had been reset by then', lost.replace('base is entered', 'A resets user by a\nbase is entered')],
  ['something else came between', lost.replace('base reads user', 'base copies c\nbase reads user')],
  ['it found a value', lost.replace('reads user, default', 'reads user, own')],
  ['it asked with a value for nothing', lost.replace('reads user, default', 'reads user, fallback')],
  ['it was set in the base context', lost.replace('A sets user', 'base sets user')],
  ['nothing says that it was not followed', lost.replace(/.*unfollowed.*/, '')],
  ['another file has a function of that name', lost.replace('@ serve app.js:9', '@ serve other.js:9')],
])('clear: %s', (_, told) => {
  expect(told).not.toBe(lost)
  expect(judged('context-lost', told).verdict).toBe('clear')
})

test('facts that are missing may have come between', () => {
  const told = lost.replace('base reads user', '3 facts go by\nbase reads user')
  expect(titles(judged('context-lost', told))).toEqual([])
})

test('stays as it is when what was over is let go', () => {
  const { world } = story(`${lost}\nA is collected`)
  const found = () => judge(world).findings.filter(({ rule }) => rule === 'context-lost')
  const before = found()
  expect(before).toHaveLength(1)
  forget(world, world.seq)
  expect(found()).toEqual(before)
})

test('cannot tell where facts are missing', () => {
  expect(judged('context-lost', '4 facts are lost').verdict).toBe('cannot-tell')
})
