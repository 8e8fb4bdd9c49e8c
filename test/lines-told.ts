// What a person reads who runs a program under `assertNoProblems`: of each finding, the lines that its evidence names, as they stand in the
// program's source.

import { assertNoProblems, type RuleId, type Severity, type TestRecording } from '../panel/testing'

export interface Told {
  severity: Severity
  rule: RuleId
  /** In the order in which they happened. */
  lines: string[]
}

/** Which of several findings is told first is no question here. */
export const inAnyOrder = (told: readonly Told[]): Told[] =>
  told
    .map(({ severity, rule, lines }) => ({ severity, rule, lines }))
    .sort((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b)))

/** Of a program that stands in `file`, by its name alone. */
export function linesTold(
  recording: TestRecording,
  file: string,
  source: string,
  also: readonly RuleId[] = [],
): Told[] {
  const evidence = problemsText(recording, also)
    .split('\n')
    .filter((line) => /^ +#\d/.test(line))
  const lines = source.split('\n')
  return inAnyOrder(
    recording.findings({ also }).map(({ severity, rule, evidence: { length } }) => ({
      severity,
      rule,
      lines: evidence.splice(0, length).flatMap((line) => lineOf(line, file, lines)),
    })),
  )
}

function problemsText(recording: TestRecording, also: readonly RuleId[]): string {
  try {
    assertNoProblems(recording, { from: 'info', also })
    return ''
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

/** Nothing for what has no place in the code. */
function lineOf(evidence: string, file: string, source: readonly string[]): string[] {
  const [, name, line] = / {2}(\S+):(\d+):\d+$/.exec(evidence) ?? []
  if (line === undefined) return []
  return [name === file ? (source[Number(line) - 1] ?? '').trim() : `not in the program: ${evidence}`]
}
