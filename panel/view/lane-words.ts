// What a lane says to who cannot see it: `Alice, task, from 1.200 s to 3.400 s, 2 sets, 1 error`.

import type { ContextId, ContextKind, Millis } from '../../runtime/protocol'
import { contextPhrases } from '../model/selectors/labels'
import type { LaneCounts } from '../model/selectors/lanes'
import type { World } from '../model/world'
import { count, moment, whatWords } from './words'

interface Told {
  label: string
  /** Where there are many of that name. */
  number: ContextId | null
  kind: ContextKind
  what: string
  from: Millis
  /** Null where it goes on. */
  to: Millis | null
  counts: LaneCounts
}

export function laneWords({ label, number, kind, what, from, to, counts: { sets, resets, errors } }: Told): string {
  return [
    number === null ? label : `${label} ${number}`,
    ...(what === label ? [] : [whatWords({ kind, what })]),
    to === null ? `since ${moment(from)}` : `from ${moment(from)} to ${moment(to)}`,
    ...(sets > 0 ? [count(sets, 'set')] : []),
    ...(resets > 0 ? [count(resets, 'reset')] : []),
    ...(errors > 0 ? [count(errors, 'error')] : []),
  ].join(', ')
}

/** `task Bob was copied from the base context` */
export function hopWords(world: World, context: ContextId): string {
  const [to, from] = contextPhrases(world, context, world.contexts.get(context)?.parent ?? null)
  return `${to} was copied from ${from}`
}
