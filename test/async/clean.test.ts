// Programs that make no mistake raise no problem: the oracle's, whose every probe is right, judged by all rules. What they set lasts as
// long as its context, which is the one note that they get.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Finding, startRecording } from '../../panel/testing'
import { lossyKinds, programsWithout } from './program'
import { underContexts, values } from './program-contexts'

test('no rule speaks of a program without a mistake', { timeout: 300_000 }, async () => {
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
        const isItsNote = ({ rule, severity }: Finding) => rule === 'forgotten-reset' && severity === 'info'
        expect(findings.filter((finding) => !isItsNote(finding)).map(told)).toEqual([])
        programs += batch.length
        notes += findings.length
      },
    ),
    {
      numRuns: Number(process.env.BATCHES ?? 10),
      interruptAfterTimeLimit: 60_000,
      markInterruptAsFailure: true,
    },
  )
  console.info(`${programs} programs: 0 problems, and ${notes} notes of what they never reset`)
  expect(programs).toBeGreaterThan(50)
})

const told = ({ title, what, evidence }: Finding) =>
  [title, what, ...evidence.map(({ label, seq }) => `${seq} ${label}`)].join('\n')
