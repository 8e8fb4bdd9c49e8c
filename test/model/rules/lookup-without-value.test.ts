import { describe, expect, test } from 'vitest'
import { judged, only, titles } from './found'

const of = (text: string) => judged('lookup-without-value', `user is a variable\n${text}`)

describe('found, and why there was no value', () => {
  test.each([
    [
      'never set',
      'base misses user',
      'The base context asked for user, which has no default, and nothing ever set it.',
      /^Give the variable a default/,
      [],
    ],
    [
      'set after the copy: a stale snapshot',
      'base starts task A\nbase sets user = 1 as t\nA misses user',
      'Task A asked for user, which has no default. The base context set it after this context had been copied from there: a copy keeps the values of its moment.',
      /^Set user before the task or callback is created/,
      ['task A was copied from the base context', 'set user = 1 in the base context'],
    ],
    [
      'set after the copy, two levels up',
      'base starts task A\nA copies b\nbase sets user = 1 as t\nb misses user',
      /set it after this context had been copied/,
      /^Set user before/,
      ['the copy “b” was copied from task A', 'set user = 1 in the base context'],
    ],
    [
      'set after the callback was handed over, which is announced later',
      'early:\nbase sets user = 1 as t\nbase hands over click as of early\nclick misses user',
      /set it after this context had been copied/,
      /^Set user before/,
      ['set user = 1 in the base context', 'the click callback (context 2) was copied from the base context'],
    ],
    [
      'reset before the lookup',
      'base sets user = 1 as t\nbase resets user by t\nbase misses user',
      /It had been set in the base context, and was reset before the lookup/,
      /^Keep the value until/,
      ['set user = 1 in the base context', 'reset user in the base context'],
    ],
    [
      'reset before the copy',
      'base sets user = 1 as t\nbase resets user by t\nbase starts task A\nA misses user',
      /was reset before this context was copied/,
      /^Keep the value until/,
      ['set user = 1 in the base context', 'reset user in the base context', 'task A was copied from the base context'],
    ],
    [
      'set in a task that was started from here',
      'base starts task A\nA sets user = 1 as t\nbase misses user',
      /Task A, a copy made from here, had set it/,
      /^Return the value/,
      ['set user = 1 in task A'],
    ],
    [
      'set in a sibling',
      'base starts task A\nbase starts task B\nA sets user = 1 as t\nB misses user',
      /It had been set in task A, and contexts copied from a common ancestor/,
      /^Set user in a context that this one is copied from/,
      ['task B was copied from the base context', 'set user = 1 in task A'],
    ],
    [
      'set only later',
      'base misses user\nbase sets user = 1 as t',
      /it was set only afterwards, in the base context/,
      /^Set user before the work/,
      ['set user = 1 in the base context'],
    ],
    [
      'lost at an await that was seen to be lost',
      'base starts task A\nA sets user = 1 as t\nA loses an await: The promise is frozen\nbase misses user',
      /an await was not followed \(The promise is frozen\)/,
      /^Await native promises/,
      ['set user = 1 in task A'],
    ],
  ])('%s', (_, text, what, advice, labels) => {
    const found = of(text)
    expect(titles(found)).toEqual(['error: Lookup without a value: user'])
    const finding = only(found)
    if (typeof what === 'string') expect(finding.what).toBe(what)
    else expect(finding.what).toMatch(what)
    expect(finding.advice).toMatch(advice)
    const seen = [...finding.evidence].sort((a, b) => a.seq - b.seq).map(({ label }) => label)
    expect(seen.filter((label) => !label.startsWith('get user'))).toEqual(labels)
  })

  test('nothing follows await: the lookup after it falls to the base context', () => {
    const found = judged(
      'lookup-without-value',
      'attached, await not followed\nuser is a variable\nbase copies c\nc enters\nc sets user = 1 as t\nc leaves\nbase misses user',
    )
    expect(only(found).what).toContain('nothing is installed that follows await')
    expect(only(found).advice).toContain('contextvars-devtools/async')
  })
})

test('clear, when every lookup had an answer', () => {
  expect(of('base sets user = 1 as t\nbase reads user, own').verdict).toBe('clear')
})

test('counted by source line and variable', () => {
  const found = of(
    'lang is a variable\nbase misses user @ a.js:1\nbase misses user @ a.js:1\nbase misses lang @ a.js:1',
  )
  expect(titles(found)).toEqual([
    'error: Lookup without a value: user (2 times)',
    'error: Lookup without a value: lang',
  ])
})

test('without a stack, by variable', () => {
  const found = of('lang is a variable\nbase misses user\nbase misses user\nbase misses lang')
  expect(titles(found)).toEqual([
    'error: Lookup without a value: user (2 times)',
    'error: Lookup without a value: lang',
  ])
})

test('cannot tell of lookups among missing facts', () => {
  const found = of('4 facts are lost\nbase misses user')
  expect(found.verdict).toBe('cannot-tell')
  expect(found.findings).toHaveLength(1)
})
