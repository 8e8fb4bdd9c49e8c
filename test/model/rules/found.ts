// Shorthand for the tests of rules: what one rule makes of a story.

import type { Finding, RuleId } from '../../../panel/model/finding'
import { rules, rulesOnRequest } from '../../../panel/model/rules'
import { type Story, story } from '../story'

export interface Judged {
  told: Story
  verdict: 'found' | 'clear' | 'cannot-tell'
  findings: Finding[]
  why: string
}

export function judged(rule: RuleId, text: string): Judged {
  const told = story(text)
  const verdict = [...rules, ...rulesOnRequest].find(({ id }) => id === rule)?.judge(told.world)
  if (verdict === undefined) throw new Error(`no rule ${rule}`)
  return {
    told,
    verdict: verdict.verdict,
    findings: verdict.verdict === 'clear' ? [] : verdict.findings,
    why: verdict.verdict === 'cannot-tell' ? verdict.why : '',
  }
}

/** Severity and title, one line each. */
export const titles = ({ findings }: Judged): string[] => findings.map(({ severity, title }) => `${severity}: ${title}`)

/** The only finding. */
export function only(one: Judged): Finding {
  const [finding, ...others] = one.findings
  if (finding === undefined || others.length > 0)
    throw new Error(`expected one finding, got ${titles(one).join(', ') || 'none'}`)
  return finding
}
