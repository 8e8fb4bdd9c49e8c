// Everything that the screen depends on, as one plain value, and the questions that several views ask of it.

import type { ContextId, Recording } from '../../runtime/protocol'
import { emptyFeed, type FeedState } from './feed'

/** A file that was opened in place of the page. */
export interface OpenedFile {
  name: string
  page: Recording['page']
  /** How many facts of it were not understood and left out. */
  ignored: number
  feed: FeedState
}

export interface SessionState {
  page: FeedState
  file: OpenedFile | null
  /** The last file that could not be opened, and why. */
  refusal: { name: string; why: string } | null
  /** What the person chose to look at; null follows what is current in the page. */
  chosen: ContextId | null
  collapsed: ReadonlySet<ContextId>
  query: string
  hideEnded: boolean
  /** The problem that is open, by its id. */
  problem: string | null
  /** Which of the three parts a narrow panel shows; a wide one shows all. */
  part: Part
}

export type Part = 'contexts' | 'details' | 'problems'

/** How the screen is when it turns to other facts: the ids of one recording mean nothing in another. */
export const FRESH_LOOK = { chosen: null, collapsed: new Set<ContextId>(), query: '', problem: null } as const

export function initialState(): SessionState {
  return { page: emptyFeed(), file: null, refusal: null, hideEnded: false, part: 'contexts', ...FRESH_LOOK }
}

/** What is on the screen: the opened file, else the page. */
export function shownFeed(state: SessionState): FeedState {
  return state.file?.feed ?? state.page
}

/** The context that the details speak of. */
export function selectedContext(state: SessionState): ContextId | null {
  const { where, timeline } = shownFeed(state)
  const { contexts, base } = timeline.head
  if (state.chosen !== null && contexts.has(state.chosen)) return state.chosen
  const current = where?.current ?? null
  return current !== null && contexts.has(current) ? current : base
}

/**
 * The context that the page stands in while it is paused; null while it runs. A question from outside is answered between two
 * turns of the page, where the base context is current, unless the page stands still in the middle of one.
 */
export function pausedContext(state: SessionState): ContextId | null {
  const { where, timeline, link } = shownFeed(state)
  if (link.state !== 'live' || where === null || where.current === timeline.head.base) return null
  return where.current
}

/** The page is recorded, but not from its start; a reload would mend that. */
export function beganLate(state: SessionState): boolean {
  const { link, timeline } = shownFeed(state)
  return link.state === 'live' && timeline.head.runtime?.late === true
}

/** The page under inspection is not recorded from its first script on, whatever is on the screen. */
export function missedStart({ page: { link, timeline } }: SessionState): boolean {
  return link.state === 'no-runtime' || (link.state === 'live' && timeline.head.runtime?.late === true)
}
