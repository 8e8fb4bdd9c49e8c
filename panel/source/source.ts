// Where facts come from: the inspected page, or a file. A source knows nothing of the screen.

import type { Batch, OutlinePart, StackTable, Where } from '../../runtime/protocol'
import type { BreaksHeld } from './breaks'
import type { Live } from './live'
import type { Held } from './wanted'

/**
 * What a source says of its own link, so that the panel can always say what is the matter and what to do. Whether a runtime was
 * refused, or recorded only since late, is a fact of the recording itself.
 * - `looking`: nothing is known yet
 * - `live`: a recorder answers
 * - `no-runtime`: the page has neither a recorder nor a runtime; `unrecorded`, where it has one that nobody records
 * - `unreachable`: extensions may not run here (`why` is the browser's word)
 * - `lost`: the page does not answer as it should (crash, navigation that hangs); asked again and again
 * - `closed`: a recording that was made before
 */
export type Link =
  | { state: 'looking' }
  | { state: 'live' }
  | { state: 'no-runtime'; unrecorded?: true }
  | { state: 'unreachable'; why: string }
  | { state: 'lost'; why: string }
  | { state: 'closed' }

/** How often a source asks its page, and how far it has read. */
export interface Pace {
  /** Milliseconds until it asks again. */
  wait: number
  /** The number of the newest fact that was read, and of the newest that there is. */
  read: number
  last: number
}

export interface SourceListener {
  link(link: Link): void
  /** A new document: what came before belongs to another epoch. */
  epoch(epoch: string): void
  /** Before the first batch of a long log: which contexts live, part by part, as far as all are told. May answer with a promise, as the next. */
  outline?(part: OutlinePart, isFirst: boolean): unknown
  /** May answer with a promise, which a source awaits before it asks for more. */
  batch(batch: Batch): unknown
  /** Stacks that were told before, as it is known now where they stand. */
  stacks?(stacks: StackTable): unknown
  where(where: Where): void
  /** After each question that a recorder answered. */
  pace(pace: Pace): void
  /** How the document is recorded, where somebody asked for something. */
  held(held: Held): void
  /** Whether the document pauses where it was asked to; null where it was asked for nothing. */
  breaks?(held: BreaksHeld | null): void
}

export interface Source {
  /** Begins to deliver; returns what ends it. */
  start(listener: SourceListener): () => void
  /** Answers what values are now; absent where nobody can be asked. */
  readonly live?: Live
}
