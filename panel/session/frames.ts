// The documents in the frames of the page, and its workers, each with a feed of its own. One that has gone stays to be looked at, until
// the page itself goes elsewhere.

import type { WorkerNote } from '../../runtime/protocol'
import type { FrameDocument, FrameSource } from '../source/frames'
import { emptyFeed, endedFeed, type FeedState, judgedAnew, startFeed } from './feed'
import { newestGone } from './gone'
import type { KeptJudging } from './judging'

/** A document of the page, a worker, or a document that the page was before, and what it told. */
export interface DocumentState {
  key: string
  kind: 'page' | 'frame' | 'worker'
  url: string
  /** What is known of a worker. */
  worker: WorkerNote | null
  feed: FeedState
  /** The frame was removed or went elsewhere, the worker was ended, or the page went elsewhere. */
  gone: boolean
}

/** Follows the frames and publishes them after every change, and how many are closed to the panel. Returns what ends it. */
export function startFrames(
  source: FrameSource,
  publish: (frames: readonly DocumentState[]) => void,
  kept: KeptJudging,
  closed: (count: number) => void = () => {},
): () => void {
  const states = new Map<string, DocumentState>()
  const ends = new Map<string, () => void>()
  /** As they lie in the page; those that have gone come last. */
  let order: readonly string[] = []
  const tell = (): void => {
    const there = order.flatMap((key) => states.get(key) ?? [])
    publish([...there, ...[...states.values()].filter((state) => !there.includes(state))])
  }

  function arrive(document: FrameDocument): void {
    const { key, url, worker } = document
    setAside(key)
    // A worker is there also where nothing of it is heard.
    if (worker !== null) states.set(key, { key, kind: 'worker', url, worker, feed: emptyFeed(), gone: false })
    if (isHeard(worker)) follow(document)
  }

  function follow({ key, url, worker, source }: FrameDocument): void {
    const kind = worker === null ? 'frame' : 'worker'
    const end = startFeed(
      source,
      (feed) => {
        // It was only out of sight for a moment, or is reached in another way now.
        for (const { key, gone, feed: before } of [...states.values()]) {
          if (gone && before.epoch === feed.epoch) states.delete(key)
        }
        states.set(key, { key, kind, url, worker: states.get(key)?.worker ?? worker, feed, gone: false })
        tell()
      },
      kept,
    )
    ends.set(key, end)
  }

  /** A worker may be heard only after a while, and then no more. */
  function heed(document: FrameDocument): void {
    const { key, worker } = document
    const state = states.get(key)
    if (worker === null || state === undefined) return
    states.set(key, { ...state, worker })
    if (isHeard(worker) && !ends.has(key)) follow(document)
  }

  /** What a document told stays; one that told nothing is nothing to look at. */
  function lose(key: string): void {
    ends.get(key)?.()
    ends.delete(key)
    const state = states.get(key)
    if (state === undefined || state.feed.timeline.facts.length === 0) states.delete(key)
    else states.set(key, { ...state, feed: endedFeed(state.feed, kept.judging), gone: true })
    const gone = [...states.values()].filter((one) => one.gone)
    const stay = newestGone(gone)
    for (const one of gone) if (!stay.includes(one)) states.delete(one.key)
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

  const unwatch = kept.subscribe(() => {
    for (const [key, state] of states) {
      if (state.gone) states.set(key, { ...state, feed: judgedAnew(state.feed, kept.judging) })
    }
    tell()
  })
  const stop = source.start({
    frames(documents) {
      const there = new Set(documents.map(({ key }) => key))
      const before = new Set(order)
      for (const key of before) if (!there.has(key)) lose(key)
      for (const document of documents) {
        if (before.has(document.key)) heed(document)
        else arrive(document)
      }
      order = [...there]
      tell()
    },
    closed,
    left() {
      endAll()
      states.clear()
      order = []
      tell()
    },
  })
  return () => {
    stop()
    unwatch()
    endAll()
  }
}

const isHeard = (worker: WorkerNote | null): boolean =>
  worker === null || worker.state === 'reached' || worker.state === 'silent'

const keyOfGone = (key: string, { epoch }: FeedState): string => `${key} ${epoch}`
