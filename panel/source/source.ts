// Where facts come from: the inspected page, a file, or a MessagePort. A source knows nothing of the screen.

import type { Batch, RuntimeRefused, Where } from '../../runtime/protocol'

/**
 * What a source says of its own link, so that the panel can always say what is the matter and what to do.
 * - `looking`: nothing is known yet
 * - `live`: facts flow
 * - `no-runtime`: the page has neither a recorder nor a runtime
 * - `unreachable`: extensions may not run here (`why` is the browser's word)
 * - `lost`: it was live, and the page no longer answers (crash, navigation that hangs)
 * - `closed`: a file, read to its end
 */
export type Link =
  | { state: 'looking' }
  | { state: 'live'; since: 'start' | 'late' }
  | { state: 'no-runtime' }
  | { state: 'refused'; refusal: Pick<RuntimeRefused, 'version' | 'reason' | 'advice'> }
  | { state: 'unreachable'; why: string }
  | { state: 'lost'; why: string }
  | { state: 'closed' }

export interface SourceListener {
  link(link: Link): void
  /** A new document: what came before belongs to another epoch. */
  epoch(epoch: string): void
  batch(batch: Batch): void
  where(where: Where): void
}

export interface Source {
  /** Begins to deliver; returns what ends it. */
  start(listener: SourceListener): () => void
}
