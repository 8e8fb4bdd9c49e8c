import { describe, expect, test } from 'vitest'
import { forget } from '../../../panel/model/forget'
import { judge } from '../../../panel/model/rules'
import { story } from '../story'
import { judged, only, titles } from './found'

describe('found', () => {
  test.each<[string, string, string[]]>([
    [
      'set, reset and never read',
      'base sets user = "ada" as a @ app.js:3\nbase resets user by a',
      ['info: Set and never read: user'],
    ],
    [
      'set in work that is over, and never read',
      'base starts task A\nA sets user = 1 as a\nA settles\nbase starts task B\nB sets user = 2 as b\nB settles',
      ['info: Set and never read: user (2 times)'],
    ],
    [
      'set to what it was',
      'base sets user = 1 as a\nbase reads user, own\nbase starts task A\nA sets user = 1 as b\nA resets user by b to 1',
      ['info: Set to what it was: user'],
    ],
    [
      'both',
      'base sets user = 1 as a\nbase sets user = 1 as b\nbase resets user by b to 1\nbase resets user by a',
      ['info: Set to what it was: user'],
    ],
  ])('%s', (_, told, expected) => {
    const found = titles(judged('without-effect', `user is a variable\n${told}`))
    expect(found).toEqual(expect.arrayContaining(expected))
  })

  test('read and never set, with how many looked', () => {
    const found = judged(
      'without-effect',
      'user is a variable, default 0 @ app.js:1\nbase copies a\na reads user, default\nbase copies b\nb reads user, default',
    )
    expect(only(found)).toMatchObject({
      title: 'Read and never set: user (2 times)',
      what: 'The copy “b” read user and found its default: nobody has set user in all that was recorded.',
      context: found.told.context('b'),
      token: null,
    })
    expect(only(found).evidence.map(({ label }) => label)).toEqual([
      'new variable user',
      'the copy “b” read user, by default',
    ])
  })

  test('with the first time and the last', () => {
    const finding = only(
      judged(
        'without-effect',
        'user is a variable\nbase sets user = 1 as a\nbase resets user by a\nbase sets user = 2 as b\nbase resets user by b',
      ),
    )
    expect(finding.repeats).toEqual({ count: 2, first: 4, last: 6 })
  })

  test('once for a line that makes many variables', () => {
    const made = ['a', 'b', 'c'].map(
      (each) =>
        `${each} is a variable called user @ app.js:1\nbase sets ${each} = 1 as t${each}\nbase resets ${each} by t${each}`,
    )
    const found = judged('without-effect', made.join('\n'))
    expect(titles(found)).toEqual(['info: Set and never read: user (3 times)'])
    expect(only(found).variable).toBe(found.told.variable('c'))
    expect(titles(judged('without-effect', made.join('\n').replaceAll(/ @.*/g, '')))).toHaveLength(3)
  })

  test('by the line of the newest set', () => {
    const found = judged(
      'without-effect',
      'user is a variable\nbase sets user = 1 as a @ app.js:3\nbase resets user by a\nbase sets user = 2 as b @ app.js:4\nbase resets user by b',
    )
    const finding = only(found)
    expect(found.told.stacks[finding.stack ?? 0]?.[0]?.line).toBe(4)
    expect(finding.what).toBe(
      'The base context set user to 2, and nobody has read user by `get` in all that was recorded.',
    )
  })
})

test.each<[string, string]>([
  ['somebody read it, in time', 'base sets user = 1 as a\nbase reads user, own\nbase resets user by a'],
  ['a copy read it', 'base sets user = 1 as a\nbase copies c\nc reads user, inherited\nbase resets user by a'],
  [
    'only one of many was read',
    'base sets user = 1 as a\nbase reads user, own\nbase sets user = 2 as b\nbase resets user by b',
  ],
  ['it stands, and may still be read', 'base sets user = 1 as a'],
  ['its run returned, and may go on', 'base copies c\nc enters\nc sets user = 1 as a\nc leaves\nbase waits for c'],
  ['its work goes on', 'base starts task A\nA sets user = 1 as a'],
  ['another value is set each time', 'base sets user = 1 as a\nbase reads user, own\nbase sets user = 2 as b'],
  [
    'what looks the same need not be the same object',
    'base sets user = User {} as a\nbase reads user, own\nbase sets user = User {} as b',
  ],
  ['nobody asked', 'base copies c'],
  ['without a default it is another problem', 'base misses user'],
  [
    'nothing has run in a context that is given its values',
    'base restores c\nc sets user = 1 as a\nc enters\nc leaves',
  ],
])('clear: %s', (_, told) => {
  expect(judged('without-effect', `user is a variable\n${told}`).verdict).toBe('clear')
})

test.each<[string, string]>([
  [
    'a context is given a value to begin with',
    'base restores c\nc sets user = 1 as a\nc enters\nc reads user, own\nc leaves\nbase reads user, default',
  ],
  ['given, and not read', 'base restores c\nc sets user = 1 as a\nbase reads user, default'],
  ['who asks brought a value along', 'base reads user, fallback'],
])('clear, with a default: %s', (_, told) => {
  expect(judged('without-effect', `user is a variable, default 0\n${told}`).verdict).toBe('clear')
})

test('that nobody did something is told only where all is known', () => {
  const unread = 'user is a variable\nbase sets user = 1 as a\nbase resets user by a'
  for (const told of [`attached late\n${unread}`, `${unread}\n2 facts are lost`, `2 facts are lost\n${unread}`]) {
    expect(titles(judged('without-effect', told))).toEqual([])
  }
  const { world } = story(`${unread}\nbase copies c\nc is collected`)
  expect(judge(world, { also: ['without-effect'] }).findings).toHaveLength(1)
  forget(world, world.seq)
  expect(judge(world, { also: ['without-effect'] }).findings).toEqual([])
})

test('what was there before facts were lost may have been another value by then', () => {
  const set = 'base sets user = 1 as b'
  const before = 'user is a variable\nbase sets user = 1 as a\nbase reads user, own\n3 facts are lost'
  expect(titles(judged('without-effect', `${before}\n${set}`))).toEqual([])
  const told = ['info: Set to what it was: user']
  expect(titles(judged('without-effect', `${before}\nbase sets user = 1 as c\n${set}`))).toEqual(told)
  expect(titles(judged('without-effect', `${before}\ncensus of user\n- base: user = 1 by a\n${set}`))).toEqual(told)
})

test('is told only where somebody asks for it', () => {
  const { world } = story('user is a variable\nbase sets user = 1 as a\nbase resets user by a')
  expect(judge(world).findings).toEqual([])
})

test('what shows OpenTelemetry’s context is set to be looked at', () => {
  const told = 'span is a variable called x\nbase sets span = 1 as a @ app.js:1\nbase resets span by a'
  expect(titles(judged('without-effect', told))).toHaveLength(1)
  const { facts, stacks } = story(told)
  const other = story('')
  for (const fact of facts) if (fact.type === 'var-created') fact.name = 'otel.span'
  other.facts.splice(0, other.facts.length, ...facts)
  Object.assign(other.stacks, stacks)
  expect(judge(other.world, { also: ['without-effect'] }).findings).toEqual([])
})
