// How long to wait before the page is asked again. Each question costs the page some milliseconds and leaves 0.75 KB in the
// DevTools front-end until the next navigation, so silence slows the pace down and a hidden panel asks just often enough.

/** What is known when the next question is planned. */
export interface Moment {
  /** The page has more facts than it gave. */
  behind: boolean
  /** How many questions in a row went wrong. */
  failures: number
  hidden: boolean
  /** Whether a recorder answers; a page without one is only looked at, in case it brings a runtime late. */
  recorded: boolean
  /** Milliseconds since facts came or the current context changed. */
  quiet: number
  /** How much of the page's log the newest answer filled, 0 to 1: what comes faster than it is read would be dropped. */
  share: number
}

const FAST = 50
const IDLE = 250
const SLOW = 1000
const SLOWEST_RETRY = 5000

/** A person who just acted acts again: keep up for a moment after each change. */
const LINGER = 2000
/** While hidden, never let more than this share of the log pass unread. */
const SAFE_SHARE = 1 / 8

export function delay({ behind, failures, hidden, recorded, quiet, share }: Moment): number {
  if (failures > 0) return Math.min(IDLE * 2 ** (failures - 1), SLOWEST_RETRY)
  if (behind) return 0
  if (hidden) return share > SAFE_SHARE ? IDLE : SLOW
  if (!recorded) return quiet < LINGER ? IDLE : SLOW
  return quiet < LINGER ? FAST : IDLE
}
