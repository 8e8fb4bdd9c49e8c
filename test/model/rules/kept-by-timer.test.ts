import { expect, test } from 'vitest'
import { forget } from '../../../panel/model/forget'
import { judge } from '../../../panel/model/rules'
import { story } from '../story'
import { judged, only, titles } from './found'

const kept = `
  agents is a variable, default null
  base starts task work @ app.js:1
  work sets agents = {…} as t @ work app.js:4
  started:
  work resets agents by t to null @ work app.js:8
  work settles
  work hands over setInterval as of started @ start app.js:5
  setInterval returns
`

test('found, with the value, its reset, the end of the work, and the line of the timer', () => {
  const found = judged('kept-by-timer', kept)
  expect(titles(found)).toEqual(['info: Value kept by a timer: agents'])
  const { what, evidence, context, token } = only(found)
  expect(context).toBe(found.told.context('work'))
  expect(token).toBe(found.told.token('t'))
  expect(what).toBe(
    'Task work started a timer and ended, and the timer goes on. Each call runs in a copy of the context that started it, so agents = {…} is kept until the timer is cleared, although task work had reset it.',
  )
  expect([...evidence].sort((a, b) => a.seq - b.seq).map(({ label }) => label)).toEqual([
    'set agents = {…} in task work',
    'reset agents in task work',
    'task work ended',
    'the setInterval callback (context 3) was called, a copy of task work',
  ])
})

test('of several values, all of them in one', () => {
  const two = kept
    .replace('started:', 'work sets user = "ada" as u @ work app.js:5\nstarted:')
    .replace('work settles', 'work resets user by u\nwork settles')
  expect(titles(judged('kept-by-timer', `user is a variable\n${two}`))).toEqual([
    'info: Value kept by a timer: agents, user',
  ])
})

/** A call more of the timer. */
const call = (name: string, work = 'work') =>
  `${work} hands over ${name} by setInterval as of ${work}Started @ start app.js:5\n${name} returns\n`

test('of one timer once, however often it is called, and of several how many they are', () => {
  const one = `${kept.replaceAll('started', 'workStarted')}${call('again')}`
  const other = kept
    .replace(/.*variable.*\n/, '')
    .replace(/.*setInterval.*\n/g, '')
    .replaceAll('started', 'otherStarted')
    .replaceAll(/\bwork (?!app)/g, 'other ')
    .replace('task work', 'task other')
    .replace('as t', 'as u')
    .replace('by t', 'by u')
  expect(titles(judged('kept-by-timer', one))).toEqual(['info: Value kept by a timer: agents'])
  const two = `${one}${other}${call('first', 'other')}${call('third')}${call('second', 'other')}`
  expect(titles(judged('kept-by-timer', two))).toEqual(['info: Value kept by a timer: agents (2 times)'])
})

test.each([
  [
    'it is called while the work goes on',
    kept.replace('work settles\n', '').replace('setInterval returns', 'work settles'),
  ],
  [
    'it was started when nothing was set',
    kept.replace('as of started', 'as of before').replace('work sets', 'before:\nwork sets'),
  ],
  ['the work never resets it, which is told as that', kept.replace(/.*resets.*/, '')],
  ['it is no timer that repeats', kept.replaceAll('setInterval', 'setTimeout')],
  ['it is a listener, which may be called once', kept.replaceAll('setInterval', 'click')],
  [
    'the base context has the value for all',
    kept
      .replace(/.*task work.*/, '')
      .replace('work settles', '')
      .replaceAll('work ', 'base '),
  ],
  [
    'whoever started the work has set it, for more than that',
    kept
      .replace('base starts task work', 'base starts task outer\ntask outer begins')
      .replace(
        'work sets agents = {…} as t @ work app.js:4',
        'outer sets agents = {…} as t @ work app.js:4\nouter starts task work',
      )
      .replace('work resets agents by t to null', 'outer resets agents by t to null'),
  ],
  [
    'it was started in a callback, which may go on behind an await',
    kept.replace('base starts task work', 'base hands over work').replace('work settles', 'work returns'),
  ],
  [
    'it was started in a run, which may go on behind an await',
    kept.replace('base starts task work', 'base copies work\nwork enters').replace('work settles', 'work leaves'),
  ],
  ['there is nothing that it keeps', kept.replace(/.*(sets|resets).*/g, '')],
  ['nobody calls it', kept.replace(/.*setInterval.*/g, '')],
])('clear: %s', (_, told) => {
  expect(told).not.toBe(kept)
  expect(judged('kept-by-timer', told).verdict).toBe('clear')
})

test('stays as it is when what was over is let go', () => {
  const { world } = story(`${kept}\nwork is collected\nsetInterval is collected`)
  const found = () => judge(world).findings.filter(({ rule }) => rule === 'kept-by-timer')
  const before = found()
  expect(before).toHaveLength(1)
  forget(world, world.seq)
  expect(found()).toEqual(before)
})

test('cannot tell where facts are missing', () => {
  expect(judged('kept-by-timer', '4 facts are lost').verdict).toBe('cannot-tell')
})
