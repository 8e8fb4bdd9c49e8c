// How a rule's findings become a verdict: what the recording does not know decides between `clear` and `cannot-tell`.

import { Effort } from '../effort'
import type { Finding, Verdict } from '../finding'
import { MOST_FINDINGS } from '../limits'
import { completeness } from '../selectors/completeness'
import type { World } from '../world'

/**
 * A verdict of one finding for each case, the newest as long as the effort lasts. `subject` says what may have gone unseen: `a
 * refused reset`.
 */
export function conclude<Case>(
  world: World,
  cases: readonly Case[],
  find: (one: Case, effort: Effort) => Finding,
  subject: string,
): Verdict {
  const findings: Finding[] = []
  const effort = new Effort()
  for (const one of cases.slice(-MOST_FINDINGS).reverse()) {
    const finding = find(one, effort)
    // What was found with half an effort is not told.
    if (effort.isSpent) break
    findings.push(finding)
  }
  findings.reverse()
  const left = cases.length - findings.length
  const why = left > 0 ? tooMuch(left) : whatIsUnknown(world, subject)
  if (why !== null) return { verdict: 'cannot-tell', why, findings }
  return findings.length > 0 ? { verdict: 'found', findings } : { verdict: 'clear' }
}

const tooMuch = (left: number): string =>
  `There is more than can be looked at: ${left.toLocaleString('en-US')} ${left === 1 ? 'problem is' : 'problems are'} left out.`

function whatIsUnknown(world: World, subject: string): string | null {
  if (world.seq === 0) return 'Nothing is recorded yet.'
  if (world.missing.length > 0) return `${completeness(world).sentence}; ${subject} may be among them.`
  if (world.runtime === null) return `No runtime was recorded; ${subject} cannot be told.`
  if (world.runtime.late) return `The recording began late; ${subject} may have come before it.`
  return null
}
