// The panel's rules in a test suite: record what the code under test does, and fail where a rule finds a problem. What a person
// would read in the panel is the error's message.

import { type RecordOptions, record } from '../runtime/recorder'
import type { Finding, Severity } from './model/finding'
import { parseBatch } from './model/recording'
import { problemsText } from './model/report/text'
import { treeText } from './model/report/tree-text'
import { judge } from './model/rules'
import { Timeline } from './model/timeline'

export type { Evidence, Finding, RuleId, Severity } from './model/finding'

export interface TestRecording {
  /** What the rules find in all that happened since the recording began. */
  findings(): readonly Finding[]
  /** Ends the recording; what was recorded stays. */
  stop(): void
}

export interface ProblemOptions {
  /** The mildest finding that fails a test. Default: `warning`. */
  from?: Severity
}

/** The recording that began last: what `assertNoProblems()` means when it is told of none. */
let newest: KeptRecording | null = null

/** Records this realm's runtime from now on. A runtime has one recorder at a time, so this ends the recording before. */
export function startRecording(options?: RecordOptions): TestRecording {
  newest?.stop()
  newest = new KeptRecording(options)
  return newest
}

/** Throws an error that tells the problems, if there are any. Without a recording, of the one that began last. */
export function assertNoProblems(
  recording: TestRecording | null = newest,
  { from = 'warning' }: ProblemOptions = {},
): void {
  if (!(recording instanceof KeptRecording)) {
    throw new TypeError('assertNoProblems: nothing is recorded; call startRecording() before the code under test.')
  }
  if (!Object.hasOwn(MILDER, from)) {
    throw new TypeError(`assertNoProblems: \`from\` is ${JSON.stringify(from)}, not 'error', 'warning' or 'info'.`)
  }
  recording.assertNoProblems(from)
}

const MILDER: Record<Severity, readonly Severity[]> = {
  error: ['error'],
  warning: ['error', 'warning'],
  info: ['error', 'warning', 'info'],
}

class KeptRecording implements TestRecording {
  readonly #timeline = new Timeline()
  readonly #recorder: ReturnType<typeof record>

  constructor(options?: RecordOptions) {
    // A test would rather wait than not know a line, and knows the one that was written.
    this.#recorder = record({ budget: 1, linesAsShown: true, ...options })
  }

  findings(): readonly Finding[] {
    this.#catchUp()
    return judge(this.#timeline.head).findings
  }

  stop(): void {
    this.#catchUp()
    this.#recorder.stop()
  }

  assertNoProblems(from: Severity): void {
    const problems = this.findings().filter(({ severity }) => MILDER[from].includes(severity))
    if (problems.length === 0) return
    const world = this.#timeline.head
    const lines = [...problemsText(world, { findings: problems, unknown: [] }), '', ...treeText(world)]
    throw new Error(lines.join('\n'))
  }

  /** Reads the log to its end: one answer holds a few thousand facts. */
  #catchUp(): void {
    for (;;) {
      const batch = parseBatch(this.#recorder.since(this.#timeline.head.seq))
      if (batch === null || batch.facts.length === 0) return
      this.#timeline.append(batch.facts, batch.stacks)
    }
  }
}
