// The report for a bug tracker. Names and values are the page's and may contain anything, so they are escaped where Markdown
// would read them.

import type { Mute, Recording } from '../../../runtime/protocol'
import type { Evidence, Finding } from '../finding'
import { oneLine } from '../plain-text'
import { judge } from '../rules'
import { placeText } from '../selectors/frames'
import { repeatsText } from '../selectors/repeats'
import type { World } from '../world'
import { fixLines } from './fix-text'
import { countText, mutedText } from './text'
import { summaryText, treeText } from './tree-text'

export function reportMarkdown(world: World, page: Recording['page'], mutes: readonly Mute[] = []): string {
  const { findings, muted, unknown } = judge(world, { mutes })
  const reasons = [...new Set(unknown.map(({ why }) => why))]
  return [
    `# Contexts of ${escapeText(page.title || page.url)}`,
    '',
    `- Page: ${escapeText(page.url)}`,
    `- Exported: ${escapeText(page.exported)}`,
    `- Recorded: ${escapeText(summaryText(world))}`,
    '',
    `## Problems: ${countText(findings)}`,
    '',
    ...findings.flatMap((finding) => problem(world, finding)),
    ...(muted.length === 0
      ? []
      : [
          `Muted: ${countText(muted.map(({ finding }) => finding))}`,
          '',
          ...muted.map((one) => `- ${escapeText(mutedText(one))}`),
          '',
        ]),
    ...reasons.flatMap((why) => [`Not everything could be judged: ${escapeText(why)}`, '']),
    '## Contexts',
    '',
    ...fenced(treeText(world)),
    '',
  ].join('\n')
}

function problem(world: World, finding: Finding): string[] {
  const repeats = repeatsText(world, finding)
  return [
    `### ${finding.severity}: ${escapeText(finding.title)}`,
    '',
    escapeText(finding.what),
    '',
    ...(repeats === null ? [] : [`**How often:** ${repeats}`, '']),
    `**What to do:** ${escapeAround(finding.advice)}`,
    '',
    ...fixCode(world, finding),
    ...finding.evidence.map(
      (evidence) => `- ${escapeText(`#${evidence.seq} ${evidence.label}`)}${place(world, evidence)}`,
    ),
    ...(finding.evidence.length > 0 ? [''] : []),
  ]
}

function fixCode(world: World, finding: Finding): string[] {
  const lines = fixLines(world, finding).map(({ words, isCode, place }) =>
    oneLine(
      isCode ? `${words}${place === null ? '' : ` // ${place}`}` : `// ${words}${place === null ? '' : `: ${place}`}`,
    ),
  )
  return lines.length === 0 ? [] : [...fenced(lines, 'js'), '']
}

function place(world: World, evidence: Evidence): string {
  const line = placeText(world.stacks, evidence.stack)
  return line === null ? '' : ` — ${escapeText(line)}`
}

function escapeText(text: string): string {
  return oneLine(text).replace(/[\\`*_[\]<>#|~]/g, '\\$&')
}

/** Advice is ours, and its code in backticks stays code. */
function escapeAround(advice: string): string {
  return oneLine(advice)
    .split('`')
    .map((part, index) => (index % 2 === 1 ? part : escapeText(part)))
    .join('`')
}

/** A fence longer than any run of backticks within. */
function fenced(lines: readonly string[], language = 'text'): string[] {
  const longest = lines.reduce((most, line) => Math.max(most, ...(line.match(/`+/g) ?? []).map((run) => run.length)), 2)
  const fence = '`'.repeat(longest + 1)
  return [`${fence}${language}`, ...lines, fence]
}
