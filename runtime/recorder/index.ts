// What a test suite or a playground imports as `contextvars-devtools/recorder`: recording without the extension.

import type { RecordOptions } from './recording'
import { SharedRecording } from './shared'

export type { RecordOptions } from './recording'

/**
 * Records this realm's runtime from now on.
 * `since(seq)` answers with a JSON string: the facts after number `seq`; `packed(seq)` with a shorter one. `where()` tells what is current.
 * `configure(settings)` changes how it is recorded, as JSON: `{"stacks":"sampled"}`. `stop()` detaches.
 */
export function record(options: RecordOptions = {}): {
  readonly protocol: number
  since(seq: number): string
  packed(seq: number): string
  where(): string
  configure(settings: string): string
  stop(): void
} {
  return new SharedRecording(options, true)
}
