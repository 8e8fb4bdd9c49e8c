// The panel's rules without the panel. In a test suite: record what the code under test does, and fail where a rule finds a problem; what
// a person would read in the panel is the error's message. In a page that is being developed: the same as warnings on the console.

import { type Mute, OUTLET_KEY, type Outlet } from '../runtime/protocol'
import { type RecordOptions, record } from '../runtime/recorder'
import type { Finding, Severity } from './model/finding'
import { parseBatch } from './model/recording'
import { findingText, problemsText } from './model/report/text'
import { treeText } from './model/report/tree-text'
import { judge } from './model/rules'
import { Timeline } from './model/timeline'

export type { Mute } from '../runtime/protocol'
export type { Evidence, Finding, Repeats, RuleId, Severity } from './model/finding'
export type { ChangeKind, LineChange } from './model/fix'

export interface TestRecording {
  /** What the rules find in all that happened since the recording began. */
  findings(): readonly Finding[]
  /** Ends the recording; what was recorded stays. */
  stop(): void
}

export interface ProblemOptions {
  /** The mildest finding that fails a test. Default: `warning`. */
  from?: Severity
  /** What is known and meant to be so: `[{ rule: 'forgotten-reset', line: 'app.ts:40', reason: 'set once, at the start' }]` */
  mutes?: readonly Mute[]
}

/** The recording that began last: what `assertNoProblems()` means when it is told of none. */
let newest: KeptRecording | null = null

/** Records this realm's runtime from now on. A runtime has one recorder at a time, so this ends the recording before. */
export function startRecording(options?: RecordOptions): TestRecording {
  newest?.stop()
  // A test would rather wait than not know a line, and knows the one that was written.
  newest = new KeptRecording(record({ budget: 1, linesAsShown: true, ...options }))
  return newest
}

/** Throws an error that tells the problems, if there are any. Without a recording, of the one that began last. */
export function assertNoProblems(
  recording: TestRecording | null = newest,
  { from = 'warning', mutes = [] }: ProblemOptions = {},
): void {
  if (!(recording instanceof KeptRecording)) {
    throw new TypeError('assertNoProblems: nothing is recorded; call startRecording() before the code under test.')
  }
  checkFrom('assertNoProblems', from)
  recording.assertNoProblems(from, mutes)
}

export interface WarningOptions extends ProblemOptions {
  /** Milliseconds from one look for new problems to the next. Default: 1,000. */
  every?: number
}

/**
 * Warns on the console of each problem when it is found, once for each line of code, from now on; for pages that are being developed.
 * Where the extension records the page, its recording is read: a runtime has one recorder at a time.
 * @returns what ends it, after a last look.
 */
export function warnOfProblems({ from = 'warning', mutes = [], every = 1_000 }: WarningOptions = {}): () => void {
  checkFrom('warnOfProblems', from)
  const own = outletOfPanel() === null ? record() : null
  const warned = new Set<string>()
  let kept: KeptRecording | null = null
  const look = (): void => {
    const log = outletOfPanel() ?? own
    if (log === null) return
    if (kept?.log !== log) kept = new KeptRecording(log, KEPT_FOR_WARNINGS)
    for (const finding of kept.newFindings(mutes)) {
      if (warned.has(finding.id) || !MILDER[from].includes(finding.severity)) continue
      warned.add(finding.id)
      console.warn(['Contextvars', ...kept.tell(finding)].join('\n'))
    }
  }
  const timer = setInterval(look, every) as ReturnType<typeof setInterval> & { unref?(): void }
  // In Node, a process ends when nothing else is to do.
  timer.unref?.()
  return () => {
    clearInterval(timer)
    look()
    own?.stop()
  }
}

/** What a page that is being developed can spare. */
const KEPT_FOR_WARNINGS = 16 * 2 ** 20

const outletOfPanel = (): Outlet | null => (Reflect.get(globalThis, OUTLET_KEY) as Outlet | undefined) ?? null

function checkFrom(api: string, from: Severity): void {
  if (Object.hasOwn(MILDER, from)) return
  throw new TypeError(`${api}: \`from\` is ${JSON.stringify(from)}, not 'error', 'warning' or 'info'.`)
}

const MILDER: Record<Severity, readonly Severity[]> = {
  error: ['error'],
  warning: ['error', 'warning'],
  info: ['error', 'warning', 'info'],
}

/** What is read: a recorder of ours, or the one that the extension put into the page. */
interface ReadLog {
  since(seq: number): string
  stop?(): void
}

class KeptRecording implements TestRecording {
  readonly log: ReadLog
  readonly #timeline: Timeline
  /** Of the timeline when it was judged last. */
  #judged = -1

  constructor(log: ReadLog, bytes?: number) {
    this.log = log
    this.#timeline = new Timeline(bytes === undefined ? {} : { bytes })
  }

  /** None where nothing happened since the last time. */
  newFindings(mutes: readonly Mute[]): readonly Finding[] {
    this.#catchUp()
    if (this.#timeline.version === this.#judged) return []
    this.#judged = this.#timeline.version
    return this.#judge(mutes)
  }

  tell(finding: Finding): string[] {
    return findingText(this.#timeline.head, finding)
  }

  findings(): readonly Finding[] {
    return this.#judge([])
  }

  stop(): void {
    this.#catchUp()
    this.log.stop?.()
  }

  assertNoProblems(from: Severity, mutes: readonly Mute[]): void {
    const problems = this.#judge(mutes).filter(({ severity }) => MILDER[from].includes(severity))
    if (problems.length === 0) return
    const world = this.#timeline.head
    const lines = [...problemsText(world, { findings: problems, muted: [], unknown: [] }), '', ...treeText(world)]
    throw new Error(lines.join('\n'))
  }

  #judge(mutes: readonly Mute[]): readonly Finding[] {
    this.#catchUp()
    return judge(this.#timeline.head, { mutes }).findings
  }

  /** Reads the log to its end: one answer holds a few thousand facts. */
  #catchUp(): void {
    for (;;) {
      const batch = parseBatch(this.log.since(this.#timeline.head.seq))
      if (batch === null || batch.facts.length === 0) return
      this.#timeline.append(batch.facts, batch.stacks)
    }
  }
}
