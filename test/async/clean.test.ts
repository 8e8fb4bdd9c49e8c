// Programs that make no mistake raise no problem: the oracle's, whose every probe is right, judged by all rules. What they set lasts as
// long as its context, which is a note at most.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Finding, startRecording } from '../../panel/testing'
import { lossyKinds, programsWithout } from './program'
import { underContexts, values } from './program-contexts'

test('no rule warns of a program without a mistake', { timeout: 300_000 }, async () => {
  let programs = 0
  let notes = 0
  await fc.assert(
    fc.asyncProperty(
      fc.array(programsWithout(lossyKinds), { minLength: 1, maxLength: 40, size: 'max' }),
      async (batch) => {
        const recording = startRecording()
        await underContexts(batch, values)
        recording.stop()
        const findings = recording.findings()
        expect(findings.filter(({ severity }) => severity !== 'info').map(told)).toEqual([])
        programs += batch.length
        notes += findings.length
      },
    ),
    {
      numRuns: Number(process.env.BATCHES ?? 10),
      interruptAfterTimeLimit: 60_000,
      markInterruptAsFailure: true,
      ...(process.env.SEED !== undefined && { seed: Number(process.env.SEED) }),
    },
  )
  console.info(`${programs} programs: 0 warnings, ${notes} notes`)
  expect(programs).toBeGreaterThan(50)
})

const told = ({ title, what, evidence }: Finding) =>
  [title, what, ...evidence.map(({ label, seq }) => `${seq} ${label}`)].join('\n')
