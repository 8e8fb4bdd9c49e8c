// Whether what a page answers can be what a recorder says. The facts of an answer may be well made, each by itself, and the answer
// still be nobody's: a log counts upwards, goes on where it was read to, and is of one document.

import type { Batch, Where } from '../../runtime/protocol'

/** How far the log of a recording has been read. */
export interface Reading {
  /** Null before the first answer. */
  epoch: string | null
  /** The number of the newest fact that was read. */
  asked: number
}

/** A batch, and how many facts it told, understood or not. */
export interface Told {
  batch: Batch
  told: number
}

/** What contradicts itself or what was read before, as the rest of a sentence; null where nothing does. */
export function contradiction({ batch, told }: Told, where: Where, { epoch, asked }: Reading): string | null {
  if (where.epoch !== batch.epoch) return 'speaks of two documents at once'
  let newest = asked
  for (const { seq } of batch.facts) {
    if (seq <= newest) return 'counts its facts backwards'
    newest = seq
  }
  if (batch.facts.length > 0 && newest > batch.last) return 'tells more facts than it has'
  // Another document was asked for a number that is not of its own.
  if (epoch !== null && epoch !== batch.epoch) return null
  if (batch.last < asked) return 'takes back what it told'
  return told === 0 && batch.last > asked ? 'has facts that it does not tell' : null
}
