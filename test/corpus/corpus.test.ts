// Mistakes that people reported, as programs of a few lines: the rules must name each by its right name and its right line, and must not
// warn of anything else. Where no fact tells the mistake, a program that is right states the same ones.

import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { rules, rulesOnRequest } from '../../panel/model/rules'
import { assertNoProblems, type RuleId, startRecording, type TestRecording } from '../../panel/testing'
import { copyContext } from '../../runtime'
import { createTask, gather, install, spawn } from '../../runtime/async'
import type { Fact } from '../../runtime/protocol'
import { inAnyOrder, linesTold, type Told } from '../lines-told'
import type { Program, Report } from './program'

vi.hoisted(() => {
  // When something is collected is nobody's choice, and a context that is gone has no notes.
  globalThis.FinalizationRegistry = class {
    readonly [Symbol.toStringTag] = 'FinalizationRegistry'
    register() {}
    unregister() {
      return false
    }
  }
})

const reports = Object.entries(import.meta.glob<Report>('./reports/*.ts', { eager: true })).map(
  ([path, report]) => [path.replace(/^.*\/|\.ts$/g, ''), report] as const,
)

let recording: TestRecording
let uninstall: () => void
beforeEach(() => {
  recording = startRecording()
  uninstall = install()
})
afterEach(() => {
  uninstall()
  recording.stop()
})

/** Where else than at the top of a page a program may run. */
const elsewhere: Record<string, (program: () => Promise<void>) => Promise<void>> = {
  'a task': (program) => createTask(program).result,
  'a task of a task': (program) => createTask(() => createTask(program).result).result,
  'a run': (program) => copyContext().run(program),
  'an empty context': (program) => spawn(program).result,
  'a callback': (program) =>
    new Promise((resolve, reject) => setTimeout(() => void program().then(resolve, reject), 0)),
  'two tasks at once': async (program) => void (await gather(program, program)),
}

test('the corpus is large enough to say something', () => {
  expect(reports.length).toBeGreaterThanOrEqual(30)
})

test('each rule has a report', () => {
  const programs = reports.flatMap(([, { asReported, mended }]) => [asReported, ...(mended ? [mended] : [])])
  const found = programs.flatMap(({ finds, findsOnRequest = [] }) => [...finds, ...findsOnRequest])
  expect(new Set(found.map(({ rule }) => rule))).toEqual(new Set([...rules, ...rulesOnRequest].map(({ id }) => id)))
})

describe.each(reports)('%s', (name, { asReported, mended, cannotBeToldFrom }) => {
  test('as reported', async () => {
    await run(asReported)
    expect(found(name)).toEqual(inOrder(asReported))
    const { finds, findsOnRequest = [] } = asReported
    expect(found(name, ON_REQUEST)).toEqual(inOrder({ ...asReported, finds: [...finds, ...findsOnRequest] }))
    for (const { rule, says } of asReported.finds) {
      if (says !== undefined) expect(whatIsSaid(rule)).toContain(says)
    }
  })

  if (mended !== undefined) {
    test('mended', async () => {
      await run(mended)
      const { finds, findsOnRequest = [] } = mended
      expect(found(name, ON_REQUEST)).toEqual(inOrder({ ...mended, finds: [...finds, ...findsOnRequest] }))
      expect(finds.filter(({ severity }) => severity !== 'info')).toEqual([])
    })

    test.each(Object.entries(elsewhere))('mended, in %s: nothing to warn of', async (_, there) => {
      await there(async () => void (await mended.run()))
      assertNoProblems(recording)
    })
  }

  if (cannotBeToldFrom !== undefined) {
    test(`cannot be told: ${cannotBeToldFrom.because}`, async () => {
      await run(asReported)
      assertNoProblems(recording)
      const facts = factsWithoutLines()
      await run(cannotBeToldFrom)
      expect(factsWithoutLines()).toEqual(facts)
    })
  }
})

/** In a recording of its own. */
async function run({ run, recorded }: Pick<Program, 'run' | 'recorded'>): Promise<void> {
  recording = startRecording(recorded)
  await run()
}

/** All but where in the code it was, when, and the numbers of what was new. */
function factsWithoutLines(): unknown[] {
  const { facts } = JSON.parse(recording.toText()) as { facts: Fact[] }
  const known = new Map<string, number>()
  return JSON.parse(JSON.stringify(facts), (key, value: unknown) => {
    if (key === 'at' || key === 'stack') return null
    if (typeof value !== 'number' || key === 'seq' || key === 'asOf') return value
    const what = `${NUMBERED[key] ?? key} ${value}`
    if (!known.has(what)) known.set(what, known.size)
    return known.get(what)
  })
}

/** By which numbers of a fact the same is meant. */
const NUMBERED: Record<string, string> = { parent: 'context', base: 'context', current: 'context' }

const ON_REQUEST = rulesOnRequest.map(({ id }) => id)

const inOrder = ({ finds }: Program): Told[] => inAnyOrder(finds)

const whatIsSaid = (rule: string): string =>
  recording
    .findings()
    .filter((finding) => finding.rule === rule)
    .map(({ what }) => what)
    .join('\n')

function found(name: string, also: readonly RuleId[] = []): Told[] {
  const source = readFileSync(new URL(`reports/${name}.ts`, import.meta.url), 'utf8')
  return linesTold(recording, `${name}.ts`, source, also)
}
