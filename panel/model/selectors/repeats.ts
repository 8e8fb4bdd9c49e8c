// How often a line made its mistake, from when to when, and whether it goes on.

import type { Finding } from '../finding'
import type { World } from '../world'
import { grouped } from './grouped'
import { duration, moment } from './times'

/** As long as this, nothing has to be said of what was recorded since the last time. */
const LATELY = 1_000

/** `12 times, from 1.204 s to 48.031 s, and not in the 3.0 s since`; null for what happened once. */
export function repeatsText(world: World, { repeats }: Pick<Finding, 'repeats'>): string | null {
  if (repeats === null || repeats.count < 2) return null
  const { count, first, last } = repeats
  const [from, to] = [moment(first), moment(last)]
  const when = from === to ? `at ${from}` : `from ${from} to ${to}`
  const since = world.at - last
  return `${grouped(count)} times, ${when}${since < LATELY ? '' : `, and not in the ${duration(since)} since`}`
}
