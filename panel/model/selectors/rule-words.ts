// What a rule is about, for somebody who meets it first: it stands with each of its findings.

import type { RuleId } from '../finding'
import { rules, rulesOnRequest } from '../rules'

const whys: ReadonlyMap<RuleId, string> = new Map([...rules, ...rulesOnRequest].map(({ id, why }) => [id, why]))

export const whyItMatters = (rule: RuleId): string => whys.get(rule) ?? ''
