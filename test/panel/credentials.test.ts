// Credentials stay where they are: what a document tells of them is hidden before it is kept, unless somebody wants to see them.

import { expect, test } from 'vitest'
import { withoutCredentials } from '../../panel/source/credentials'
import type { Source, SourceListener } from '../../panel/source/source'
import type { Batch, Fact } from '../../runtime/protocol'
import { story } from '../model/story'

const told = (lines: string): readonly Fact[] => story(lines).facts
const batch = (facts: readonly Fact[]): Batch => ({
  protocol: 1,
  epoch: 'one',
  facts: [...facts],
  stacks: {},
  last: facts.length,
  bytes: 0,
  capacity: 1,
  silent: 0,
})

/** A source that is told what to say, and the values that come out of it. */
function open(areShown: () => boolean) {
  const facts: Fact[] = []
  const heard: string[] = []
  let tell: SourceListener | null = null
  const source: Source = {
    start(listener) {
      tell = listener
      return () => heard.push('ended')
    },
  }
  const end = withoutCredentials(source, areShown).start({
    link: ({ state }) => heard.push(state),
    epoch: (epoch) => heard.push(epoch),
    batch: (batch) => facts.push(...batch.facts),
    where: () => heard.push('where'),
    pace: () => heard.push('pace'),
    held: () => heard.push('held'),
  })
  if (tell === null) throw new Error('It was not started.')
  const values = () => facts.flatMap((fact) => (fact.type === 'var-set' ? [fact.value.text] : []))
  return { tell: tell as SourceListener, facts, heard, values, end }
}

const LIFE = `
  apiToken is a variable, default "hush"
  user is a variable
  base sets apiToken = "hush" as t1
  base sets user = {name: "Ada", password: "hush"} as t2
  base sets user = "Bearer abcdef0123456789" as t3
  base sets user = "ada@example.com" as t4`

test('what is named or looks like one is hidden, and everything else is as it was', () => {
  const { tell, facts, values } = open(() => false)
  const all = told(LIFE)
  tell.batch(batch(all.slice(0, 4)))
  tell.batch(batch(all.slice(4)))
  expect(values()).toEqual([
    '[redacted]',
    '{name: "Ada", password: [redacted] …}',
    '"[authorization]"',
    // Who somebody is, is no credential: exports alone leave it out.
    '"ada@example.com"',
  ])
  expect(JSON.stringify(facts)).not.toContain('hush')
  // A fact without any is the very same object.
  expect(facts[1]).toBe(all[1])
  expect(facts.at(-1)).toBe(all.at(-1))
})

test('whoever wants to see them does, from then on', () => {
  let shown = true
  const { tell, values } = open(() => shown)
  const all = told(`${LIFE}\nbase sets apiToken = "again" as t5`)
  tell.batch(batch(all.slice(0, -1)))
  expect(values().filter((text) => text.includes('hush'))).toHaveLength(2)
  shown = false
  // That the variable is secret was learnt meanwhile.
  tell.batch(batch(all.slice(-1)))
  expect(values().at(-1)).toBe('[redacted]')
})

test('another document has other variables', () => {
  const { tell, values } = open(() => false)
  tell.epoch('one')
  tell.batch(batch(told('apiToken is a variable')))
  tell.epoch('two')
  tell.batch(batch(told('user is a variable\nbase sets user = "hush" as t')))
  expect(values()).toEqual(['"hush"'])
})

test('all else passes', () => {
  const { tell, heard, end } = open(() => false)
  tell.link({ state: 'live' })
  tell.epoch('one')
  tell.where({ epoch: 'one', last: 1, current: null, task: null })
  tell.pace({ wait: 50, read: 1, last: 1 })
  tell.held({ state: 'wanted' })
  end()
  expect(heard).toEqual(['live', 'one', 'where', 'pace', 'held', 'ended'])
})
