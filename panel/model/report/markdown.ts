// The report for a bug tracker. Names and values are the page's and may contain anything, so they are escaped where Markdown
// would read them.

import type { Recording } from '../../../runtime/protocol'
import type { Evidence, Finding, RuleId } from '../finding'
import { oneLine } from '../plain-text'
import { judge } from '../rules'
import { placeText } from '../selectors/frames'
import { grouped } from '../selectors/grouped'
import { repeatsText } from '../selectors/repeats'
import { whyItMatters } from '../selectors/rule-words'
import type { World } from '../world'
import { fixLines } from './fix-text'
import { countText, mutedText } from './text'
import { summaryText, treeText } from './tree-text'

/** What is said of a recording beside its facts. */
type About = Pick<Recording, 'page'> & Partial<Pick<Recording, 'tool' | 'mutes'>>

export function reportMarkdown(world: World, { page, tool, mutes = [] }: About, also: readonly RuleId[] = []): string {
  const { findings, muted, unknown } = judge(world, { mutes, also, ends: true })
  const reasons = [...new Set(unknown.map(({ why }) => why))]
  return [
    `# Contexts of ${escapeText(page.title || page.url)}`,
    '',
    `- Page: ${escapeText(page.url)}`,
    ...(page.browser === undefined ? [] : [`- Browser: ${escapeText(page.browser)}`]),
    `- Exported: ${escapeText(page.exported)}`,
    `- Recorded: ${escapeText(summaryText(world))}`,
    ...(tool === undefined ? [] : [`- By: ${escapeText(`${tool.name} ${tool.version}`)}`]),
    '',
    `## Problems: ${countText(findings)}`,
    '',
    ...findings.flatMap((finding, place) =>
      problem(world, finding, findings.findIndex(({ rule }) => rule === finding.rule) === place),
    ),
    ...(muted.length === 0
      ? []
      : [
          `Muted: ${countText(muted.map(({ finding }) => finding))}`,
          '',
          ...muted.map((one) => `- ${escapeText(mutedText(one))}`),
          '',
        ]),
    ...reasons.flatMap((why) => [`Not everything could be judged: ${escapeText(why)}`, '']),
    // Long, and looked at last: an issue shows it folded.
    '<details>',
    `<summary>Contexts: ${grouped(world.contexts.size)}</summary>`,
    '',
    ...fenced(treeText(world)),
    '',
    '</details>',
    '',
  ].join('\n')
}

/** What its rule is about is said once. */
function problem(world: World, finding: Finding, isFirst: boolean): string[] {
  const repeats = repeatsText(world, finding)
  return [
    `### ${finding.severity}: ${escapeText(finding.title)}`,
    '',
    escapeText(finding.what),
    '',
    ...(isFirst ? [escapeText(whyItMatters(finding.rule)), ''] : []),
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
