// The documents in the frames of the page, each with a feed of its own. One that has gone stays to be looked at, until the page itself
// goes elsewhere.

import type { FrameDocument, FrameSource } from '../source/frames'
import { type FeedState, startFeed } from './feed'

/** A document of the page, or one that the page was before, and what it told. */
export interface DocumentState {
  key: string
  kind: 'page' | 'frame'
  url: string
  feed: FeedState
  /** The frame was removed or went elsewhere, or the page did. */
  gone: boolean
}

/** Documents that have gone and are kept: the last ones. */
const MOST_GONE = 10

/** Follows the frames and publishes them after every change. Returns what ends it. */
export function startFrames(source: FrameSource, publish: (frames: readonly DocumentState[]) => void): () => void {
  const states = new Map<string, DocumentState>()
  const ends = new Map<string, () => void>()
  /** As they lie in the page; those that have gone come last. */
  let order: readonly string[] = []
  const tell = (): void => {
    const there = order.flatMap((key) => states.get(key) ?? [])
    publish([...there, ...[...states.values()].filter((state) => !there.includes(state))])
  }

  function follow({ key, url, source }: FrameDocument): void {
    setAside(key)
    const end = startFeed(source, (feed) => {
      // It was only out of sight for a moment.
      states.delete(keyOfGone(key, feed))
      states.set(key, { key, kind: 'frame', url, feed, gone: false })
      tell()
    })
    ends.set(key, end)
  }

  /** What a document told stays; one that told nothing is nothing to look at. */
  function lose(key: string): void {
    ends.get(key)?.()
    ends.delete(key)
    const state = states.get(key)
    if (state === undefined || state.feed.timeline.facts.length === 0) states.delete(key)
    else states.set(key, { ...state, gone: true })
    const gone = [...states.values()].filter((one) => one.gone)
    for (const one of gone.slice(0, -MOST_GONE)) states.delete(one.key)
  }

  /** Another document is where this one was. */
  function setAside(key: string): void {
    const before = states.get(key)
    if (before === undefined) return
    states.delete(key)
    const asideKey = keyOfGone(key, before.feed)
    states.set(asideKey, { ...before, key: asideKey })
  }

  function endAll(): void {
    for (const end of ends.values()) end()
    ends.clear()
  }

  const stop = source.start({
    frames(documents) {
      const there = new Set(documents.map(({ key }) => key))
      for (const key of [...ends.keys()]) if (!there.has(key)) lose(key)
      for (const document of documents) if (!ends.has(document.key)) follow(document)
      order = [...there]
      tell()
    },
    left() {
      endAll()
      states.clear()
      tell()
    },
  })
  return () => {
    stop()
    endAll()
  }
}

const keyOfGone = (key: string, { epoch }: FeedState): string => `${key} ${epoch}`
