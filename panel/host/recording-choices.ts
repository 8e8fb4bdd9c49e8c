// How pages are recorded, as the person chose it: a few sensible steps each, kept in the panel's settings. Every source asks its
// document for them.

import type { CallbackLevel, ListenerPolicy, PreviewSize, StackLevel } from '../../runtime/protocol'
import type { Wanted, WantedSettings } from '../source/wanted'
import { readSetting, watchSetting, writeSetting } from './settings'

export type { WantedSettings } from '../source/wanted'

const MB = 2 ** 20
/** How much a page's log keeps. */
export const LOG_SIZES = {
  small: { facts: 20_000, bytes: 16 * MB },
  usual: { facts: 200_000, bytes: 64 * MB },
  large: { facts: 1_000_000, bytes: 256 * MB },
}
export type LogSize = keyof typeof LOG_SIZES

export interface Choices {
  stacks: StackLevel
  previews: PreviewSize
  log: LogSize
  callbacks: CallbackLevel
  /** Of a page that brings no runtime, from the next recording on. */
  events: ListenerPolicy
  /** What the panel makes of them; no recorder is asked. */
  credentials: 'hidden' | 'shown'
  /** Those of the page's own zone.js, from the next recording on. */
  zones: 'ignored' | 'shown'
  /** What the rules say of values that outlive their work, which is mostly meant to be so. */
  outlived: 'ignored' | 'told'
  /** Of listeners that did not find what was set where they were added. */
  listeners: 'ignored' | 'told'
  /** And of variables that are set or read without effect. */
  effectless: 'ignored' | 'told'
}

/** What a recorder does that nobody asks. */
export const DEFAULT_CHOICES: Choices = {
  stacks: 'all',
  previews: 'usual',
  log: 'usual',
  callbacks: 'counted',
  events: 'cause',
  credentials: 'hidden',
  zones: 'ignored',
  outlived: 'ignored',
  listeners: 'ignored',
  effectless: 'ignored',
}

/** Every value of each, in the order of their cost. */
export const CHOICES: { readonly [Name in keyof Choices]: readonly Choices[Name][] } = {
  stacks: ['all', 'sampled', 'none'],
  previews: ['small', 'usual', 'large'],
  log: ['small', 'usual', 'large'],
  callbacks: ['counted', 'told'],
  events: ['cause', 'registration', 'dispatch'],
  credentials: ['hidden', 'shown'],
  zones: ['ignored', 'shown'],
  outlived: ['ignored', 'told'],
  listeners: ['ignored', 'told'],
  effectless: ['ignored', 'told'],
}

export interface RecordingChoices extends Wanted {
  /** The same object until something changes. */
  readonly choices: Choices
  choose(part: Partial<Choices>): void
  restore(): void
}

const SETTING = 'recording'

/** The choices of all panels of this browser: what one changes, the others hear. */
export function recordingChoices(): RecordingChoices {
  let choices = parseChoices(readSetting(SETTING))
  let settings = settingsOf(choices)
  const listeners = new Set<() => void>()

  function take(next: Choices): void {
    choices = next
    settings = settingsOf(next)
    for (const listener of [...listeners]) listener()
  }
  watchSetting(SETTING, () => take(parseChoices(readSetting(SETTING))))

  return {
    get choices() {
      return choices
    },
    get settings() {
      return settings
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    choose(part) {
      take({ ...choices, ...part })
      writeSetting(SETTING, JSON.stringify(choices))
    },
    restore() {
      this.choose(DEFAULT_CHOICES)
    },
  }
}

const settingsOf = ({ stacks, previews, log, callbacks, events }: Choices): WantedSettings => ({
  stacks,
  previews,
  callbacks,
  events,
  ...LOG_SIZES[log],
})

/** What was kept by this version or another, as far as it still is a choice. */
export function parseChoices(kept: string | null): Choices {
  const known = parsed(kept)
  const chosen = <Name extends keyof Choices>(name: Name): Choices[Name] =>
    CHOICES[name].find((choice) => choice === known[name]) ?? DEFAULT_CHOICES[name]
  return {
    stacks: chosen('stacks'),
    previews: chosen('previews'),
    log: chosen('log'),
    callbacks: chosen('callbacks'),
    events: chosen('events'),
    credentials: chosen('credentials'),
    zones: chosen('zones'),
    outlived: chosen('outlived'),
    listeners: chosen('listeners'),
    effectless: chosen('effectless'),
  }
}

function parsed(kept: string | null): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(kept ?? '{}')
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}
