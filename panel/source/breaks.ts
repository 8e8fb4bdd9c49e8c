// Where pages are to pause, as the person chose it, and whether a document does.

import type { BreakConditions } from '../../runtime/protocol'

export interface WantedBreaks {
  /** What holds now: nothing where all are switched off. The same object until something changes. */
  readonly conditions: BreakConditions
  /** Tells of changes; returns what ends it. */
  subscribe(listener: () => void): () => void
}

/** Whether a document pauses as it was asked to, and why not. */
export type BreaksHeld = { state: 'wanted' } | { state: 'cannot'; why: string }

export const NO_BREAKS: BreakConditions = { set: [], reset: [], default: [], tokenError: false, lookupError: false }

export const hasBreaks = ({ set, reset, default: unset, tokenError, lookupError }: BreakConditions): boolean =>
  set.length + reset.length + unset.length > 0 || tokenError || lookupError
