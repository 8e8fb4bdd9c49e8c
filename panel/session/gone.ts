// Documents that have gone and stay to be looked at: the newest, as many as there is room for.

import { KEPT_BYTES } from '../model/limits'
import type { DocumentState } from './frames'

/** More of them nobody looks through. */
const MOST_GONE = 10

/** Of these, which come oldest first, those that are kept: the last one always, and before it what together is no more than one may be. */
export function newestGone(gone: readonly DocumentState[]): DocumentState[] {
  const kept: DocumentState[] = []
  let bytes = 0
  for (const one of gone.slice(-MOST_GONE).reverse()) {
    bytes += one.feed.timeline.bytes
    if (kept.length > 0 && bytes > KEPT_BYTES) break
    kept.unshift(one)
  }
  return kept
}
