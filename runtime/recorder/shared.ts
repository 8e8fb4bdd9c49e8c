// A runtime has one recorder at a time, so whoever only reads joins the recording that there is: that of the extension, or the one that
// began last in this realm, whichever file of the package began it.

import { runtimeHook } from '../context/hook'
import { OUTLET_KEY } from '../protocol'
import { Recording, type RecordOptions } from './recording'

/** A recording that others find. Who began it ends it by `stop`; one that only readers have ends with the last of them. */
export class SharedRecording extends Recording {
  readonly #isOwned: boolean
  #readers = 0

  constructor(options: RecordOptions, isOwned: boolean) {
    super(options)
    this.#isOwned = isOwned
    const hook = runtimeHook()
    if (hook !== null) hook.recording = this
  }

  join({ stacks }: RecordOptions): void {
    this.#readers++
    // One reader may do without what another wants; what its owner chose stays.
    if (!this.#isOwned && stacks !== 'none') this.configure(JSON.stringify({ stacks: stacks ?? 'all' }))
  }

  leave(): void {
    this.#readers--
    if (!this.#isOwned && this.#readers === 0) this.stop()
  }

  override stop(): void {
    const hook = runtimeHook()
    if (hook?.recording === this) delete hook.recording
    super.stop()
  }
}

/** What every recording answers. */
export interface ReadLog {
  since(seq: number): string
}

export interface Reading {
  /** To be asked at each look, since another recording may have begun; null when this has ended, or nothing can be recorded. */
  log(): ReadLog | null
  end(): void
}

/** Reads what is recorded from now on; where nobody records, this does, with these options. */
export function readRecording(options: RecordOptions = {}): Reading {
  let joined: Joinable | null = null
  let hasEnded = false

  function change(next: Joinable | null): void {
    joined?.leave()
    joined = next
    next?.join(options)
  }

  function log(): ReadLog | null {
    if (hasEnded) return null
    const outlet = Reflect.get(globalThis, OUTLET_KEY) as ReadLog | undefined
    if (outlet !== undefined) {
      if (joined !== null) change(null)
      return outlet
    }
    const hook = runtimeHook()
    if (hook === null) return null
    const found = (hook.recording as Joinable | undefined) ?? new SharedRecording(options, false)
    if (found !== joined) change(found)
    return found
  }

  log()
  return {
    log,
    end() {
      if (hasEnded) return
      hasEnded = true
      change(null)
    },
  }
}

/** It may have been made by another copy of this file. */
type Joinable = ReadLog & Pick<SharedRecording, 'join' | 'leave'>
