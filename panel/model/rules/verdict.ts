// How a rule's findings become a verdict: what the recording does not know decides between `clear` and `cannot-tell`.

import type { Finding, Verdict } from '../finding'
import { completeness } from '../selectors/completeness'
import type { World } from '../world'

/** `subject` says what may have gone unseen: `a refused reset`. */
export function conclude(world: World, findings: Finding[], subject: string): Verdict {
  const why = whatIsUnknown(world, subject)
  if (why !== null) return { verdict: 'cannot-tell', why, findings }
  return findings.length > 0 ? { verdict: 'found', findings } : { verdict: 'clear' }
}

function whatIsUnknown(world: World, subject: string): string | null {
  if (world.seq === 0) return 'Nothing is recorded yet.'
  if (world.missing.length > 0) return `${completeness(world).sentence}; ${subject} may be among them.`
  if (world.runtime === null) return `No runtime was recorded; ${subject} cannot be told.`
  if (world.runtime.late) return `The recording began late; ${subject} may have come before it.`
  return null
}
