import { expect, test } from 'vitest'
import { forget } from '../../../panel/model/forget'
import { judge } from '../../../panel/model/rules'
import { story } from '../story'
import { judged, only, titles } from './found'

const carried = `
  user is a variable, default "nobody"
  base starts task first @ serve app.js:20
  task first begins
  first sets user = "ada" as t @ request app.js:9
  registered:
  first resets user by t to "nobody" @ request app.js:11
  first settles
  first hands over message as of registered @ listen app.js:14
  message starts task second @ serve app.js:20
  task second begins
  second reads user, inherited
  second sets user = "grace" as s @ request app.js:9
`

test('found, with both sets, the end of the first, and the callback that the value came along with', () => {
  const found = judged('carried-over', carried)
  expect(titles(found)).toEqual(['info: Value carried over: user'])
  const { what, context, token, evidence } = only(found)
  expect(context).toBe(found.told.context('second'))
  expect(token).toBe(found.told.token('t'))
  expect(what).toBe(
    'Task second began with user = "ada", the value of task first, which had reset it by then, and read it before it set its own. It came along with the message callback (context 3), which was handed over while that value was set, and runs in a copy of that moment.',
  )
  expect([...evidence].sort((a, b) => a.seq - b.seq).map(({ label }) => label)).toEqual([
    'set user = "ada" in task first',
    'reset user in task first',
    'the message callback (context 3) was copied from task first',
    'task second began there',
    'task second read user, inherited',
    'set user = "grace" in task second',
  ])
})

test('found where the first ended without a reset', () => {
  const found = judged('carried-over', carried.replace(/.*resets.*\n/, ''))
  expect(titles(found)).toEqual(['info: Value carried over: user'])
  expect(only(found).evidence.map(({ label }) => label)).toContain('task first ended')
  expect(only(found).what).toContain(
    'began with user = "ada", the value of task first, which had ended by then, and read it',
  )
})

test('found in the callback itself, where that is the work', () => {
  const direct = carried.replace(/.*message starts.*\n.*task second begins.*\n/, '').replaceAll('second', 'message')
  expect(titles(judged('carried-over', direct))).toEqual(['info: Value carried over: user'])
})

test('where both are called the same, their numbers tell them apart', () => {
  const told = story(carried)
  for (const fact of told.facts) if (fact.type === 'task-created') fact.name = 'serve'
  const finding = judge(told.world).findings.find(({ rule }) => rule === 'carried-over')
  expect(finding?.what).toContain(
    'Task serve (context 4) began with user = "ada", the value of task serve (context 2), which had reset it by then,',
  )
})

test('once for a line, however long the row', () => {
  const third = carried
    .replace(/.*variable.*\n/, '')
    .replace(/.*starts task first.*\n.*task first begins.*\n.*first sets.*\n/, '')
    .replaceAll('registered', 'again')
    .replaceAll('second', 'third')
    .replaceAll('message', 'message2')
    .replaceAll('first', 'second')
    .replace('by t ', 'by s ')
    .replace('"grace" as s', '"mary" as r')
  const found = judged('carried-over', carried + third)
  expect(titles(found)).toEqual(['info: Value carried over: user (2 times)'])
  expect(only(found).what).toContain('Task third began with user = "grace"')
})

/** Work in callbacks, each of which hands over the next one. */
const row = `
  depth is a variable, default 0
  base hands over tick
  tick sets depth = 1 as one @ tick app.js:9
  set:
  tick resets depth by one to 0 @ tick app.js:12
  tick returns
  tick hands over later as of set @ tick app.js:10
  later reads depth, inherited
  later sets depth = "two" as two @ tick app.js:9
  later returns
`

test('found where a callback that had reset it handed over the next one', () => {
  const found = judged('carried-over', row)
  expect(titles(found)).toEqual(['info: Value carried over: depth'])
  expect(only(found).what).toContain(
    'The later callback (context 3) began with depth = 1, the value of the tick callback (context 2), which had reset it by then,',
  )
})

test('found where all callbacks are told, from when they are handed over', () => {
  const told = row
    .replace(/.*hands over later.*\n/, '')
    .replace('set:', 'tick hands over later @ tick app.js:10')
    .replace(' as of set', '')
  expect(titles(judged('carried-over', told))).toEqual(['info: Value carried over: depth'])
})

test.each([
  ['the value counts on', row.replace('"two"', '2')],
  [
    'the callback is past an await, so nobody knows when it began',
    row.replace('later reads', 'later returns\nlater reads'),
  ],
  ['nobody reset it, and the callback that set it may go on behind an await', row.replace(/.*resets.*\n/, '')],
])('clear in a row of callbacks: %s', (_, told) => {
  expect(told).not.toBe(row)
  expect(judged('carried-over', told).verdict).toBe('clear')
})

test.each([
  ['nobody reads it first', carried.replace(/.*reads.*\n/, '')],
  ['it has none of its own to set', carried.replace(/.*second sets.*\n/, '')],
  ['another line sets something else', carried.replace('as s @ request app.js:9', 'as s @ other app.js:30')],
  ['the lines are not known', carried.replaceAll(/ @ request app.js:9/g, '')],
  ['the first is at it', carried.replace(/.*(resets|settles).*\n/g, '')],
  [
    'it was started by the first, which does not wait for it',
    carried
      .replace(/.*(resets|settles|hands over).*\n/g, '')
      .replace('message starts', 'first starts')
      .replace('task second begins', 'first resets user by t to "nobody"\nfirst settles\ntask second begins'),
  ],
  [
    'somebody keeps a copy for it',
    carried.replace('first hands over message as of registered', 'first copies message'),
  ],
  [
    'the base context has it for all',
    carried
      .replace(/.*task first.*\n/g, '')
      .replaceAll('first settles\n', '')
      .replaceAll('first', 'base'),
  ],
  ['it adds to the value', carried.replace('"grace"', '"ada, grace"')],
  ['it sets the same again', carried.replace('"grace"', '"ada"')],
  ['it has the default', carried.replace('user, inherited', 'user, default')],
  ['it begins empty', carried.replace('message starts', 'message spawns')],
])('clear: %s', (_, told) => {
  expect(told).not.toBe(carried)
  expect(judged('carried-over', told).verdict).toBe('clear')
})

test('stays as it is when what was over is let go', () => {
  const { world } = story(`${carried}
    second settles
    first is collected
    message is collected
    second is collected`)
  const found = () => judge(world).findings.filter(({ rule }) => rule === 'carried-over')
  const before = found()
  expect(before).toHaveLength(1)
  forget(world, world.seq)
  expect(found()).toEqual(before)
})

test('cannot tell where facts are missing', () => {
  expect(judged('carried-over', '4 facts are lost').verdict).toBe('cannot-tell')
})

test('cannot tell where the lines of such sets were not recorded', () => {
  const { verdict, why } = judged('carried-over', carried.replaceAll('@ request app.js:9', '@ not taken'))
  expect(verdict).toBe('cannot-tell')
  expect(why).toMatch(/^Of sets that came after a value of other work, the lines were not recorded; /)
})
