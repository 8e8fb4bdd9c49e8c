// A problem as a test, in the language of who is to look at it. It leaves the desk, so what is a secret is taken out first.

import { recordingOfAll } from '../model/excerpt'
import type { Finding } from '../model/finding'
import { toRecording } from '../model/recording-text'
import type { Redaction } from '../model/redact'
import { pythonTests } from '../model/report/repro-python'
import { typescriptTests } from '../model/report/repro-typescript'
import { reproductionOf } from '../model/report/reproduction'
import { judge } from '../model/rules'
import { Timeline } from '../model/timeline'
import type { Outcome } from './export'

export type Language = 'python' | 'typescript'

const WRITERS = { python: pythonTests, typescript: typescriptTests }

export function reproduced(of: Timeline, finding: Finding, language: Language, redaction: Redaction): Outcome<string> {
  const nowhere = { url: '', title: '', exported: '' }
  const { facts, stacks } = toRecording(recordingOfAll(of), nowhere, '', { redaction })
  const timeline = new Timeline()
  timeline.append(facts, stacks)
  // Its words quote values: they are to be those that may leave.
  const told = judge(timeline.head, { also: [finding.rule] }).findings.find(({ id }) => id === finding.id)
  const made = reproductionOf(timeline, told ?? { ...finding, title: finding.rule, what: '' })
  return made.ok ? { ok: true, value: WRITERS[language]([made.reproduction]) } : { ok: false, error: made.why }
}
