// What somebody outside asks of a recording, read from text: what is no setting, or no value for one, is left out.

import type { Settings } from '../protocol'
import { decode } from './decode'

/** The part of the page's time that stacks may take. */
export const DEFAULT_BUDGET = 0.05

/** A log that keeps less than this tells nothing. */
const FEWEST_FACTS = 100
const FEWEST_BYTES = 100_000

export function readSettings(text: string): Partial<Settings> {
  const asked: Partial<Settings> = {}
  const { stacks, budget, facts, bytes, callbacks, previews, events } = recordOf(text)
  if (stacks === 'all' || stacks === 'sampled' || stacks === 'none') asked.stacks = stacks
  if (typeof budget === 'number' && budget > 0 && budget <= 1) asked.budget = budget
  if (Number.isSafeInteger(facts) && Number(facts) >= FEWEST_FACTS) asked.facts = Number(facts)
  if (Number.isSafeInteger(bytes) && Number(bytes) >= FEWEST_BYTES) asked.bytes = Number(bytes)
  if (callbacks === 'counted' || callbacks === 'told') asked.callbacks = callbacks
  if (previews === 'small' || previews === 'usual' || previews === 'large') asked.previews = previews
  if (events === 'cause' || events === 'registration' || events === 'dispatch') asked.events = events
  return asked
}

function recordOf(text: string): Record<string, unknown> {
  const value = decode(text)
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}
