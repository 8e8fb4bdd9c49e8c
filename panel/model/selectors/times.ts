// How moments and lengths of time are said, on the screen and in reports.

import type { Millis } from '../../../runtime/protocol'

/** A moment, counted from when the page was opened: `12.4 ms`, `3.204 s`, `12:03.2`. */
export function moment(at: Millis): string {
  const tenths = Math.round(at * 10)
  if (tenths < 10_000) return `${(tenths / 10).toFixed(1)} ms`
  const milliseconds = Math.round(at)
  if (milliseconds < 60_000) return `${(milliseconds / 1000).toFixed(3)} s`
  const tenthsOfSeconds = Math.round(at / 100)
  const seconds = ((tenthsOfSeconds % 600) / 10).toFixed(1).padStart(4, '0')
  return `${Math.floor(tenthsOfSeconds / 600)}:${seconds}`
}

/** How long something lasts: `0.3 s`, `42 s`, `5 min`, `3 h`. */
export function duration(milliseconds: number): string {
  const seconds = Math.max(milliseconds, 0) / 1000
  if (seconds < 10) return `${seconds.toFixed(1)} s`
  if (seconds < 120) return `${Math.round(seconds)} s`
  if (seconds < 7200) return `${Math.round(seconds / 60)} min`
  return `${Math.round(seconds / 3600)} h`
}
