// Every rule, and what they make of a world. To add one: a file beside this, a name in `RuleId`, a line in the list. What is not told, and why:
// ARCHITECTURE.md, “What no rule tells”.

import type { Mute } from '../../../runtime/protocol'
import type { Finding, Rule, RuleId, Severity } from '../finding'
import { type Muted, partMuted } from '../mutes'
import type { World } from '../world'
import { alreadyEntered } from './already-entered'
import { carriedOver } from './carried-over'
import { contextLost } from './context-lost'
import { defaultChanged } from './default-changed'
import { forgottenReset, forgottenResetAtEnd, forgottenResetForGood } from './forgotten-reset'
import { lookForForgotten } from './forgotten-sets'
import { keptByTimer } from './kept-by-timer'
import { leftInCopy, toldWith } from './left-in-copy'
import { leftUnrecorded } from './left-unrecorded'
import { listenerElsewhere } from './listener-elsewhere'
import { lookupWithoutValue } from './lookup-without-value'
import { notReduced } from './not-reduced'
import { openAtEnd } from './open-at-end'
import { outOfOrderReset } from './out-of-order-reset'
import { outlivedValue } from './outlived-value'
import { refusalSwallowed } from './refusal-swallowed'
import { setTooLate } from './set-too-late'
import { tokenOtherContext } from './token-other-context'
import { tokenOtherVariable } from './token-other-variable'
import { tokenUsedTwice } from './token-used-twice'
import { variableMadeAgain } from './variable-made-again'
import { withoutEffect } from './without-effect'

export const rules: readonly Rule[] = [
  tokenUsedTwice,
  tokenOtherVariable,
  tokenOtherContext,
  refusalSwallowed,
  alreadyEntered,
  lookupWithoutValue,
  contextLost,
  outOfOrderReset,
  forgottenReset,
  setTooLate,
  leftInCopy,
  carriedOver,
  keptByTimer,
  variableMadeAgain,
  defaultChanged,
  notReduced,
  leftUnrecorded,
]

const withForgotten = (other: Rule): readonly Rule[] => rules.map((rule) => (rule === forgottenReset ? other : rule))

/** The same for who takes nothing back that was told, as a console does not. */
export const rulesForGood = withForgotten(forgottenResetForGood)

/** The same for what was recorded and is over. */
export const rulesAtEnd = withForgotten(forgottenResetAtEnd)

/** What is mostly meant to be so, and is told only where somebody asks for it. */
export const rulesOnRequest: readonly Rule[] = [outlivedValue, listenerElsewhere, withoutEffect]

export interface Judgement {
  /** Errors, warnings, infos; within each, the one with the newest evidence first. */
  findings: Finding[]
  /** In the same order, what somebody muted; then what is told with that. */
  muted: Muted[]
  /** Rules that know too little to say that there is nothing else. */
  unknown: { rule: RuleId; why: string }[]
}

/** Nobody asked the rules. */
export const NOT_JUDGED: Judgement = { findings: [], muted: [], unknown: [] }

/** What counts, and what does it; all rules where nothing else is said, and nothing muted. */
export interface Judging {
  by?: readonly Rule[]
  mutes?: readonly Mute[]
  /** Of the rules on request, those that are asked for. */
  also?: readonly RuleId[]
  /** Whether nothing follows, as in a file. */
  ends?: boolean
}

/**
 * What takes long of the first judgement of a world, in parts: a look at so many of its tokens. Answers whether nothing is left of it. What
 * breaks here breaks again when its rule is asked, which says so.
 */
export function lookAhead(world: World, most: number): boolean {
  try {
    return lookForForgotten(world, most)
  } catch {
    return true
  }
}

export function judge(world: World, { by = rules, mutes = [], also = [], ends = false }: Judging = {}): Judgement {
  const findings: Finding[] = []
  const unknown: Judgement['unknown'] = []
  for (const rule of [...by, ...rulesOnRequest.filter(({ id }) => also.includes(id))]) {
    try {
      const verdict = rule.judge(world)
      if (verdict.verdict !== 'clear') findings.push(...verdict.findings)
      if (verdict.verdict === 'cannot-tell') unknown.push({ rule: rule.id, why: verdict.why })
    } catch (error) {
      findings.push(failure(rule, error))
    }
  }
  const open = ends ? openAtEnd(world) : null
  if (open !== null) unknown.push({ rule: forgottenReset.id, why: open })
  for (const finding of findings) finding.evidence.sort((a, b) => a.seq - b.seq)
  findings.sort((a, b) => ORDER[a.severity] - ORDER[b.severity] || newest(b) - newest(a))
  return { ...onceEach(partMuted(world, findings, mutes)), unknown }
}

/**
 * What is told with another finding is not told beside it. Where that one is muted, so is this: whoever muted it has read both, and finds
 * both among what is muted.
 */
function onceEach({ findings, muted }: Pick<Judgement, 'findings' | 'muted'>): Pick<Judgement, 'findings' | 'muted'> {
  const told = new Set(findings.flatMap((finding) => toldWith(finding) ?? []))
  const mutes = new Map(muted.map(({ finding, mute }) => [toldWith(finding), mute]))
  const apart: Muted[] = []
  const rest = findings.filter((finding) => {
    const mute = mutes.get(finding.id)
    if (mute !== undefined) apart.push({ finding, mute })
    return mute === undefined && !told.has(finding.id)
  })
  return { findings: rest, muted: [...muted, ...apart] }
}

const ORDER: Record<Severity, number> = { error: 0, warning: 1, info: 2 }

const newest = (finding: Finding): number => finding.evidence.at(-1)?.seq ?? 0

/** A rule that breaks must not look like one that found nothing. */
function failure(rule: Rule, error: unknown): Finding {
  return {
    id: `${rule.id} failed`,
    rule: rule.id,
    severity: 'warning',
    title: `This rule failed: ${rule.title}`,
    what: `The rule broke while it judged this recording (${error instanceof Error ? error.message : String(error)}), so what it looks for was not checked.`,
    advice: 'Export the recording and attach it to a bug report about Contextvars DevTools.',
    fix: [],
    stack: null,
    context: null,
    variable: null,
    token: null,
    evidence: [],
    repeats: null,
    crossing: null,
  }
}
