// The documents in frames as the session follows them: each is there once, however it is reached.

import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { type DocumentState, startFrames } from '../../panel/session/frames'
import { keptJudging } from '../../panel/session/judging'
import { keptMutes } from '../../panel/session/kept-mutes'
import type { FrameDocument, FrameListener } from '../../panel/source/frames'
import type { Source, SourceListener } from '../../panel/source/source'
import { story } from '../model/story'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** Frames that come and go as the test says. */
function open() {
  let states: readonly DocumentState[] = []
  let listener: FrameListener | null = null
  startFrames(
    {
      start(heard) {
        listener = heard
        return () => {}
      },
    },
    (known) => {
      states = known
    },
    keptJudging(keptMutes()),
  )
  const frames = async (...documents: FrameDocument[]) => {
    listener?.frames(documents)
    await vi.advanceTimersByTimeAsync(500)
  }
  const rows = () => states.map(({ key, gone, feed }) => `${key}: ${feed.epoch}${gone ? ', gone' : ''}`)
  return { frames, rows }
}

/** A document that tells of its recording as soon as it is followed. */
function document(key: string, epoch: string): FrameDocument {
  const { facts } = story('user is a variable')
  const source: Source = {
    start(listener: SourceListener) {
      listener.link({ state: 'live' })
      listener.epoch(epoch)
      listener.batch({ protocol: 1, epoch, facts, stacks: {}, last: facts.length, bytes: 0, capacity: 1, silent: 0 })
      return () => {}
    },
  }
  return { key, url: 'https://a.test/child.html', worker: null, source }
}

it('a document that is reached in another way than before is no other one', async () => {
  const { frames, rows } = open()
  // By its address, before the page had it among its frames; then by its place there.
  await frames(document('by address', 'one'))
  expect(rows()).toEqual(['by address: one'])
  await frames(document('0', 'one'))
  expect(rows()).toEqual(['0: one'])
})

it('another document in the same frame is another one, and the one before stays', async () => {
  const { frames, rows } = open()
  await frames(document('0', 'one'))
  await frames()
  expect(rows()).toEqual(['0: one, gone'])
  await frames(document('0', 'two'))
  expect(rows()).toEqual(['0: two', '0 one: one, gone'])
})
