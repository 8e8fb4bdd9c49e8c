// How a rule's findings become a verdict: what the recording does not know decides between `clear` and `cannot-tell`.

import type { Millis } from '../../../runtime/protocol'
import { Effort } from '../effort'
import type { Finding, Verdict } from '../finding'
import { MOST_FINDINGS } from '../limits'
import { completeness } from '../selectors/completeness'
import { grouped } from '../selectors/grouped'
import type { World } from '../world'
import type { Group } from './source-line'

/** What a rule says of the cases of one line. */
export type Found = Omit<Finding, 'repeats'>

/**
 * A verdict of one finding for each line, the newest as long as the effort lasts. `subject` says what may have gone unseen: `a
 * refused reset`; `at` when a case happened; `unseen` what this rule needs to know, and does not.
 */
export function conclude<Case>(
  world: World,
  groups: readonly Group<Case>[],
  find: (group: Group<Case>, effort: Effort) => Found,
  at: (one: Case) => Millis,
  subject: string,
  unseen: string | null = null,
): Verdict {
  const findings: Finding[] = []
  const effort = new Effort()
  for (const group of groups.slice(-MOST_FINDINGS).reverse()) {
    const found = find(group, effort)
    // What was found with half an effort is not told.
    if (effort.isSpent) break
    const repeats = { count: group.count, first: at(group.oldest), last: at(group.newest) }
    findings.push({ ...found, repeats })
  }
  findings.reverse()
  const left = groups.length - findings.length
  return verdictOf(world, findings, subject, left > 0 ? tooMuch(left) : null, unseen)
}

/** The same of findings that are no cases of lines. `tooMuch` says what was not looked at. */
export function verdictOf(
  world: World,
  findings: Finding[],
  subject: string,
  tooMuch: string | null = null,
  unseen: string | null = null,
): Verdict {
  const why = tooMuch ?? whatIsUnknown(world, subject) ?? unseen
  if (why !== null) return { verdict: 'cannot-tell', why, findings }
  return findings.length > 0 ? { verdict: 'found', findings } : { verdict: 'clear' }
}

const tooMuch = (left: number): string =>
  `There is more than can be looked at: ${grouped(left)} ${left === 1 ? 'problem is' : 'problems are'} left out.`

function whatIsUnknown(world: World, subject: string): string | null {
  if (world.seq === 0) return 'Nothing is recorded yet.'
  if (world.missing.length > 0) return `${completeness(world).sentence}; ${subject} may be among them.`
  if (world.runtime === null) return `No runtime was recorded; ${subject} cannot be told.`
  if (world.runtime.late) return `The recording began late; ${subject} may have come before it.`
  return null
}
