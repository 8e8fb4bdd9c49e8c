// The report for a terminal: the tree with its values, then the problems with where they are and how to mend them.

import type { Mute } from '../../../runtime/protocol'
import type { Evidence, Finding, RuleId, Severity } from '../finding'
import type { Muted } from '../mutes'
import { oneLine } from '../plain-text'
import { type Judgement, judge } from '../rules'
import { placeText } from '../selectors/frames'
import { repeatsText } from '../selectors/repeats'
import type { World } from '../world'
import { fixTexts } from './fix-text'
import { summaryText, treeText } from './tree-text'

export function reportText(world: World, mutes: readonly Mute[] = [], also: readonly RuleId[] = []): string {
  return [
    `Contextvars: ${summaryText(world)}`,
    '',
    ...treeText(world),
    '',
    ...problemsText(world, judge(world, { mutes, also, ends: true })),
    '',
  ].join('\n')
}

export function problemsText(world: World, { findings, muted, unknown }: Judgement): string[] {
  const lines = [`Problems: ${countText(findings)}`]
  for (const finding of findings) lines.push('', ...findingText(world, finding))
  if (muted.length > 0) lines.push('', `Muted: ${countText(muted.map(({ finding }) => finding))}`)
  for (const one of muted) lines.push(`  ${mutedText(one)}`)
  // The rules mostly share one reason.
  const reasons = new Set(unknown.map(({ why }) => why))
  if (reasons.size > 0) lines.push('', 'Not everything could be judged:', ...[...reasons].map((why) => `  ${why}`))
  return lines
}

const WORDS: readonly [Severity, string, string][] = [
  ['error', 'error', 'errors'],
  ['warning', 'warning', 'warnings'],
  ['info', 'note', 'notes'],
]

/** `2 errors, 1 note`. */
export function countText(findings: readonly Finding[]): string {
  const parts = WORDS.flatMap(([severity, one, many]) => {
    const count = findings.filter((finding) => finding.severity === severity).length
    return count === 0 ? [] : [`${count} ${count === 1 ? one : many}`]
  })
  return parts.length === 0 ? 'none found' : parts.join(', ')
}

/** `Forgotten reset: user — set once, at the start`. */
export function mutedText({ finding, mute }: Muted): string {
  return oneLine(`${finding.title}${mute.reason === '' ? '' : ` — ${mute.reason}`}`)
}

export function findingText(world: World, finding: Finding): string[] {
  return [
    `${finding.severity.padEnd(7)}  ${oneLine(finding.title)}`,
    `         ${oneLine(finding.what)}`,
    ...repeats(world, finding).map((line) => `         ${line}`),
    `         → ${oneLine(finding.advice)}`,
    ...fixTexts(world, finding).map((line) => `           ${line}`),
    ...finding.evidence.map((evidence) => `         ${evidenceText(world, evidence)}`),
  ]
}

const repeats = (world: World, finding: Finding): string[] => {
  const text = repeatsText(world, finding)
  return text === null ? [] : [text]
}

/** `#12 set user = "ada" in task Alice  demo.js:40:7`. */
export function evidenceText(world: World, evidence: Evidence): string {
  const line = placeText(world.stacks, evidence.stack)
  return oneLine(`#${evidence.seq} ${evidence.label}${line === null ? '' : `  ${line}`}`)
}
