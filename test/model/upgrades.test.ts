// Files of every version there was open for ever; and a step of tomorrow is taken, one after the other.

import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parseRecording } from '../../panel/model/recording'
import { judge } from '../../panel/model/rules'
import { Timeline } from '../../panel/model/timeline'
import { type Upgrades, upgraded } from '../../panel/model/upgrades'
import { RECORDING_VERSION } from '../../runtime/protocol'

const samples = new URL('./samples/', import.meta.url)
const sample = (version: number) => readFileSync(new URL(`version-${version}.ctxsnap.json`, samples), 'utf8')

test('there is a sample of every version', () => {
  const versions = Array.from({ length: RECORDING_VERSION }, (_, index) => `version-${index + 1}.ctxsnap.json`)
  expect(readdirSync(samples).sort()).toEqual(versions)
})

test.each(Array.from({ length: RECORDING_VERSION }, (_, index) => index + 1))(
  'version %d opens, and is understood',
  (version) => {
    expect(JSON.parse(sample(version)).version).toBe(version)
    const parsed = parseRecording(sample(version))
    if (!parsed.ok) throw new Error(parsed.error)
    expect(parsed.ignored).toBe(0)
    const timeline = new Timeline()
    timeline.append(parsed.recording.facts, parsed.recording.stacks)
    expect(timeline.head.contexts.size).toBeGreaterThan(2)
    expect(judge(timeline.head).findings.map(({ title }) => title)).toEqual(
      expect.arrayContaining(['Token used twice: currentUser', 'Lookup without a value: requestId']),
    )
  },
)

/** What versions might become: a list under another name, then a field that was not there. */
const tomorrow: Upgrades = new Map([
  [1, ({ facts, ...rest }) => ({ ...rest, log: facts })],
  [2, (old) => ({ ...old, log: (old.log as unknown[]).slice(1), third: true })],
])

test('each step is taken once, in order, and the original stays as it was', () => {
  const old = JSON.parse(sample(1))
  const before = JSON.stringify(old)
  const now = upgraded(old, 1, 3, tomorrow)
  expect(now).toMatchObject({ version: 3, third: true, page: old.page })
  expect(now).not.toHaveProperty('facts')
  expect(now.log).toEqual(old.facts.slice(1))
  expect(upgraded(old, 2, 3, new Map([[2, (one) => ({ ...one, only: true })]]))).toMatchObject({
    only: true,
    version: 3,
  })
  expect(JSON.stringify(old)).toBe(before)
})

test('a step that finds what nobody wrote leaves it to the reader, who says what is missing', () => {
  const broken = { version: 2, log: 7 }
  expect(upgraded(broken, 2, 3, tomorrow)).toBe(broken)
})
