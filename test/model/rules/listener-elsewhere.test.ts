import { describe, expect, test } from 'vitest'
import { forget } from '../../../panel/model/forget'
import { judge } from '../../../panel/model/rules'
import { story } from '../story'
import { judged, only, titles } from './found'

const elsewhere = `
  user is a variable, default "guest"
  base starts task A
  A sets user = "ada" as a @ hang app.js:4
  A resets user by a @ hang app.js:7
  A settles
  base hands over click @ hang app.js:5
  click reads user, default
  click returns
`

describe('found', () => {
  test('where the function that added the listener had set what the listener missed', () => {
    const found = judged('listener-elsewhere', elsewhere)
    const finding = only(found)
    expect(finding).toMatchObject({
      severity: 'info',
      title: 'Listener in another context: user',
      what: 'The click callback (context 3) ran in a copy of the base context, where its event was dispatched, and read the default of user. The function that added it had set user to "ada" in task A by then.',
      token: found.told.token('a'),
    })
    expect(finding.advice).toContain('`wrap(listener)`')
    expect(finding.evidence.map(({ label }) => label)).toEqual([
      'set user = "ada" in task A',
      'click was dispatched in the base context, to the listener that was added here',
      'the click callback (context 3) read the default of user',
    ])
    expect(found.told.stacks[finding.stack ?? 0]?.[0]?.line).toBe(5)
  })

  test.each<[string, string, RegExp]>([
    [
      'by another task',
      elsewhere.replace('base hands over', 'base starts task B\nB hands over'),
      /copy of task B, where/,
    ],
    [
      'without a default',
      elsewhere.replace('click reads user, default', 'click misses user @ app.js:9'),
      /found no user/,
    ],
    ['where a helper adds it', elsewhere.replace('@ hang app.js:5', '@ on lib.js:1 < hang app.js:5'), /task A by then/],
    ['where a helper sets it', elsewhere.replace('@ hang app.js:4', '@ be lib.js:1 < hang app.js:4'), /task A by then/],
    ['where it is never reset', elsewhere.replace(/.*resets.*/, ''), /task A by then/],
  ])('%s', (_, told, what) => {
    expect(told).not.toBe(elsewhere)
    expect(only(judged('listener-elsewhere', told)).what).toMatch(what)
  })

  test('once for a line, however often it is dispatched', () => {
    const again = elsewhere
      .replace(/[\s\S]*settles/, '')
      .replaceAll('click', 'again')
      .replace('over again', 'over again by click')
    expect(titles(judged('listener-elsewhere', elsewhere + again))).toEqual([
      'info: Listener in another context: user (2 times)',
    ])
  })

  test('also where the task that set it, and reset it, dispatches it afterwards', () => {
    const own = `${elsewhere}\nA hands over own by click @ hang app.js:5\nown reads user, default`
    expect(titles(judged('listener-elsewhere', own))).toEqual(['info: Listener in another context: user'])
  })

  test('what was read before anybody had set it is not counted', () => {
    const early = elsewhere.replace(
      'base starts task A',
      'base hands over early by click @ hang app.js:5\nearly reads user, default\nbase starts task A',
    )
    expect(titles(judged('listener-elsewhere', early))).toEqual(['info: Listener in another context: user'])
  })
})

test.each<[string, string]>([
  ['it has the value', elsewhere.replace('base hands over', 'A hands over').replace('click reads user, default', '')],
  [
    'it asks for something else',
    elsewhere.replace('click reads user', 'other is a variable, default 0\nclick reads other'),
  ],
  ['another function added it', elsewhere.replace('@ hang app.js:5', '@ main app.js:5')],
  ['nobody knows who added it', elsewhere.replace(' @ hang app.js:5', '')],
  ['of functions without a name, none is known again', elsewhere.replaceAll('@ hang app', '@ app')],
  ['it was added before the set', elsewhere.replace('@ hang app.js:5', '@ hang app.js:3')],
  ['it was added after the reset', elsewhere.replace('@ hang app.js:5', '@ hang app.js:8')],
  ['it brought a value along for nobody', elsewhere.replace('click reads user, default', 'click reads user, fallback')],
  ['it is a timer', elsewhere.replace('base hands over click', 'base hands over click by setTimeout')],
  ['it is wrapped, as the advice has it', elsewhere.replace('base hands over click', 'base hands over click by wrap')],
  ['it is an observer', elsewhere.replace('base hands over click', 'base hands over click by MutationObserver')],
  ['it is a callback of the host', elsewhere.replace('base hands over click', 'base hands over click by toBlob')],
  ['nothing is followed', elsewhere.replace(/^/, 'attached, await not followed')],
])('clear: %s', (_, told) => {
  expect(told).not.toBe(elsewhere)
  expect(judged('listener-elsewhere', told).verdict).toBe('clear')
})

test('clear: the setting wants listeners where they were added', () => {
  const { facts, stacks } = story(elsewhere)
  const other = story('')
  for (const fact of facts)
    if (fact.type === 'runtime-attached') fact.propagation = { nativeAwait: true, events: 'registration', limits: [] }
  other.facts.splice(0, other.facts.length, ...facts)
  Object.assign(other.stacks, stacks)
  expect(
    judge(other.world, { also: ['listener-elsewhere'] }).findings.filter(({ rule }) => rule === 'listener-elsewhere'),
  ).toEqual([])
})

test('stays as it is when what was over is let go', () => {
  const { world } = story(`${elsewhere}\nclick is collected\nA is collected`)
  const found = () =>
    judge(world, { also: ['listener-elsewhere'] }).findings.filter(({ rule }) => rule === 'listener-elsewhere')
  const before = found()
  expect(before).toHaveLength(1)
  forget(world, world.seq)
  expect(found()).toEqual(before)
})

test('cannot tell where facts are missing', () => {
  expect(judged('listener-elsewhere', '4 facts are lost').verdict).toBe('cannot-tell')
})

test('is told only where somebody asks for it', () => {
  expect(judge(story(elsewhere).world).findings.map(({ rule }) => rule)).not.toContain('listener-elsewhere')
})
