// The log: every fact, numbered, oldest first, bounded in count and in bytes. It is the truth; a reader only holds a position
// in it. When it is full it drops its oldest facts and says so.

import type { ContextId, Fact, Gap, Millis, Seq, StackId, TokenId, VariableId } from '../protocol'
import type { Kept } from './picture'
import { ROWS, Sheet } from './sheet'
import { sizeOfFact, sizeOfWrite } from './size'

/** How much of the newest facts a log keeps, or how much of them it hands out at once. */
export interface LogLimits {
  facts: number
  /** Estimated; the objects of an engine have no exact size. */
  bytes: number
}

export const DEFAULT_LOG_LIMITS: LogLimits = { facts: 200_000, bytes: 64 * 1024 * 1024 }

/** What is kept for a reader who may never come. */
export const UNREAD_LOG_LIMITS: LogLimits = { facts: 20_000, bytes: 4 * 1024 * 1024 }

/** Sheets that were dropped and wait to be written anew: to make one takes longer than to fill it. */
const MOST_SPARE = 20

/** Dropping a tenth at once keeps the cost of a full log small and constant. */
const KEPT_WHEN_FULL = 0.9

export class Log {
  /** May change at any time. */
  limits: LogLimits
  /** From this moment on, as long as nobody reads, `UNREAD_LOG_LIMITS` hold. */
  #savesFrom = Infinity
  /** What is kept for the sake of the facts, and counts with them. */
  readonly #beside: { readonly bytes: number }
  /** The facts from the one that has the number `#begin` on; of the first sheet some may be dropped already. */
  #sheets: Sheet[] = []
  #newest = new Sheet()
  #spare: Sheet[] = []
  #begin = 1
  #first = 1
  #last = 0
  #bytes = 0
  /** Called after facts were dropped. */
  dropped: () => void = () => {}

  constructor(limits: LogLimits, beside: { readonly bytes: number } = { bytes: 0 }) {
    this.limits = limits
    this.#beside = beside
    this.#sheets.push(this.#newest)
  }

  /** The number of the oldest fact that is still here. */
  get first(): number {
    return this.#first
  }

  get last(): number {
    return this.#last
  }

  get bytes(): number {
    return this.#bytes + this.#beside.bytes
  }

  get next(): Seq {
    return (this.#last + 1) as Seq
  }

  /** Adds the fact that has the number `next`. */
  add(fact: Fact): void {
    const size = sizeOfFact(fact)
    const row = this.#nextRow()
    this.#newest.addFact(row, fact, size)
    this.#grow(size, fact.at)
  }

  /** The same for a set or a reset, of which no object is made before it is told. */
  addWrite(
    type: 'var-set' | 'var-reset',
    at: Millis,
    context: ContextId,
    variable: VariableId,
    token: TokenId,
    value: Kept | null,
    stack: StackId | null,
  ): void {
    const size = sizeOfWrite(value)
    const row = this.#nextRow()
    this.#newest.addWrite(row, type, at, context, variable, token, value, stack, size)
    this.#grow(size, at)
  }

  /** Keeps little from the moment `at` on, unless somebody reads before that; the first reader ends it. */
  saveUntilRead(at: Millis): void {
    this.#savesFrom = at
  }

  /** The stack of the fact of this number is known now. */
  place(seq: number, stack: StackId | null): void {
    if (seq >= this.#first && seq <= this.#last) this.#sheetOf(seq).place(this.#rowOf(seq), stack)
  }

  /** The facts after number `seq`, as many as `most` allows and at least one; a gap stands where facts were dropped. */
  since(seq: number, most: LogLimits): Fact[] {
    this.#savesFrom = Infinity
    if (seq + 1 >= this.#first) return this.#from(seq + 1, most)
    const gap: Gap = {
      seq: (this.#first - 1) as Seq,
      at: this.#first > this.#last ? (0 as Millis) : this.#sheetOf(this.#first).at(this.#rowOf(this.#first)),
      type: 'gap',
      from: (seq + 1) as Seq,
      to: (this.#first - 1) as Seq,
    }
    return [gap, ...this.#from(this.#first, most)]
  }

  /** Visits what names stacks: sets and resets by the one they name, other facts as they are. */
  visit(write: (stack: StackId | null) => void, other: (fact: Fact) => void): void {
    for (let seq = this.#first; seq <= this.#last; seq++) {
      const [sheet, row] = [this.#sheetOf(seq), this.#rowOf(seq)]
      const fact = sheet.object(row)
      if (fact === null) write(sheet.stack(row))
      else other(fact)
    }
  }

  #from(start: number, most: LogLimits): Fact[] {
    const facts: Fact[] = []
    let bytes = 0
    for (let seq = start; seq <= this.#last && facts.length < most.facts; seq++) {
      const [sheet, row] = [this.#sheetOf(seq), this.#rowOf(seq)]
      bytes += sheet.size(row)
      if (bytes > most.bytes && facts.length > 0) break
      facts.push(sheet.fact(row, seq as Seq))
    }
    return facts
  }

  /** The row for the next fact, in the newest sheet. */
  #nextRow(): number {
    const row = this.#rowOf(this.next)
    if (row === 0 && this.#last >= this.#begin) {
      this.#newest = this.#spare.pop() ?? new Sheet()
      this.#sheets.push(this.#newest)
    }
    return row
  }

  #grow(size: number, at: Millis): void {
    this.#last++
    this.#bytes += size
    const limits = at < this.#savesFrom ? this.limits : UNREAD_LOG_LIMITS
    if (this.#last - this.#first >= limits.facts || this.bytes > limits.bytes) this.#drop(limits)
  }

  #drop(limits: LogLimits): void {
    const facts = Math.floor(limits.facts * KEPT_WHEN_FULL)
    const bytes = limits.bytes * KEPT_WHEN_FULL - this.#beside.bytes
    const isTooMuch = (count: number, size: number): boolean =>
      this.#last - this.#first - count >= facts || this.#bytes - size > bytes
    while (this.#first < this.#last && isTooMuch(0, 0)) {
      const [sheet, row] = [this.#sheetOf(this.#first), this.#rowOf(this.#first)]
      // Most go as a whole.
      const isWhole = row === 0 && sheet !== this.#newest && isTooMuch(ROWS - 1, sheet.bytes - sheet.size(ROWS - 1))
      const count = isWhole ? ROWS : 1
      this.#bytes -= isWhole ? sheet.dropAll() : sheet.drop(row)
      this.#first += count
    }
    const empty = Math.floor((this.#first - this.#begin) / ROWS)
    this.#spare = this.#sheets.splice(0, empty).slice(0, MOST_SPARE)
    this.#begin += empty * ROWS
    this.dropped()
  }

  #rowOf(seq: number): number {
    return (seq - 1) % ROWS
  }

  #sheetOf(seq: number): Sheet {
    return this.#sheets[Math.floor((seq - this.#begin) / ROWS)] ?? this.#newest
  }
}
