// The whole way of whatever comes from a page or a file: from text to facts, to worlds, to every selector, rule, report and export.
// Something is wrong with us if any of it throws, if a refusal is no sentence, or if what is shown is not what is there.

import { crossing } from '../../../panel/model/crossing'
import { Effort } from '../../../panel/model/effort'
import { parseRecording, parseWhere, readBatch } from '../../../panel/model/recording'
import { type RecordingOptions, toRecording } from '../../../panel/model/recording-text'
import { reportMarkdown } from '../../../panel/model/report/markdown'
import { reportText } from '../../../panel/model/report/text'
import { judge } from '../../../panel/model/rules'
import { completeness } from '../../../panel/model/selectors/completeness'
import { contextDetails } from '../../../panel/model/selectors/details'
import { difference } from '../../../panel/model/selectors/difference'
import { provenance } from '../../../panel/model/selectors/provenance'
import { treeRows } from '../../../panel/model/selectors/tree'
import { Timeline } from '../../../panel/model/timeline'
import type { World } from '../../../panel/model/world'
import { contradiction } from '../../../panel/source/coherence'
import { parseAnswer } from '../../../panel/source/page-expressions'
import type { Fact, StackTable } from '../../../runtime/protocol'
import type { Chance } from './chance'
import { page } from './specimens'

/** How an input ended: refused in a sentence, or taken in. */
export type Fate = 'refused' | 'taken in'

export function surviveFile(text: string, chance: Chance): Fate {
  const parsed = parseRecording(text)
  if (!parsed.ok) return refused(parsed.error)
  const { facts, stacks } = parsed.recording
  surviveFacts(facts, stacks, chance)
  return 'taken in'
}

export function surviveAnswer(text: string, chance: Chance): Fate {
  const answer = parseAnswer(text)
  if (answer.found !== 'recorder') return 'refused'
  const read = readBatch(answer.batch)
  const where = parseWhere(answer.where)
  if (read === null || where === null) return 'refused'
  const wrong = contradiction(read, where, { epoch: chance.oneIn(2) ? null : 'e', asked: chance.below(3) })
  if (wrong !== null) return refused(`It ${wrong}.`)
  surviveFacts(read.batch.facts, read.batch.stacks, chance)
  return 'taken in'
}

/** Facts that are well made, each by itself. */
export function surviveFacts(facts: readonly Fact[], stacks: StackTable, chance: Chance): void {
  const timeline = new Timeline({ interval: 8, most: 3 })
  const middle = chance.below(facts.length + 1)
  timeline.append(facts.slice(middle), stacks)
  timeline.append(facts.slice(0, middle), {})
  const newest = timeline.facts.at(-1)?.seq ?? 0
  hold(timeline.head.seq === newest, 'The head is the newest fact.')
  look(timeline.head, chance)
  if (timeline.facts.length > 1) look(timeline.at(chance.pick(timeline.facts).seq), chance)
  takeAlong(timeline, chance.oneIn(2) ? {} : { redaction: null })
}

const SEARCHES = ['', 'user', '(', '\\', '__proto__', '.*', '/(/', '/u./', '/(']

function look(world: World, chance: Chance): void {
  const { findings, unknown } = judge(world)
  for (const { id, title, evidence } of findings) {
    hold(!id.endsWith(' failed'), `A rule failed: ${title}`)
    evidence.forEach((one, index) => {
      hold(one.seq >= (evidence[index - 1]?.seq ?? 0), 'Evidence is in order.')
    })
  }
  for (const { why } of unknown) sentence(why)
  seeTree(world, findings)
  const query = chance.pick(SEARCHES)
  treeRows(world, findings, {
    collapsed: new Set(),
    hideEnded: chance.oneIn(2),
    query,
    hideCallbacks: chance.oneIn(2),
    holds: chance.oneIn(2) ? 'user' : null,
  })

  const contexts = [...world.contexts.keys()]
  const variables = [...world.variables.keys()]
  for (let looks = Math.min(contexts.length, 4); looks > 0; looks--) {
    const [one, other] = [chance.pick(contexts), chance.pick(contexts)]
    hold(contextDetails(world, one)?.context === one, 'A context has details.')
    crossing(world, one, other, new Effort())
    difference({ world, context: one }, { world, context: other })
    if (variables.length > 0) provenance(world, one, chance.pick(variables))
  }
  const { lost, last } = completeness(world)
  hold(lost >= 0 && lost <= last, 'No more is missing than there is.')
  const report = chance.oneIn(2) ? reportText(world) : reportMarkdown(world, { page })
  hold(!MISLEADING.test(report), 'A report shows what is there.')
  hold(!/\bundefined\b|\[object/.test(report), `A report has words for everything: ${report}`)
}

/** All that a reader, or a terminal, would not see as it is. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const MISLEADING = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]|\p{Surrogate}/u

/** Every context once, below its parent: there is no circle, and nothing is lost. */
function seeTree(world: World, findings: Parameters<typeof treeRows>[1]): void {
  const rows = treeRows(world, findings, { collapsed: new Set(), hideEnded: false, query: '' })
  hold(rows.length === world.contexts.size, 'The tree shows every context once.')
  const path: number[] = []
  for (const { context, depth } of rows) {
    path.length = depth
    hold((world.contexts.get(context)?.parent ?? undefined) === path.at(-1), 'A context stands below its parent.')
    path.push(context)
  }
}

/** What leaves opens again, redacted or not. */
function takeAlong(timeline: Timeline, options: RecordingOptions): void {
  const again = parseRecording(JSON.stringify(toRecording(timeline, page, '0.1.0', options)))
  hold(again.ok && again.ignored === 0, 'What was exported opens again.')
  hold(again.recording.facts.length === timeline.facts.length, 'All of it.')
}

function refused(why: string): Fate {
  sentence(why)
  return 'refused'
}

const LONGEST_SENTENCE = 400

function sentence(words: string): void {
  const isOne = words.length <= LONGEST_SENTENCE && /^[A-Z\d].*\.$/.test(words) && !MISLEADING.test(words)
  // Within brackets and quotation marks stands what was found, which may be anything.
  const ours = words.replace(/\(.*\)|".*"/g, '')
  hold(isOne && !/undefined|\[object|\bat .*:\d+:\d+|Error:/.test(ours), `This is no sentence: ${words}`)
}

/** `expect` takes longer than most inputs. */
function hold(condition: boolean, words: string): asserts condition {
  if (!condition) throw new Error(words)
}
