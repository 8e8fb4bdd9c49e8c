// Two lines may be parts of one piece of work where some function was at work at both.

import { expect, test } from 'vitest'
import { emptyWorld } from '../../../panel/model/advance'
import { isOneWork } from '../../../panel/model/rules/one-work'
import type { Frame, StackId, StackTable } from '../../../runtime/protocol'

/** `login app.js < main app.js`: from the innermost on; a file alone is a function without a name. */
const stackOf = (text: string): Frame[] =>
  text.split(' < ').map((frame) => {
    const [url = '', name = ''] = frame.split(' ').reverse()
    return { name, url, line: 1, column: 1 }
  })

function judged(set: string | null, made: string | null): boolean | null {
  const stacks: StackTable = {}
  const [one, other] = [set, made].map((text, index) => {
    if (text === null) return null
    stacks[index + 1] = stackOf(text)
    return (index + 1) as StackId
  })
  return isOneWork({ ...emptyWorld(), stacks }, one ?? null, other ?? null)
}

test.each<[string, string | null, string | null, boolean | null]>([
  ['the function that set calls what makes it', 'handle app.js', 'load app.js < handle app.js', true],
  ['a helper sets, and its caller makes it', 'begin app.js < handle app.js', 'createTask lib.js < handle app.js', true],
  ['another function', 'login app.js < click app.js', 'load app.js < poll app.js', false],
  ['a function of that name in another file', 'handle app.js', 'handle other.js', false],
  ['what has no name, in one file', 'app.js', 'load app.js < app.js', true],
  ['what has no name, in another file', 'app.js', 'other.js', false],
  ['what has no name further out', 'login app.js < app.js', 'load app.js < app.js', false],
  ['what the host runs everything by', 'login app.js < tick node:task', 'load app.js < tick node:task', false],
  ['nothing is known of the set', null, 'load app.js', null],
  ['nothing is known of what is made', 'login app.js', null, null],
])('%s', (_, set, made, is) => {
  expect(judged(set, made)).toBe(is)
})
