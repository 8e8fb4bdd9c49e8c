import { describe, expect, test } from 'vitest'
import { advance, emptyWorld, forkWorld } from '../../../panel/model/advance'
import { judge, rulesOnRequest } from '../../../panel/model/rules'
import { story } from '../story'
import { type Judged, only, titles } from './found'

function of(text: string): Judged {
  const told = story(`user is a variable, default "nobody"\n${text}`)
  const verdict = rulesOnRequest.find(({ id }) => id === 'outlived-value')?.judge(told.world)
  if (verdict === undefined) throw new Error('no such rule')
  return {
    told,
    verdict: verdict.verdict,
    findings: verdict.verdict === 'clear' ? [] : verdict.findings,
    why: verdict.verdict === 'cannot-tell' ? verdict.why : '',
  }
}

/** A writer that the first request makes, and that goes on for all. */
const writer = `base starts task A
  A sets user = "ada" as a @ serve app.js:3
  A starts task writer @ write app.js:9
  writer reads user, inherited
  A resets user by a @ serve app.js:5
  A settles
  base starts task B
  B sets user = "bob" as b @ serve app.js:3`

/** A queue that runs what the second request gave it in a callback of the first. */
const queue = `base starts task A
  base starts task B
  A sets user = "ada" as a @ serve app.js:3
  B sets user = "bob" as b @ serve app.js:3
  A hands over then @ next queue.js:7
  A resets user by a @ serve app.js:5
  A settles
  then reads user, inherited
  then returns`

describe('found', () => {
  test('a task that goes on after the work that made it, while the same line sets another value', () => {
    const found = of(writer)
    expect(titles(found)).toEqual(['info: Value that outlives its work: user'])
    const { what, advice, fix, evidence } = only(found)
    expect(what).toBe(
      'Task writer works with user = "ada", which task A had set and has reset. Meanwhile task B set user to "bob" at the same line.',
    )
    expect(advice).toMatch(
      /`new Context\(\)`.*`wrap\(fn\)`.*If it finishes what task A began, there is nothing to do\.$/,
    )
    expect(fix).toMatchObject([{ kind: 'anew', name: 'createTask' }])
    expect(evidence.map(({ label }) => label)).toEqual([
      'set user = "ada" in task A',
      'reset user in task A',
      'task writer was copied from task A',
      'task writer read user, inherited',
      'set user = "bob" in task B',
    ])
  })

  test('where the value ended with its work, unreset', () => {
    const found = of(writer.replace(/ *A resets.*\n/, ''))
    expect(only(found).what).toContain('which task A, which has ended, had set')
    expect(only(found).evidence.map(({ label }) => label)).toContain('task A ended')
  })

  test('a callback that reads it afterwards', () => {
    const { what, stack, told } = { ...only(of(queue)), told: of(queue).told }
    expect(what).toMatch(
      /^The then callback \(context \d\) works with user = "ada", which task A had set and has reset\./,
    )
    expect(told.stacks[stack ?? 0]?.[0]).toMatchObject({ name: 'next', line: 7 })
  })

  test('one line, many times', () => {
    const late = queue.replace(/(A hands over then .*)\n/, '$1\n  moment:\n')
    const [first, second] = ['one', 'two'].map(
      (name) => `\n  A hands over ${name} as of moment @ next queue.js:7\n  ${name} reads user, inherited`,
    )
    expect(titles(of(late + first + second))).toEqual(['info: Value that outlives its work: user (3 times)'])
  })
})

describe('silent', () => {
  test.each([
    ['the value is still set where it comes from', writer.replace(/ *A resets[\s\S]*?A settles\n/, '')],
    ['nobody sets another', writer.replace(/ *base starts task B[\s\S]*$/, '')],
    ['another line does', writer.replace('"bob" as b @ serve app.js:3', '"bob" as b @ serve app.js:4')],
    ['the other set is part of the work itself', writer.replace('base starts task B', 'writer starts task B')],
    ['the task never read it', writer.replace(/ *writer reads.*\n/, '')],
    ['the task was over before', writer.replace('base starts task B', 'writer settles\n  base starts task B')],
    ['the task has set its own', `${writer}\n  writer sets user = "all" as w @ app.js:20`],
    [
      'a callback had read it before',
      queue.replace(/(A hands over.*\n)([\s\S]*) *then reads.*\n/, '$1  then reads user, inherited\n$2'),
    ],
    [
      'the base context had set it, which is there for all',
      `base sets user = "ada" as a @ serve app.js:3
      base starts task writer
      writer reads user, inherited
      base resets user by a
      base starts task B
      B sets user = "bob" as b @ serve app.js:3`,
    ],
  ])('where %s', (_, text) => {
    expect(titles(of(text))).toEqual([])
    expect(of(text).verdict).toBe('clear')
  })

  test('where nobody asks', () => {
    const { world } = story(`user is a variable\n${writer}`)
    expect(judge(world).findings).toEqual([])
    expect(judge(world, { also: ['outlived-value'] }).findings).toHaveLength(1)
  })
})

test('cannot tell, where the lines were not recorded', () => {
  const { verdict, why } = of(writer.replaceAll('@ serve app.js:3', '@ not taken'))
  expect(verdict).toBe('cannot-tell')
  expect(why).toMatch(/^Of sets whose value outlived their work, the lines were not recorded/)
})

test.each([writer, queue])('is the same however often somebody looks', (text) => {
  const { facts, stacks } = story(
    `user is a variable, default "nobody"\n${text}\n${text.replace(/\b(A|B|a|b|then|writer)\b/g, '$12')}`,
  )
  const world = { ...emptyWorld(), stacks }
  const titles: string[] = []
  for (const fact of facts) {
    advance(world, fact)
    const judged = judge(world, { also: ['outlived-value'] })
    expect(judged).toEqual(judge(forkWorld(world), { also: ['outlived-value'] }))
    titles.push(...judged.findings.map(({ title }) => title))
  }
  expect(titles.at(-1)).toBe('Value that outlives its work: user (2 times)')
})
