// What the run of a variable is given is how it begins, and what it is told by; what its code sets after that is a set like any other.

import { expect, test } from 'vitest'
import { rowLabel } from '../../panel/model/selectors/labels'
import { Timeline } from '../../panel/model/timeline'
import { type ContextId, type Fact, type TokenId, VARIABLE_RUN } from '../../runtime/protocol'

const RUN = 2 as ContextId
const fact = (seq: number, rest: object) => ({ seq, at: seq, ...rest }) as unknown as Fact
const setOf = (seq: number, text: string) =>
  fact(seq, { type: 'var-set', context: 2, variable: 1, token: seq, value: { kind: 'string', text }, stack: null })
const run = { context: 2, kind: 'copy', name: 'request', api: VARIABLE_RUN, parent: 1, stack: null }

function told(facts: readonly Fact[]) {
  const timeline = new Timeline()
  timeline.append(facts, {})
  const entry = timeline.head.contexts.get(RUN)
  if (entry === undefined) throw new Error('It is there')
  return { label: rowLabel(timeline.head, entry), tokens: timeline.head.tokens, entry }
}

test('a run is told by what it was given, however much is set in it', () => {
  const begin = [fact(1, { type: 'context-created', ...run, asOf: 0 }), setOf(2, '"order 1"')]
  const entered = fact(3, { type: 'run-started', context: 2, outer: 1, stack: null })
  const sets = Array.from({ length: 100 }, (_, index) => setOf(4 + index, `"${index}"`))
  expect(told(begin).label).toBe('request = "order 1"')
  expect(told([...begin, entered, ...sets]).label).toBe('request = "order 1"')
})

test('of one that had begun when the recorder came, nobody knows that, and its sets can be undone', () => {
  const listed = { ...run, ended: false, entries: [] }
  const census = fact(1, { type: 'census', current: 2, variables: [], contexts: [listed] })
  const { label, tokens, entry } = told([census, setOf(2, '"later"')])
  expect(label).toBe('request')
  expect(tokens.get(2 as TokenId)).toMatchObject({ state: 'open', context: RUN })
  expect(entry.open).toBe(1)
})
