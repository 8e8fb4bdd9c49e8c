// The report for programs: the problems with their places, and the tree with its values, in plain JSON.

import type { Mute, Recording, StackId } from '../../../runtime/protocol'
import type { Finding, RuleId } from '../finding'
import { templateOf } from '../paste/template'
import { judge } from '../rules'
import { completeness } from '../selectors/completeness'
import { frameAt } from '../selectors/frames'
import { contextPhrase, entryLabel, variableName } from '../selectors/labels'
import { isInherited } from '../values'
import type { ContextEntry, World } from '../world'
import { summaryText } from './tree-text'

export function reportJson(
  world: World,
  page: Recording['page'],
  mutes: readonly Mute[] = [],
  also: readonly RuleId[] = [],
): string {
  const { findings, muted, unknown } = judge(world, { mutes, also, ends: true })
  const { last, lost, missing } = completeness(world)
  const report = {
    page,
    summary: summaryText(world),
    complete: { last, lost, missing },
    /** When the newest fact happened: what repeats is to be compared with it. */
    until: world.at,
    problems: findings.map((finding) => problem(world, finding)),
    muted: muted.map(({ finding, mute }) => ({ ...problem(world, finding), reason: mute.reason })),
    unknown,
    contexts: [...world.contexts.values()].map((entry) => context(world, entry)),
  }
  return `${JSON.stringify(report, null, 2)}\n`
}

function problem(world: World, finding: Finding) {
  const { rule, severity, title, what, advice, context, variable, stack, repeats, evidence } = finding
  return {
    rule,
    severity,
    title,
    what,
    advice,
    fix: finding.fix.map((change) => ({
      kind: change.kind,
      line: templateOf(change),
      at: place(world, change.stack, change.frame),
    })),
    context: context === null ? null : { id: context, name: contextPhrase(world, context) },
    variable: variable === null ? null : variableName(world, variable),
    at: place(world, stack),
    repeats,
    evidence: evidence.map(({ seq, label, context, stack }) => ({ seq, label, context, at: place(world, stack) })),
  }
}

function context(world: World, entry: ContextEntry) {
  const { id, parent, kind, state, stack, holdings } = entry
  return {
    id,
    parent,
    name: entryLabel(world, entry),
    kind,
    state,
    at: place(world, stack),
    values: [...holdings.values()].map((holding) => ({
      variable: variableName(world, holding.variable),
      value: holding.value.text,
      inherited: isInherited(entry, holding),
      at: place(world, holding.stack),
    })),
  }
}

/** `https://shop.example/app.js:40:7`, null where it is not known. */
function place(world: World, stack: StackId | null, depth = 0): string | null {
  const frame = frameAt(world.stacks, stack, depth)
  return frame === null ? null : `${frame.url}:${frame.line}:${frame.column}`
}
