// What this person has muted, in all panels of this browser: what one changes, the others hear.

import type { Mute } from '../../runtime/protocol'
import { type KeptMutes, readMutes } from '../model/mutes'

/** A place that keeps a text beyond this panel, and tells when another panel wrote it. */
export interface Shelf {
  read(): string | null
  write(text: string): void
  watch(changed: () => void): void
}

/** Without a shelf, as long as the session lasts. */
export function keptMutes(shelf: Shelf | null = null): KeptMutes {
  let mutes = parseMutes(shelf?.read() ?? null)
  const listeners = new Set<() => void>()

  function take(next: readonly Mute[]): void {
    mutes = next
    for (const listener of [...listeners]) listener()
  }
  shelf?.watch(() => take(parseMutes(shelf.read())))

  return {
    get mutes() {
      return mutes
    },
    change(by) {
      // Another panel may have written a moment ago; a place that keeps nothing knows less than we do.
      const kept = shelf?.read() ?? null
      take(by(kept === null ? mutes : parseMutes(kept)))
      shelf?.write(JSON.stringify(mutes))
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** What was kept by this version or another, as far as it can be read. */
function parseMutes(kept: string | null): readonly Mute[] {
  try {
    return readMutes(JSON.parse(kept ?? '[]'))
  } catch {
    return []
  }
}
