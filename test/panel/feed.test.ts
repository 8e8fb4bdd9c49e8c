// How much is kept: of a page that goes on what is newest, and of a file that somebody opened all.

import { expect, test } from 'vitest'
import { KEPT_BYTES } from '../../panel/model/limits'
import { toRecording } from '../../panel/model/recording-text'
import { closedFeed, emptyFeed } from '../../panel/session/feed'
import { takeIn } from '../../panel/session/take-in'
import type { Fact, TokenId } from '../../runtime/protocol'
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
