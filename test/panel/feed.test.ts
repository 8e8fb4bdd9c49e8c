// How much is kept: of a page that goes on what is newest, and of a file that somebody opened all. And what comes late costs one look.

import { expect, test, vi } from 'vitest'
import { KEPT_BYTES } from '../../panel/model/limits'
import { toRecording } from '../../panel/model/recording-text'
import { closedFeed, emptyFeed, type FeedState, startFeed } from '../../panel/session/feed'
import { keptJudging } from '../../panel/session/judging'
import { keptMutes } from '../../panel/session/kept-mutes'
import { takeIn } from '../../panel/session/take-in'
import type { SourceListener } from '../../panel/source/source'
import type { Fact, Frame, TokenId } from '../../runtime/protocol'
import { story } from '../model/story'

/** Values so long, one text for all, that their facts weigh more than is kept of a page. */
function heavy(): Fact[] {
  const facts = [...story('user is a variable\nbase sets user = 1 as t').facts]
  const set = facts.find((fact) => fact.type === 'var-set')
  if (set === undefined) throw new Error('nothing was set')
  const value = { kind: 'string', text: 'a'.repeat(10_000) } as const
  while (facts.length * value.text.length < KEPT_BYTES * 1.1) {
    const seq = facts.length + 1
    facts.push({ ...set, value, token: seq as TokenId, seq } as Fact)
  }
  return facts
}

test('of a file all is kept, of a page the newest', async () => {
  const facts = heavy()
  const recording = toRecording({ facts, stacks: {}, cut: null }, { url: '', title: '', exported: '' }, '1', {
    redaction: null,
  })
  const { timeline } = await closedFeed(recording)
  expect(timeline.bytes).toBeGreaterThan(KEPT_BYTES)
  expect(timeline.facts).toHaveLength(facts.length)

  const { timeline: live } = emptyFeed()
  await takeIn(live, { facts, stacks: {} })
  expect(live.bytes).toBeLessThan(KEPT_BYTES)
  expect(live.head.letGo).toBeGreaterThan(0)
})

/** A feed of a page whose stacks stand in so many scripts. */
async function fed(scripts: number) {
  const pictures: FeedState[] = []
  const listeners: SourceListener[] = []
  const start = (listener: SourceListener) => {
    listeners.push(listener)
    return () => {}
  }
  const end = startFeed({ start }, (state) => pictures.push(state), keptJudging(keptMutes()))
  const [page] = listeners
  if (page === undefined) throw new Error('Nobody listens')
  const { facts } = story('user is a variable\nbase sets user = 1 as t')
  const stacks = Object.fromEntries(Array.from({ length: scripts }, (_, id) => [id + 1, [frameIn(`bundle-${id}.js`)]]))
  const begin = (epoch: string) => {
    page.epoch(epoch)
    return page.batch({ epoch, facts: [...facts], stacks, bytes: 0, capacity: 1, silent: 0 } as never)
  }
  await begin('first')
  await vi.waitFor(() => expect(pictures.at(-1)?.version).toBeGreaterThan(0))
  return { page, pictures, begin, end, latest: () => pictures.at(-1) as FeedState }
}

const frameIn = (url: string): Frame => ({ url, line: 1, column: 1, name: null, async: null }) as unknown as Frame

test('hundreds of source maps that come late have all of it told again once', async () => {
  const { page, pictures, end, latest } = await fed(300)
  const before = pictures.length
  for (let id = 1; id <= 300; id++) page.stacks?.({ [id]: [frameIn(`source-${id}.ts`)] })
  await vi.waitFor(() => expect(latest().timeline.stacks[300]?.[0]?.url).toBe('source-300.ts'))
  end()
  expect(Object.values(latest().timeline.stacks).every(([frame]) => frame?.url.startsWith('source-'))).toBe(true)
  expect(latest().timeline.rewrites).toBe(1)
  expect(pictures.length - before).toBe(1)
  expect(latest().version).toBe(latest().timeline.version)
})

test('what comes late of a page that is gone is not told of the next one', async () => {
  const { page, begin, end, latest } = await fed(1)
  page.stacks?.({ 1: [frameIn('source-1.ts')] })
  await begin('second')
  await vi.waitFor(() => expect(latest().epoch).toBe('second'))
  await vi.waitFor(() => expect(latest().version).toBeGreaterThan(0))
  end()
  expect(latest().timeline.stacks[1]?.[0]?.url).toBe('bundle-0.js')
})
