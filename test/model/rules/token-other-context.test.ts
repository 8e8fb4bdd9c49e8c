import { describe, expect, test } from 'vitest'
import { type Judged, judged, only, titles } from './found'

const of = (text: string) => judged('token-other-context', `user is a variable\n${text}`)

const labels = (found: Judged) => [...only(found).evidence].sort((a, b) => a.seq - b.seq).map(({ label }) => label)

describe('found, and how the two contexts are related', () => {
  test('used in a callback that was copied from where it was made', () => {
    const found = of(
      'base sets user = 1 as t @ app.js:3\nbase hands over timer @ app.js:4\ntimer is refused user by t: other-context @ app.js:5',
    )
    expect(titles(found)).toEqual(['error: Token of another context: user'])
    const { context } = found.told
    const finding = only(found)
    expect(finding.crossing).toEqual({
      made: context.call(found.told, 'base'),
      used: context.call(found.told, 'timer'),
      ancestor: context.call(found.told, 'base'),
    })
    expect(finding.what).toBe(
      'The token was made when the base context set user, and used in the timer callback (context 2), which runs in a copy of it. The value is still set in the base context.',
    )
    expect(finding.advice).toMatch(/^Undo the set where it was made, .* needs no reset: the copy goes away with it\.$/)
    expect(finding.evidence.map(({ label }) => label)).toEqual([
      'set user = 1 in the base context',
      'the timer callback (context 2) was copied from the base context',
      'reset user refused: the token is another context’s, in the timer callback (context 2)',
    ])
  })

  test.each([
    [
      'by a helper for `await using`, after its await',
      'Promise.then',
      'next runtime.js:40',
      /^If this is the end of a block with `await using`, .* Otherwise: Undo/,
    ],
    ['by a function of the page', 'Promise.then', 'undo app.js:5', /^Undo/],
    ['by a function of that name, in another callback', 'setTimeout', 'next runtime.js:40', /^Undo/],
  ])('used in a copy %s', (_, api, line, advice) => {
    const found = of(
      `base sets user = 1 as t @ app.js:3\nbase hands over then by ${api}\nthen is refused user by t: other-context @ ${line}`,
    )
    expect(only(found).advice).toMatch(advice)
  })

  test('used after an await that went on in a copy', () => {
    const lost = 'base starts task A\nA sets user = 1 as t\nA hands over timer'
    const refused = 'timer is refused user by t: other-context'
    const wentOn = 'A loses an await to a copy to timer: a thenable calls back later'
    const finding = only(of(`${lost}\n${wentOn}\n${refused}`))
    expect(finding.what).toBe(
      'The token was made when task A set user, and used in the timer callback (context 3), a copy of it: an await in task A did not come back (a thenable calls back later). The value is still set in task A.',
    )
    expect(finding.advice).toMatch(/^Reset before that await\. Or await a native promise: /)
    // Another callback of the same context has nothing to do with it.
    const other = of(`${lost}\nA hands over click\n${wentOn}\nclick is refused user by t: other-context`)
    expect(only(other).what).toContain('which runs in a copy of it')
  })

  test('used where the task came to its end', () => {
    const finding = only(
      of(`base starts task A
A sets user = 1 as t
base starts task B
B is refused user by t: other-context
A loses an await to B: nobody saw it`),
    )
    expect(finding.what).toBe(
      'The token was made when task A set user, and used in task B, where task A came to its end (nobody saw it). The value is still set in task A.',
    )
    expect(finding.advice).toMatch(/^Reset before that await\. Or await a native promise: /)
    expect(finding.evidence.map(({ label }) => label)).not.toContain('task B was copied from the base context')
  })

  test('used in a task below a task: the hop that crossed is the first', () => {
    const found = of(
      'base starts task A\nA sets user = 1 as t\nA starts task B\nB copies c\nc is refused user by t: other-context',
    )
    expect(only(found).evidence.map(({ label }) => label)).toContain('task B was copied from task A')
    expect(only(found).advice).toMatch(/^Undo the set where it was made/)
  })

  test('made in a task, used where the task was started', () => {
    const found = of('base starts task A\nA sets user = 1 as t\nA settles\nbase is refused user by t: other-context')
    expect(only(found).crossing?.ancestor).toBe(found.told.context('base'))
    expect(only(found).what).toContain('which it was copied from')
    expect(labels(found)).toEqual([
      'task A was copied from the base context',
      'set user = 1 in task A',
      'reset user refused: the token is another context’s, in the base context',
    ])
    expect(only(found).advice).toMatch(
      /Or not at all: its context ends with the task, .* To hand a value up, return it\.$/,
    )
  })

  test('made in a run, used outside', () => {
    const found = of(
      'base copies c\nc enters\nc sets user = 1 as t\nc leaves\nbase is refused user by t: other-context',
    )
    expect(only(found).advice).toMatch(/^Undo the set where it was made, .* To hand a value up, return it\.$/)
  })

  test('between siblings', () => {
    const found = of(
      'base starts task A\nbase starts task B\nA sets user = 1 as t\nB is refused user by t: other-context',
    )
    expect(only(found).what).toContain('two copies of the base context')
    // Who used it is the one that strayed.
    expect(labels(found)).toEqual([
      'task B was copied from the base context',
      'set user = 1 in task A',
      'reset user refused: the token is another context’s, in task B',
    ])
    expect(only(found).crossing?.ancestor).toBe(found.told.context('base'))
    expect(only(found).advice).toContain('A token is of no use anywhere else')
  })

  test('between contexts that have nothing in common', () => {
    const found = of('n is new\nn sets user = 1 as t\nbase is refused user by t: other-context')
    expect(only(found).crossing?.ancestor).toBeNull()
    expect(only(found).what).toContain('no context is known that both came from')
  })
})

test('a set that its owner has reset is not said to stand, and only the refused reset is to go', () => {
  const refused = `
    user is a variable
    base starts task A
    A sets user = 1 as t @ a app.js:3
    A starts task B
    B is refused user by t: other-context @ b app.js:9
  `
  const before = only(judged('token-other-context', refused))
  expect(before.what).toContain('The value is still set in task A.')
  expect(before.fix.map(({ kind }) => kind)).toEqual(['using', 'drop-reset'])
  const after = only(judged('token-other-context', `${refused}\nA resets user by t @ a app.js:5`))
  expect(after.what).toContain('There it is reset by now.')
  expect(after.advice).toBe('Leave out the reset that was refused: where it was made, the set is undone.')
  expect(after.fix.map(({ kind }) => kind)).toEqual(['drop-reset'])
})

describe('in a generator, each part of which runs where somebody asks for it', () => {
  const closedElsewhere = (set: string, reset: string) =>
    only(
      of(`base starts task A
        base starts task B
        A sets user = 1 as t @ ${set}
        B is refused user by t: other-context @ ${reset}`),
    )

  test.each([
    ['a generator', '*rows app.js:4 < read app.js:20', '*rows app.js:7 < close app.js:30'],
    ['an async one that has awaited before its reset', '*rows app.js:4 < read app.js:20', 'rows app.js:7'],
    ['an async one that has awaited before its set', 'rows app.js:4', '*rows app.js:7 < close app.js:30'],
  ])('%s', (_, set, reset) => {
    const { what, advice } = closedElsewhere(set, reset)
    expect(what).toContain('two copies of the base context')
    expect(what).toContain(
      'Both lines are parts of the generator rows, which has no context of its own: each part runs where somebody asks for its next value, or closes it.',
    )
    expect(advice).toMatch(/^Go through rows, and close it, in one task/)
  })

  test.each([
    ['a function that is no generator', 'rows app.js:4 < read app.js:20', 'rows app.js:7 < close app.js:30'],
    ['another function of that name', '*rows app.js:4 < read app.js:20', '*rows lib.js:7 < close app.js:30'],
    ['another generator', '*rows app.js:4 < read app.js:20', '*lines app.js:7 < close app.js:30'],
    ['a generator that only calls both', 'enter app.js:4 < *rows app.js:9', 'leave app.js:7 < *rows app.js:11'],
    ['lines that were not recorded', 'not taken', 'not taken'],
  ])('not said of %s', (_, set, reset) => {
    const { what, advice } = closedElsewhere(set, reset)
    expect(what).not.toContain('generator')
    expect(advice).toMatch(/^Undo the set where it was made/)
  })

  test('not said where an await went astray: that is what happened', () => {
    const { what } = only(
      of(`base starts task A
        A sets user = 1 as t @ *rows app.js:4 < read app.js:20
        A hands over timer
        A loses an await to a copy to timer: a thenable calls back later
        timer is refused user by t: other-context @ *rows app.js:7 < read app.js:20`),
    )
    expect(what).not.toContain('generator')
  })
})

test('clear, when every token stayed at home', () => {
  expect(of('base sets user = 1 as t\nbase resets user by t').verdict).toBe('clear')
})

test('a token that nobody knows is still refused; what came before cannot be told', () => {
  const found = judged(
    'token-other-context',
    'attached late\nuser is a variable\nbase is refused user by t: other-context',
  )
  expect(found.verdict).toBe('cannot-tell')
  expect(only(found).crossing).toBeNull()
})

test('one line, many times', () => {
  const again = 'base hands over timerN\ntimerN is refused user by t: other-context @ app.js:5'
  const found = of(`base sets user = 1 as t\n${[1, 2, 3].map((n) => again.replaceAll('N', `${n}`)).join('\n')}`)
  expect(titles(found)).toEqual(['error: Token of another context: user (3 times)'])
  expect(only(found).context).toBe(found.told.context('timer3'))
})
