// Mistakes that people reported, as programs of a few lines: the rules must name each by its right name and its right line, and must not
// warn of anything else. What they cannot tell yet stands here, too, with the reason.

import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { rulesOnRequest } from '../../panel/model/rules'
import { assertNoProblems, type RuleId, startRecording, type TestRecording } from '../../panel/testing'
import { copyContext } from '../../runtime'
import { createTask, gather, install, spawn } from '../../runtime/async'
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

describe.each(reports)('%s', (name, { asReported, mended, notDiagnosed }) => {
  test('as reported', async () => {
    await asReported.run()
    expect(found(name)).toEqual(inOrder(asReported))
    const { finds, findsOnRequest = [] } = asReported
    expect(found(name, ON_REQUEST)).toEqual(inOrder({ ...asReported, finds: [...finds, ...findsOnRequest] }))
    for (const { rule, says } of asReported.finds) {
      if (says !== undefined) expect(whatIsSaid(rule)).toContain(says)
    }
  })

  if (mended !== undefined) {
    test('mended', async () => {
      await mended.run()
      const { finds, findsOnRequest = [] } = mended
      expect(found(name, ON_REQUEST)).toEqual(inOrder({ ...mended, finds: [...finds, ...findsOnRequest] }))
      expect(finds.filter(({ severity }) => severity !== 'info')).toEqual([])
    })

    test.each(Object.entries(elsewhere))('mended, in %s: nothing to warn of', async (_, run) => {
      await run(async () => void (await mended.run()))
      assertNoProblems(recording)
    })
  }

  if (notDiagnosed !== undefined) {
    test('is listed as not diagnosed, and is not', () => {
      expect(asReported.finds.filter(({ severity }) => severity !== 'info')).toEqual([])
    })
    test.todo(`is not diagnosed yet: ${notDiagnosed}`)
  }
})

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
