import { expect, test } from 'vitest'
import { judge, rules } from '../../../panel/model/rules'
import type { Mute } from '../../../runtime/protocol'
import { story } from '../story'
import { judged, only, titles } from './found'

const left = `
  session is a variable, default null
  base starts task dispatch
  task dispatch begins
  dispatch starts task handler @ dispatch app.js:3
  dispatch waits for handler @ dispatch app.js:3
  task handler begins
  handler sets session = {…} as t @ handle app.js:9
  handler settles
  dispatch reads session, default
`

test('found, with the set, who waited, and what they read', () => {
  const found = judged('left-in-copy', left)
  expect(titles(found)).toEqual(['info: Value left in a copy: session'])
  const { what, advice, evidence, context, token } = only(found)
  expect(context).toBe(found.told.context('dispatch'))
  expect(token).toBe(found.told.token('t'))
  expect(what).toBe(
    'Task handler set session to {…}, in its copy of the context of task dispatch, and did not reset it. Task dispatch waited for it, and then read the default of session: what a copy is given never reaches the context that it was copied from.',
  )
  expect(advice).toContain('return it from the work')
  const inOrder = [...evidence].sort((a, b) => a.seq - b.seq)
  expect(inOrder.map(({ label, seq, stack }) => `${seq} ${label} @${stack}`)).toEqual([
    '9 task dispatch waited for task handler @1',
    '11 set session = {…} in task handler @2',
    '12 task handler ended @null',
    '13 task dispatch read session, by default @null',
  ])
})

test('found where what runs in a copy is an async function, and sets it after its first await', () => {
  const found = judged(
    'left-in-copy',
    `user is a variable, default "guest"
    base hands over click
    click copies own @ app.js:1
    own enters from click
    own leaves
    click waits for own @ app.js:2
    own sets user = "ada" as t @ login app.js:7
    click reads user, default`,
  )
  expect(titles(found)).toEqual(['info: Value left in a copy: user'])
  expect(only(found).what).toContain('The copy “own” set user to "ada"')
  expect(only(found).advice).toContain('ask the copy for it, `context.get(user)`')
})

const all = (text: string): string[] =>
  judge(story(text).world).findings.map(({ severity, title }) => `${severity}: ${title}`)

test('one set is one note: that it was never reset is told with it', () => {
  expect(all(left)).toEqual(['info: Value left in a copy: session'])
  expect(all(left.replace(/.*reads.*/, ''))).toEqual(['info: Never reset: session'])
})

test('one line is one note, also where it was left, and nobody missed it', () => {
  const unseen = again('second').replace(/.*reads.*/, '')
  expect(all(left + unseen)).toEqual(['info: Value left in a copy: session'])
  expect(all(unseen.replace(/^/, 'session is a variable, default null\n') + again('third'))).toEqual([
    'info: Value left in a copy: session',
  ])
})

test('what other lines never reset is told beside it', () => {
  const other = again('second')
    .replace('handle app.js:9', 'other app.js:30')
    .replace(/.*reads.*/, '')
  expect(all(left + other).sort()).toEqual(['info: Never reset: session', 'info: Value left in a copy: session'])
  const variable = `theme is a variable\n${left}`.replace(
    'handler settles',
    'handler sets theme = 1 as th @ handle app.js:9\nhandler settles',
  )
  expect(all(variable).sort()).toEqual(['info: Never reset: theme', 'info: Value left in a copy: session'])
})

test('who starts with it afterwards is warned of all the same', () => {
  expect(all(left.replace('dispatch reads', 'handler is copied as later\ndispatch reads'))).toEqual([
    'warning: Forgotten reset: session',
    'info: Value left in a copy: session',
  ])
})

const apart = (text: string, mutes: readonly Mute[]) => {
  const { findings, muted } = judge(story(text).world, { mutes })
  return {
    told: findings.map(({ title }) => title),
    muted: muted.map(({ finding, mute }) => `${finding.title}: ${mute.reason}`),
  }
}
const muteLeft = { rule: 'left-in-copy', line: 'app.js:9', reason: 'kept there' }
const muteNever = { rule: 'forgotten-reset', line: 'app.js:9', reason: 'ends with it' }

test.each<[string, Mute[], ReturnType<typeof apart>]>([
  [
    'the one takes the other along',
    [muteLeft],
    { told: [], muted: ['Value left in a copy: session: kept there', 'Never reset: session: kept there'] },
  ],
  [
    'the other leaves the one',
    [muteNever],
    { told: ['Value left in a copy: session'], muted: ['Never reset: session: ends with it'] },
  ],
  [
    'both have their own reasons',
    [muteLeft, muteNever],
    { told: [], muted: ['Value left in a copy: session: kept there', 'Never reset: session: ends with it'] },
  ],
  [
    'another line is nobody’s',
    [{ ...muteLeft, line: 'app.js:30' }],
    { told: ['Value left in a copy: session'], muted: [] },
  ],
])('of two notes of one set, where muted: %s', (_, mutes, parted) => {
  const { told, muted } = apart(left, mutes)
  expect({ told, muted: muted.sort() }).toEqual({ ...parted, muted: parted.muted.sort() })
})

test('muted, it hides no warning of its line', () => {
  const inherited = left.replace('dispatch reads', 'handler is copied as later\ndispatch reads')
  expect(apart(inherited, [muteLeft]).told).toEqual(['Forgotten reset: session'])
})

test('who does not ask for it hears that it was never reset', () => {
  const { findings } = judge(story(left).world, { by: rules.filter(({ id }) => id === 'forgotten-reset') })
  expect(findings.map(({ title }) => title)).toEqual(['Never reset: session'])
})

test('where it turns out to be meant, it is told as never reset', () => {
  const meant = `${left}\ndispatch starts task other\nother sets session = 2 as s\nother resets session by s`
  expect(all(meant)).toEqual(['info: Never reset: session'])
})

/** Another request that makes the same mistake. */
const again = (who: string) =>
  left
    .replace(/.*variable.*/, '')
    .replaceAll('dispatch', `${who}`)
    .replaceAll('handler', `handler${who}`)
    .replaceAll(`${who} app.js`, 'dispatch app.js')
    .replace(' as t', ` as t${who}`)

test('once for one line, however often', () => {
  const found = judged('left-in-copy', left + again('second') + again('third'))
  expect(titles(found)).toEqual(['info: Value left in a copy: session (3 times)'])
  expect(only(found).what).toContain('Task third waited for it')
})

test('those that were meant are not counted with those that were not', () => {
  const meant = again('first').replace(
    'first reads',
    'first starts task bystander\nbystander sets session = 2 as b\nfirst reads',
  )
  expect(titles(judged('left-in-copy', `session is a variable, default null\n${meant}${again('second')}`))).toEqual([
    'info: Value left in a copy: session',
  ])
})

test('found where the work was over before anybody waited for it', () => {
  const waits = /.*dispatch waits.*\n/.exec(left)?.[0] ?? ''
  const found = judged(
    'left-in-copy',
    left.replace(waits, '').replace('handler settles\n', `handler settles\n${waits}`),
  )
  expect(titles(found)).toEqual(['info: Value left in a copy: session'])
})

const copies = (count: number) => Array.from({ length: count }, (_, n) => `dispatch copies copy${n}`).join('\n')

test('found however many copies come after', () => {
  expect(titles(judged('left-in-copy', `${left}\n${copies(150)}`))).toEqual(['info: Value left in a copy: session'])
})

test.each([
  ['nobody waits for the work', left.replace(/.*waits.*/, '')],
  ['somebody else waits for it', left.replace('dispatch waits', 'base starts task other\nother waits')],
  ['it is somebody else’s work', left.replace('dispatch starts', 'base starts')],
  ['the work starts empty', left.replace('dispatch starts', 'dispatch spawns')],
  ['the work undoes its set', left.replace('handler settles', 'handler resets session by t\nhandler settles')],
  ['the work sets what is the default anyhow', left.replace('= {…}', '= null')],
  ['it fails', left.replace('handler settles', 'handler rejects')],
  ['it goes on', left.replace('handler settles', '')],
  ['nobody asks afterwards', left.replace(/.*reads.*/, '')],
  ['they ask with a value of their own', left.replace('reads session, default', 'reads session, fallback')],
  [
    'they ask before the work has set it',
    left
      .replace(/.*reads.*/, '')
      .replace('task handler begins', 'dispatch reads session, default\ntask handler begins'),
  ],
  [
    'they have a value',
    left.replace('task dispatch begins', 'dispatch sets session = 1 as own').replace('default\n', 'own\n'),
  ],
  [
    'they set it for a while themselves, so that the default is meant',
    left
      .replace('dispatch starts', 'dispatch sets session = 1 as own\ndispatch starts')
      .replace('dispatch reads', 'dispatch resets session by own to null\ndispatch reads'),
  ],
  ['somebody else asks', left.replace('dispatch reads', 'base reads')],
  ['they ask for another variable', left.replace('reads session', 'reads theme')],
  [
    'another work has a value of its own, too',
    left.replace(
      'dispatch reads',
      `dispatch starts task other
      other sets session = 2 as s
      dispatch reads`,
    ),
  ],
  [
    'another work turns out to have a value of its own, too',
    `${left}
    dispatch starts task other
    other sets session = 2 as s`,
  ],
  [
    'another work has a value of its own, too, and many were copied since',
    `${left}
    dispatch starts task other
    other sets session = 2 as s
    ${copies(150)}`,
  ],
  [
    'another work had one long before, of many that were copied since',
    left.replace(
      'dispatch starts',
      `dispatch starts task other
      other sets session = 2 as s
      ${copies(150)}
      dispatch starts`,
    ),
  ],
  [
    'another work has one for a while',
    left.replace(
      'dispatch reads',
      `dispatch starts task other
      other sets session = 2 as s
      other resets session by s
      dispatch reads`,
    ),
  ],
  [
    'it is the base context that waits, where everybody reads',
    left
      .replace('base starts task dispatch', '')
      .replace('task dispatch begins', '')
      .replaceAll(/\bdispatch (?=starts|waits|reads)/g, 'base '),
  ],
  [
    'the copy was made for a callback that nobody waits for',
    left
      .replace('dispatch starts task handler', 'dispatch hands over handler')
      .replace(/.*(waits|begins|settles).*/g, ''),
  ],
])('clear: %s', (_, told) => {
  expect(judged('left-in-copy', told).verdict).toBe('clear')
})

test('found where both values are taken out of the recording: they may have been different', () => {
  const hidden = left.replace('default null', 'default [redacted]').replace('{…}', '[redacted]')
  expect(judged('left-in-copy', hidden).verdict).toBe('found')
})

test('a work that one context waited for long ago is forgotten', () => {
  const others = Array.from({ length: 40 }, (_, n) => `dispatch starts task other${n}\ndispatch waits for other${n}`)
  const told = left.replace('dispatch reads', `${others.join('\n')}\ndispatch reads`)
  expect(judged('left-in-copy', told).verdict).toBe('clear')
})

test('cannot tell where facts are missing', () => {
  expect(judged('left-in-copy', '4 facts are lost').verdict).toBe('cannot-tell')
})
