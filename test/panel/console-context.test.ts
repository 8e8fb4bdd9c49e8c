// Which context the Console has as `$ctx`, as the selection changes.

import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { startConsoleContext } from '../../panel/session/console-context'
import { emptyFeed } from '../../panel/session/feed'
import type { Ask, LiveReply } from '../../panel/session/session'
import { initialState, type SessionState } from '../../panel/session/state'
import { createStore } from '../../panel/session/store'
import { Story } from '../model/story'

const story = new Story('base copies one\nbase copies two\nbase copies three')
const [one, two, three] = ['one', 'two', 'three'].map((name) => story.context(name)) as [never, never, never]

function open(reply: (ask: Ask) => LiveReply = () => ({ state: 'stored', name: '$ctx' })) {
  const { timeline } = story
  const feed = { ...emptyFeed(), epoch: 'first', timeline, world: timeline.head }
  const store = createStore<SessionState>({ ...initialState(), page: feed })
  const asked: Ask[] = []
  const answer = async (ask: Ask) => {
    asked.push(ask)
    const said = reply(ask)
    consoleContext.heard('first', ask, said)
    return said
  }
  const consoleContext = startConsoleContext(store, answer)
  const choose = async (chosen: typeof one) => {
    store.set({ chosen })
    await vi.advanceTimersByTimeAsync(1_000)
  }
  return { store, feed, asked, answer, choose, end: () => consoleContext.end() }
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const follow = (context: typeof one): Ask => ({ ask: 'follow-context', context })

it('is none before somebody asks for it, and then whatever is selected', async () => {
  const { asked, answer, choose } = open()
  await choose(one)
  expect(asked).toEqual([])
  await answer({ ask: 'store-context', context: one })
  await choose(two)
  await choose(three)
  expect(asked.slice(1)).toEqual([follow(two), follow(three)])
})

it('is not asked about what somebody only passes by', async () => {
  const { asked, answer, store, choose } = open()
  await answer({ ask: 'store-context', context: one })
  store.set({ chosen: two })
  store.set({ chosen: three })
  store.set({ chosen: two })
  await choose(one)
  expect(asked).toHaveLength(1)
  await choose(three)
  expect(asked.slice(1)).toEqual([follow(three)])
})

it('waits for nobody but whoever selects', async () => {
  const { asked, answer, store } = open()
  await answer({ ask: 'store-context', context: one })
  store.set({ chosen: two })
  for (let change = 0; change < 20; change++) {
    store.set({ query: `${change}` })
    await vi.advanceTimersByTimeAsync(50)
  }
  expect(asked.slice(1)).toEqual([follow(two)])
})

it('stays what it is where the next one is gone, and goes on with the one after that', async () => {
  const { asked, answer, choose } = open((ask) =>
    ask.context === two ? { state: 'gone', what: 'context' } : { state: 'stored', name: '$ctx' },
  )
  await answer({ ask: 'store-context', context: one })
  await choose(two)
  await choose(three)
  expect(asked.slice(1)).toEqual([follow(two), follow(three)])
})

it('is left alone from when the page has something there', async () => {
  const { asked, answer, choose } = open((ask) =>
    ask.ask === 'follow-context' ? { state: 'not-stored' } : { state: 'stored', name: '$ctx' },
  )
  await answer({ ask: 'store-context', context: one })
  await choose(two)
  await choose(three)
  expect(asked.slice(1)).toEqual([follow(two)])
})

it('is of one document: not of the next one, nor of a file', async () => {
  const { asked, answer, choose, store, feed } = open()
  await answer({ ask: 'store-context', context: one })
  store.set({ page: { ...feed, epoch: 'second' } })
  await choose(two)
  store.set({
    page: feed,
    file: { name: 'f', page: { url: '', title: '', exported: '' }, ignored: 0, cut: null, mutes: [], feed },
  })
  await choose(three)
  expect(asked).toHaveLength(1)
  store.set({ file: null })
  await vi.advanceTimersByTimeAsync(1_000)
  expect(asked.slice(1)).toEqual([follow(three)])
})

it('is asked about no more when the session is over', async () => {
  const { asked, answer, choose, end } = open()
  await answer({ ask: 'store-context', context: one })
  end()
  await choose(two)
  expect(asked).toHaveLength(1)
})
