// What a page has of a worker's log: where the worker stood, and one batch. It asks for the next when it is asked itself, so that a
// worker that nobody reads keeps its log to itself.

import { type PackedBatch, PROTOCOL_VERSION } from '../protocol'
import { type Channel, openChannel } from './channel'
import { encode } from './encode'
import { isArray, now } from './natives'
import { DEFAULT_BUDGET, readSettings } from './settings'

/** Milliseconds after which a question that was not answered is put again, and after which nobody is thought to answer. */
const ASK_AGAIN = 1_000
const SILENCE = 5_000
/** Characters of a batch: no recorder of ours sends as many. */
const LONGEST_TEXT = 64 * 2 ** 20

export class WorkerLink {
  readonly #channel: Channel
  readonly #told: (made: string) => void
  #epoch: string | null = null
  #last = 0
  #where = ''
  /** The facts after this number. */
  #after = -1
  #batch = ''
  /** The question that is open, when it was put, and since when none was answered. */
  #asked = -1
  #askedAt = 0
  #unansweredSince = Infinity

  /** `told` is given whatever text the worker says of those that it made. */
  constructor(channelName: string, told: (made: string) => void) {
    this.#told = told
    this.#channel = openChannel(channelName, (message) => this.#hear(message))
    // It may have greeted before anybody listened.
    this.#channel.post(null)
  }

  /** Null before anything answered. */
  get state(): 'reached' | 'silent' | null {
    if (this.#epoch === null) return null
    return now() - this.#unansweredSince > SILENCE ? 'silent' : 'reached'
  }

  where(): string {
    return this.#where
  }

  /** The worker takes them when it hears of them. Its recorder is the page's own, so what it makes of them is known. */
  configure(settings: string): string {
    this.#channel.post(settings)
    return encode({ budget: DEFAULT_BUDGET, ...readSettings(settings) })
  }

  packed(after: number): string {
    const isHeld = after === this.#after
    // With facts in it, the next question goes on where it ends.
    if (!isHeld || this.#last === after) this.#ask(after)
    return isHeld ? this.#batch : this.#nothingAfter(after)
  }

  close(): void {
    this.#channel.close()
  }

  #ask(after: number): void {
    const time = now()
    if (after === this.#asked && time - this.#askedAt < ASK_AGAIN) return
    this.#asked = after
    this.#askedAt = time
    this.#unansweredSince = Math.min(this.#unansweredSince, time)
    this.#channel.post(after)
  }

  #nothingAfter(last: number): string {
    const batch: PackedBatch = {
      protocol: PROTOCOL_VERSION,
      epoch: this.#epoch ?? '',
      rows: [],
      stacks: {},
      last,
      bytes: 0,
      capacity: 0,
      silent: 0,
    }
    return encode(batch)
  }

  /** What is no `WorkerAnswer` is left; what is one was still made by whoever is on the channel, and is for the reader to judge. */
  #hear(message: unknown): void {
    if (isText(message)) this.#told(message)
    if (!isArray(message)) return
    const [epoch, last, where, after, batch] = message as unknown[]
    if (!isText(epoch) || typeof last !== 'number' || !isText(where)) return
    this.#epoch = epoch
    this.#last = last
    this.#where = where
    if (typeof after === 'number' && isText(batch)) {
      this.#after = after
      this.#batch = batch
      this.#asked = -1
      this.#unansweredSince = Infinity
    }
  }
}

const isText = (value: unknown): value is string => typeof value === 'string' && value.length <= LONGEST_TEXT
