// Problems that people have looked at and found to be none, each by its rule, its variable and its line of code. Nothing is hidden for
// good: what is muted is counted apart, and its reason goes along with a recording.

import type { Mute } from '../../runtime/protocol'
import type { Finding } from './finding'
import { LONGEST_TEXT, MOST_MUTES } from './limits'
import { oneLine, plainText } from './plain-text'
import { topFrame } from './selectors/frames'
import type { World } from './world'

export interface Muted {
  finding: Finding
  mute: Mute
}

/** What one person has muted, the newest last. */
export interface KeptMutes {
  readonly mutes: readonly Mute[]
  change(by: (mutes: readonly Mute[]) => readonly Mute[]): void
  /** Tells of every change. Returns what ends it. */
  subscribe(listener: () => void): () => void
}

/** Said of what has no line. Nothing said would be any line: of the whole page, and of every other one. */
const NO_LINE = ''

/** What mutes this finding and all others of its line; one without a line, those without. */
export function muteOf(world: World, finding: Finding, reason: string): Mute {
  const variable = nameOf(world, finding)
  return {
    rule: finding.rule,
    ...(variable === null ? {} : { variable }),
    line: lineOf(world, finding) ?? NO_LINE,
    ...(finding.severity === 'info' ? { severity: 'info' } : {}),
    reason: oneLine(plainText(reason)).trim(),
  }
}

/** Parts the findings that somebody muted from the others; both stay in their order. */
export function partMuted(
  world: World,
  findings: readonly Finding[],
  mutes: readonly Mute[],
): { findings: Finding[]; muted: Muted[] } {
  const told: Finding[] = []
  const muted: Muted[] = []
  for (const finding of findings) {
    const mute = mutes.length > 0 ? mutes.find(mutesOf(world, finding)) : undefined
    if (mute === undefined) told.push(finding)
    else muted.push({ finding, mute })
  }
  return { findings: told, muted }
}

/** Whether it mutes the finding. */
function mutesOf(world: World, finding: Finding): (mute: Mute) => boolean {
  const name = nameOf(world, finding)
  const known = lineOf(world, finding)
  const isThere = (line: string): boolean =>
    known === null ? line === NO_LINE : known === line || known.endsWith(`/${line}`)
  return ({ rule, variable, line, severity }) =>
    rule === finding.rule &&
    (severity === undefined || severity === finding.severity) &&
    (variable === undefined || variable === name) &&
    (line === undefined || isThere(line))
}

const nameOf = (world: World, { variable }: Finding): string | null =>
  variable === null ? null : (world.variables.get(variable)?.name ?? null)

/** Without the column: what else is written on a line changes nothing; nor the query, which a server may change at each load. */
function lineOf(world: World, { stack }: Finding): string | null {
  const frame = topFrame(world.stacks, stack)
  return frame === null ? null : `${frame.url.replace(/[?#].*$/s, '')}:${frame.line}`
}

/** With one more, in the place of any that mutes the same. */
export const withMute = (mutes: readonly Mute[], mute: Mute): Mute[] =>
  [...withoutMute(mutes, mute), mute].slice(-MOST_MUTES)

export const withoutMute = (mutes: readonly Mute[], { rule, variable, line }: Mute): Mute[] =>
  mutes.filter((one) => one.rule !== rule || one.variable !== variable || one.line !== line)

/** Mutes as far as they are some, out of what a file or a storage holds; the newest, which come last, where there are too many. */
export function readMutes(candidate: unknown): Mute[] {
  if (!Array.isArray(candidate)) return []
  return candidate.slice(-MOST_MUTES).flatMap((one: unknown): Mute[] => {
    if (typeof one !== 'object' || one === null) return []
    const { rule, variable, line, severity, reason } = one as Record<string, unknown>
    if (typeof rule !== 'string' || typeof reason !== 'string') return []
    if ((variable !== undefined && typeof variable !== 'string') || (line !== undefined && typeof line !== 'string'))
      return []
    return [
      {
        rule: text(rule),
        ...(variable === undefined ? {} : { variable: text(variable) }),
        ...(line === undefined ? {} : { line: text(line) }),
        ...(severity === 'info' ? { severity } : {}),
        reason: text(reason),
      },
    ]
  })
}

const text = (said: string): string => oneLine(plainText(said, LONGEST_TEXT))
