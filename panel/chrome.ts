// For an application that is looked at with Chrome's own tools, on request only: its tasks and contexts as tracks of the Performance panel, and
// variables, contexts and tokens as the Console shows them.

import { type ReadLog, readRecording } from '../runtime/recorder/shared'
import { parseBatch } from './model/recording'
import { Tracks } from './model/tracks'

export { formatInConsole } from '../runtime/console/formatters'

/** The name that the tracks stand under. */
const GROUP = 'Contextvars'

export interface TrackOptions {
  /** Milliseconds from one look at what happened to the next. Default: 100. */
  every?: number
}

/** Milliseconds that one look may take, or a little more: the extension may have recorded for long. */
const PATIENCE = 10

/** Milliseconds. Facts of one moment have one stamp, that of the first: what happens from now on may bear a time from a little before. */
const STAMP = 2

type TimeStamp = (label: string, start: number, end: number, track: string, group: string, colour: string) => void

/**
 * Tells the Performance panel of what happens from now on, as long as it records: tasks, runs, callbacks, sets and errors, each on a track
 * of its own. Nothing of it is in the page's own performance timeline. What is recorded already is read, by the extension or by
 * `contextvars-devtools/testing`; where nobody records, this does, without stacks.
 * @returns what ends it, after a last look.
 */
export function showTracks({ every = 100 }: TrackOptions = {}): () => void {
  const stamp = console.timeStamp as unknown as TimeStamp | undefined
  if (typeof stamp !== 'function') return () => {}
  const recording = readRecording({ stacks: 'none' })
  const begin = performance.now() - STAMP
  const first = recording.log()
  let read = first && new Reader(first)
  const tell = (reader: Reader, patience: number): void => {
    for (const { label, start, end, track, colour } of reader.news(performance.now() + patience)) {
      // What a recording of before tells is needed to know what is what.
      if (end < begin) continue
      Reflect.apply(stamp, console, [label, start, end, track, GROUP, colour])
    }
  }
  const look = (patience = PATIENCE): void => {
    const log = recording.log()
    if (log === null) return
    if (read?.log !== log) {
      // Somebody else has begun to record: first what the one before had still to say.
      if (read !== null) tell(read, patience)
      read = new Reader(log)
    }
    tell(read, patience)
  }
  const timer = setInterval(() => look(), every)
  return () => {
    clearInterval(timer)
    look(Infinity)
    recording.end()
  }
}

class Reader {
  readonly log: ReadLog
  readonly #tracks = new Tracks()
  #seq = 0

  constructor(log: ReadLog) {
    this.log = log
  }

  /** At least one batch of what is new, and no more after that time. */
  *news(until: number) {
    do {
      const batch = parseBatch(this.log.since(this.#seq))
      const newest = batch?.facts.at(-1)
      if (batch == null || newest === undefined) return
      this.#seq = newest.seq
      for (const fact of batch.facts) yield* this.#tracks.take(fact)
      if (newest.seq >= batch.last) return
    } while (performance.now() < until)
  }
}
