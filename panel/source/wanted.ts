// How pages are to be recorded, as the person chose it, and what the recorder of a document made of it. Its answer is compared with
// what was asked for, and nothing else of it is believed.

import type { Settings } from '../../runtime/protocol'
import { parseSettings } from '../model/recording'
import { parseConfigured } from './page-expressions'

/** What is asked for. The budget that stacks have is the recorder's own. */
export type WantedSettings = Omit<Settings, 'budget'>

export interface Wanted {
  /** The same object until something changes. */
  readonly settings: WantedSettings
  /** Tells of changes; returns what ends it. */
  subscribe(listener: () => void): () => void
}

/**
 * How a document is recorded.
 * - `wanted`: as it was asked for
 * - `own`: but for these settings, which its recorder does not know
 * - `fixed`: its recorder is older, and has no settings
 * - `unknown`: what it answered is none of a recorder's answers
 */
export type Held =
  | { state: 'wanted' }
  | { state: 'own'; settings: (keyof WantedSettings)[] }
  | { state: 'fixed' }
  | { state: 'unknown' }

/** What the answer of a document to `configureExpression(wanted)` means. */
export function heldOf(answer: unknown, wanted: WantedSettings): Held {
  const configured = parseConfigured(answer)
  if (configured.found === 'fixed') return { state: 'fixed' }
  const held = configured.found === 'settings' ? parseSettings(configured.settings) : null
  if (held === null) return { state: 'unknown' }
  const names = Object.keys(wanted) as (keyof WantedSettings)[]
  const settings = names.filter((name) => held[name] !== wanted[name])
  return settings.length === 0 ? { state: 'wanted' } : { state: 'own', settings }
}
