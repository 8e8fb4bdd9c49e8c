// Large inputs in the worst shapes: each is read, looked at, judged, reported and exported in seconds, where a way that grows with
// the square of its size takes minutes.

import { expect, test } from 'vitest'
import { parseRecording } from '../../panel/model/recording'
import { toRecording } from '../../panel/model/recording-text'
import { reportText } from '../../panel/model/report/text'
import { judge } from '../../panel/model/rules'
import { contextDetails } from '../../panel/model/selectors/details'
import { treeRows } from '../../panel/model/selectors/tree'
import { Timeline } from '../../panel/model/timeline'
import type { ContextId, Recording } from '../../runtime/protocol'
import { giants } from './fuzz/giants'
import { page } from './fuzz/specimens'

const SIZE = 10_000
/** Two seconds on a quiet machine. */
const DEADLINE = 15_000

const fileOf = (giant: Pick<Recording, 'facts' | 'stacks'>): string => {
  const tool = { name: 'contextvars-devtools', version: '0.1.0' }
  const recording: Recording = {
    format: 'contextvars-recording',
    version: 1,
    tool,
    page,
    options: { redacted: false },
    ...giant,
  }
  return JSON.stringify(recording)
}

test.each(Object.entries(giants))('%s', (_, giantOf) => {
  const text = fileOf(giantOf(SIZE))
  const began = performance.now()
  const parsed = parseRecording(text)
  if (!parsed.ok) throw new Error(parsed.error)
  expect(parsed.ignored).toBe(0)
  const timeline = new Timeline()
  timeline.append(parsed.recording.facts, parsed.recording.stacks)
  const { head } = timeline
  const { findings, unknown } = judge(head)
  expect(findings.filter(({ id }) => id.endsWith(' failed'))).toEqual([])
  expect(findings.length).toBeLessThanOrEqual(5_000)
  for (const { why } of unknown) expect(why).toMatch(/^[A-Z\d].{10,300}\.$/)
  for (const hideEnded of [false, true]) {
    const rows = treeRows(head, findings, { collapsed: new Set(), hideEnded, query: '' })
    if (!hideEnded) expect(rows).toHaveLength(head.contexts.size)
  }
  expect(contextDetails(head, SIZE as ContextId)?.path.length ?? 0).toBeLessThanOrEqual(100)
  expect(reportText(head).length).toBeLessThan(50_000_000)
  expect(toRecording(timeline, page, '0.1.0').facts).toHaveLength(timeline.facts.length)
  expect(performance.now() - began).toBeLessThan(DEADLINE)
})
