// The panel's rules in a test suite: record while a test runs, and fail it with the same words that the panel would show.

import { record } from '../runtime/recorder'
import { parseBatch } from './model/recording'
import { problemsText } from './model/report/text'
import { judge } from './model/rules'
import { Timeline } from './model/timeline'

export interface TestRecording {
  /** Throws an Error that names every error and warning found so far, where it happened and how to mend it. */
  assertNoProblems(): void
  stop(): void
}

/** Records this realm's contexts from now on. */
export function startRecording(): TestRecording {
  const recorder = record()
  const timeline = new Timeline()
  return {
    assertNoProblems() {
      pull(recorder, timeline)
      const { findings } = judge(timeline.head)
      const problems = findings.filter(({ severity }) => severity !== 'info')
      if (problems.length === 0) return
      throw new Error(problemsText(timeline.head, { findings: problems, unknown: [] }).join('\n'))
    },
    stop: () => recorder.stop(),
  }
}

/** Brings the timeline up to date with the log. */
function pull(recorder: { since(seq: number): string }, timeline: Timeline): void {
  for (let behind = true; behind; ) {
    const batch = parseBatch(recorder.since(timeline.head.seq))
    if (batch === null || batch.facts.length === 0) return
    timeline.append(batch.facts, batch.stacks)
    behind = timeline.head.seq < batch.last
  }
}
