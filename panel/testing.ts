// The panel's rules without the panel. In a test suite: record what the code under test does, and fail where a rule finds a problem; what
// a person would read in the panel is the error's message. In a page that is being developed: the same as warnings on the console.

import { version } from '../package.json'
import type { Mute } from '../runtime/protocol'
import { type RecordOptions, record } from '../runtime/recorder'
import { readRecording } from '../runtime/recorder/shared'
import type { Finding, RuleId, Severity } from './model/finding'
import { knowing, type Left, type LeftBefore, leftAt, leftBefore, leftByTest, stacksOf } from './model/left-by-test'
import { KEPT_BYTES } from './model/limits'
import { muteOf } from './model/mutes'
import { parseBatch } from './model/recording'
import { recordingText, toRecording } from './model/recording-text'
import { findingText, problemsText } from './model/report/text'
import { treeText } from './model/report/tree-text'
import { type Judging, judge, rulesAtEnd, rulesForGood } from './model/rules'
import { completeness } from './model/selectors/completeness'
import { Timeline } from './model/timeline'
import type { World } from './model/world'
import { WrittenLines } from './source/written-lines'

export type { Mute } from '../runtime/protocol'
export type { Evidence, Finding, Repeats, RuleId, Severity } from './model/finding'
export type { ChangeKind, LineChange } from './model/fix'

export interface TestRecording {
  /** What the rules find in all that happened since the recording began. */
  findings(options?: Pick<ProblemOptions, 'also'>): readonly Finding[]
  /** All that happened since the recording began, as the text of a file (`*.ctxsnap.json`) that the panel and `report` open. */
  toText(options?: FileOptions): string
  /** Ends the recording; what was recorded stays. */
  stop(): void
}

export interface FileOptions {
  /** What the file says that was recorded. Default: the page's title, where there is a page. */
  title?: string
  /** Whether credentials and e-mail addresses are taken out, as the panel's export does. Default: true. */
  redacted?: boolean
}

export interface ProblemOptions {
  /** The mildest finding that fails a test. Default: `warning`. */
  from?: Severity
  /** What is known and meant to be so: `[{ rule: 'forgotten-reset', line: 'app.ts:40', reason: 'set once, at the start' }]` */
  mutes?: readonly Mute[]
  /** Rules that are asked only on request, and whose findings count whatever `from` says: `['outlived-value']`. */
  also?: readonly RuleId[]
}

/** The recording that began last: what `assertNoProblems()` means when it is told of none. */
let newest: KeptRecording | null = null

/** Records this realm's runtime from now on. A runtime has one recorder at a time, so this ends the recording before. */
export function startRecording(options?: RecordOptions): TestRecording {
  const left = newest?.left() ?? []
  newest?.stop()
  // A test would rather wait than not know a line, and knows the one that was written.
  newest = new KeptRecording(record({ budget: 1, linesAsShown: true, ...options }), { left })
  return newest
}

/**
 * Throws an error that tells the problems, if there are any: of a recording, `assertNoProblems(recording, options)`, or of the one that began
 * last, `assertNoProblems(options)`. The test is over then: what it set in the base context and did not undo is told, too, and so is what it
 * read there that an earlier test had left. Where facts are missing, it cannot tell that there are none, and throws, too.
 */
export function assertNoProblems(of: TestRecording | ProblemOptions = {}, options: ProblemOptions = {}): void {
  const isGiven = of instanceof KeptRecording
  const asked = isGiven ? of : newest
  const { from = 'warning', mutes = [], also = [] } = isGiven ? options : { ...of, ...options }
  if (asked === null) {
    throw new TypeError('assertNoProblems: nothing is recorded; call startRecording() before the code under test.')
  }
  checkFrom('assertNoProblems', from)
  asked.assertNoProblems(from, { mutes, also })
}

export interface WarningOptions extends ProblemOptions {
  /** Milliseconds from one look for new problems to the next. Default: 1,000. */
  every?: number
}

/**
 * Warns on the console of each problem when it is found, once for each line of code, from now on; for pages that are being developed.
 * What is recorded already is read, by the extension or by others of this package; where nobody records, this does.
 * @returns what ends it, after a last look.
 */
export function warnOfProblems({ from = 'warning', every = 1_000, ...judging }: WarningOptions = {}): () => void {
  checkFrom('warnOfProblems', from)
  const recording = readRecording()
  const warned = new Set<string>()
  const first = recording.log()
  let kept = first && new KeptRecording(first, { bytes: KEPT_FOR_WARNINGS })
  const warn = (of: KeptRecording): void => {
    const news = of
      .newFindings({ ...judging, by: rulesForGood })
      .filter((one) => counts(one, from, judging.also) && !warned.has(one.id))
    if (news.length === 0) return
    // Mutes and lines are of the files that people wrote, so these are learnt before anything is told.
    const learnt = of.learnLines()
    if (learnt !== null) return void learnt.then(() => warn(of))
    for (const finding of news) {
      warned.add(finding.id)
      console.warn(['Contextvars', ...of.tell(finding)].join('\n'))
    }
  }
  const look = (): void => {
    const log = recording.log()
    if (log === null) return
    if (kept?.log !== log) {
      // Somebody else has begun to record: first what the one before had still to say.
      if (kept !== null) warn(kept)
      kept = new KeptRecording(log, { bytes: KEPT_FOR_WARNINGS })
    }
    warn(kept)
  }
  const timer = setInterval(look, every) as ReturnType<typeof setInterval> & { unref?(): void }
  // In Node, a process ends when nothing else is to do.
  timer.unref?.()
  return () => {
    clearInterval(timer)
    look()
    recording.end()
  }
}

/** What a page that is being developed can spare. */
const KEPT_FOR_WARNINGS = 16 * 2 ** 20

function checkFrom(api: string, from: Severity): void {
  if (Object.hasOwn(MILDER, from)) return
  throw new TypeError(`${api}: \`from\` is ${JSON.stringify(from)}, not 'error', 'warning' or 'info'.`)
}

const MILDER: Record<Severity, readonly Severity[]> = {
  error: ['error'],
  warning: ['error', 'warning'],
  info: ['error', 'warning', 'info'],
}

/** Who asks for a rule wants to hear of it. */
const counts = ({ severity, rule }: Finding, from: Severity, also: readonly RuleId[] = []): boolean =>
  MILDER[from].includes(severity) || also.includes(rule)

/** What is read: a recorder of ours, or the one that the extension put into the page. */
interface ReadLog {
  since(seq: number): string
  stop?(): void
}

/** The application may do it where it begins, and a test that imports a part of it does not begin there. */
const NOT_INSTALLED =
  'Nobody has called `install()` of contextvars-devtools/async: values end at each `await`, and what follows may come of that.'

/** How to go on with one that is meant to be so. Of an address, its end is enough. */
function muteText(world: World, finding: Finding): string[] {
  const { rule, line = '', severity } = muteOf(world, finding, '')
  const place = line === '' ? '' : `, line: '${line.replace(/^.*\//s, '')}'`
  const ofNote = severity === undefined ? '' : `, severity: '${severity}'`
  return [
    '',
    `What is meant to be so is muted, with a reason: { mutes: [{ rule: '${rule}'${place}${ofNote}, reason: '…' }] }`,
  ]
}

const MORE_ROOM =
  'What is missing may be a problem: record less in one test, or let the log keep more, startRecording({ log: { facts: 1_000_000 } }).'

class KeptRecording implements TestRecording {
  readonly log: ReadLog
  readonly #timeline: Timeline
  /** Of the timeline when it was judged last. */
  #judged = -1
  /** Read only for what is told on the console: nobody else has the time to wait for it. */
  readonly #lines = new WrittenLines()
  #isLearning = false

  /** What tests before this one have left in the base context. */
  readonly #before: LeftBefore
  /** The newest fact when it was asked last: what comes later is of what the runner does between two tests. */
  #over = 0
  #hasEnded = false

  constructor(log: ReadLog, { bytes = KEPT_BYTES, left = [] }: { bytes?: number; left?: readonly Left[] } = {}) {
    this.log = log
    this.#timeline = new Timeline({ bytes })
    this.#before = leftBefore(left)
  }

  /** Nothing after its end: who knows what was set since. */
  left(): Left[] {
    if (this.#hasEnded) return []
    this.#catchUp()
    return leftAt(this.#timeline.head, this.#before, this.#over)
  }

  /** None where nothing happened since the last time, and while lines are learnt. */
  newFindings(judging: Judging): readonly Finding[] {
    this.#catchUp()
    if (this.#isLearning || this.#timeline.version === this.#judged) return []
    this.#judged = this.#timeline.version
    return this.#judge(judging)
  }

  /** Null where they are known; otherwise what was found is to be judged again afterwards. */
  learnLines(): Promise<void> | null {
    const { stacks } = this.#timeline
    const learnt = this.#lines.learn(stacks)
    if (learnt === null) return null
    this.#isLearning = true
    return learnt.then(() => {
      this.#isLearning = false
      this.#timeline.retell(this.#lines.of(stacks))
    })
  }

  tell(finding: Finding): string[] {
    return findingText(this.#timeline.head, finding)
  }

  findings({ also = [] }: Pick<ProblemOptions, 'also'> = {}): readonly Finding[] {
    return this.#judge({ also, by: rulesAtEnd })
  }

  toText({ title = globalThis.document?.title ?? '', redacted = true }: FileOptions = {}): string {
    this.#catchUp()
    const page = { url: globalThis.location?.href ?? '', title, exported: new Date().toISOString() }
    return recordingText(toRecording(this.#timeline, page, version, redacted ? {} : { redaction: null }))
  }

  stop(): void {
    this.#catchUp()
    this.#hasEnded = true
    this.log.stop?.()
  }

  assertNoProblems(from: Severity, judging: Judging): void {
    const found = this.#judge({ ...judging, by: [...rulesAtEnd, leftByTest(this.#before)] })
    this.#over = this.#timeline.head.seq
    const problems = found.filter((finding) => counts(finding, from, judging.also))
    const world = this.#timeline.head
    if (problems.length === 0 && world.missing.length === 0) return
    const [title = '', ...told] = problemsText(world, { findings: problems, muted: [], unknown: [] })
    const known = world.missing.length === 0 ? [] : [`${completeness(world).sentence}. ${MORE_ROOM}`]
    const lines = [
      ...(problems.length === 0 ? [] : [title]),
      ...known,
      ...(world.propagation === null ? [NOT_INSTALLED] : []),
      ...told,
      ...problems.slice(0, 1).flatMap((one) => muteText(world, one)),
      '',
      ...treeText(world),
    ]
    const error = new Error(lines.join('\n'))
    // A test runner shows the line that the stack begins with: the test's own.
    if ('captureStackTrace' in Error) Error.captureStackTrace(error, assertNoProblems)
    throw error
  }

  #judge(judging: Judging): readonly Finding[] {
    this.#catchUp()
    return judge(this.#timeline.head, judging).findings
  }

  /** Reads the log to its end: one answer holds a few thousand facts. */
  #catchUp(): void {
    for (;;) {
      const batch = parseBatch(this.log.since(this.#timeline.head.seq))
      if (batch === null || batch.facts.length === 0) return
      const isFirst = this.#timeline.head.seq === 0
      const facts = batch.facts.map((fact) => (isFirst && fact.type === 'census' ? knowing(fact, this.#before) : fact))
      const stacks = isFirst ? { ...batch.stacks, ...stacksOf(this.#before) } : batch.stacks
      this.#timeline.append(facts, this.#lines.of(stacks))
    }
  }
}
