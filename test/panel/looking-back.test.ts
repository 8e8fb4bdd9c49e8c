// A moment of a long recording is judged when somebody rests there, in turns between which the screen and the person have theirs.

import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { judge, NOT_JUDGED } from '../../panel/model/rules'
import { startLookingBack } from '../../panel/session/looking-back'
import { initialState, newestFeed, type SessionState } from '../../panel/session/state'
import { createStore } from '../../panel/session/store'
import type { Fact, TokenId } from '../../runtime/protocol'
import { story } from '../model/story'

const SETS = 50_000

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

/** Somebody before a page that has set a variable so often, each time to be reset, but for the last. */
function person() {
  const store = createStore<SessionState>(initialState())
  const { timeline } = newestFeed(store.state)
  const { facts, stacks } = story('user is a variable\nbase sets user = 1 as t')
  const set = facts.find((fact) => fact.type === 'var-set')
  if (set === undefined) throw new Error('nothing was set')
  const sets = Array.from({ length: SETS }, (_, index) => {
    const seq = facts.length + index + 1
    return { ...set, seq, at: seq, token: 1_000 + index } as unknown as Fact
  })
  timeline.append([...facts, ...sets], stacks)
  const lookingBack = startLookingBack(store, () => ({}))
  return { store, timeline, lookingBack, last: facts.length + SETS - 1 }
}

const judgementOf = ({ past }: SessionState) => past?.judgement

test('a turn looks at so many tokens, and what is said in the end is what one look says', () => {
  const { store, timeline, lookingBack, last } = person()
  expect(timeline.at(last).tokens.get((1_000 + SETS - 2) as TokenId)).toBeDefined()
  lookingBack.lookAt(last)
  vi.advanceTimersByTime(149)
  expect(judgementOf(store.state)).toBe(NOT_JUDGED)
  let turns = 0
  while (judgementOf(store.state) === NOT_JUDGED && turns < 20) {
    vi.advanceTimersToNextTimer()
    turns++
  }
  expect(turns).toBe(Math.ceil(SETS / 20_000))
  expect(judgementOf(store.state)).toEqual(judge(timeline.at(last)))
  expect(vi.getTimerCount()).toBe(0)
})

test('who steps on between two turns has the rest of that moment judged by nobody', () => {
  const { store, lookingBack, last } = person()
  lookingBack.lookAt(last)
  vi.advanceTimersByTime(150)
  expect(judgementOf(store.state)).toBe(NOT_JUDGED)
  lookingBack.lookAt(last - 1)
  expect(vi.getTimerCount()).toBe(1)
  vi.runAllTimers()
  expect(store.state.past?.seq).toBe(last - 1)
  expect(judgementOf(store.state)).not.toBe(NOT_JUDGED)
})
