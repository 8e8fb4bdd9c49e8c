// The log: every fact, numbered, oldest first, bounded in count and in bytes. It is the truth; a reader only holds a position
// in it. When it is full it drops its oldest facts and says so.

import type { Fact, Gap, Millis, Preview, Seq } from '../protocol'

/** How much of the newest facts a log keeps, or how much of them it hands out at once. */
export interface LogLimits {
  facts: number
  /** Estimated; the objects of an engine have no exact size. */
  bytes: number
}

export const DEFAULT_LOG_LIMITS: LogLimits = { facts: 200_000, bytes: 64 * 1024 * 1024 }

/** What is kept for a reader who may never come. */
export const UNREAD_LOG_LIMITS: LogLimits = { facts: 20_000, bytes: 4 * 1024 * 1024 }

/** Dropping a tenth at once keeps the cost of a full log small and constant. */
const KEPT_WHEN_FULL = 0.9

/** What an object costs beside its texts, and what a character does. */
const OBJECT_BYTES = 120
const CHARACTER_BYTES = 2

export class Log {
  readonly limits: LogLimits
  /** From this moment on, as long as nobody reads, `UNREAD_LOG_LIMITS` hold. */
  #savesFrom = Infinity
  #facts: Fact[] = []
  #sizes: number[] = []
  #last = 0
  #bytes = 0
  /** Called after facts were dropped. */
  dropped: () => void = () => {}

  constructor(limits: LogLimits) {
    this.limits = limits
  }

  get last(): number {
    return this.#last
  }

  get bytes(): number {
    return this.#bytes
  }

  get next(): Seq {
    return (this.#last + 1) as Seq
  }

  /** Adds the fact that has the number `next`. */
  add(fact: Fact): void {
    const size = sizeOf(fact)
    this.#facts.push(fact)
    this.#sizes.push(size)
    this.#last = fact.seq
    this.#bytes += size
    const limits = fact.at < this.#savesFrom ? this.limits : UNREAD_LOG_LIMITS
    if (this.#facts.length > limits.facts || this.#bytes > limits.bytes) this.#drop(limits)
  }

  /** Keeps little from the moment `at` on, unless somebody reads before that; the first reader ends it. */
  saveUntilRead(at: Millis): void {
    this.#savesFrom = at
  }

  /** The facts after number `seq`, as many as `most` allows and at least one; a gap stands where facts were dropped. */
  since(seq: number, most: LogLimits): Fact[] {
    this.#savesFrom = Infinity
    const first = this.#last - this.#facts.length + 1
    if (seq + 1 >= first) return this.#from(seq + 1 - first, most)
    const oldest = this.#facts[0]
    const gap: Gap = {
      seq: (first - 1) as Seq,
      at: oldest?.at ?? (0 as Gap['at']),
      type: 'gap',
      from: (seq + 1) as Seq,
      to: (first - 1) as Seq,
    }
    return [gap, ...this.#from(0, most)]
  }

  #from(start: number, most: LogLimits): Fact[] {
    let end = start
    let bytes = 0
    do bytes += this.#sizes[end++] ?? 0
    while (end < this.#facts.length && end - start < most.facts && bytes + (this.#sizes[end] ?? 0) <= most.bytes)
    return this.#facts.slice(start, end)
  }

  #drop(limits: LogLimits): void {
    let drop = Math.max(0, this.#facts.length - Math.floor(limits.facts * KEPT_WHEN_FULL))
    let freed = 0
    for (let index = 0; index < drop; index++) freed += this.#sizes[index] ?? 0
    const allowed = limits.bytes * KEPT_WHEN_FULL
    while (this.#bytes - freed > allowed && drop < this.#facts.length - 1) freed += this.#sizes[drop++] ?? 0
    this.#facts.splice(0, drop)
    this.#sizes.splice(0, drop)
    this.#bytes -= freed
    this.dropped()
  }
}

function sizeOf(fact: Fact): number {
  switch (fact.type) {
    case 'var-set':
      return OBJECT_BYTES + sizeOfPreview(fact.value)
    case 'var-reset':
      return OBJECT_BYTES + (fact.value === null ? 0 : sizeOfPreview(fact.value))
    case 'census': {
      let size = OBJECT_BYTES * (1 + fact.variables.length + fact.contexts.length)
      for (const context of fact.contexts) {
        for (const entry of context.entries) size += OBJECT_BYTES + sizeOfPreview(entry.value)
      }
      return size
    }
    default:
      return OBJECT_BYTES
  }
}

function sizeOfPreview(preview: Preview): number {
  let size = OBJECT_BYTES + preview.text.length * CHARACTER_BYTES
  for (const [key, value] of preview.entries ?? []) size += key.length * CHARACTER_BYTES + sizeOfPreview(value)
  return size
}
