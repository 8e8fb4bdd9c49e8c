// Programs as people write them, in which nothing is wrong: no rule warns of them, wherever they run. What one of them sets for good, in a
// task or a copy of its own, is noted; and that is all.

import { readdirSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { type Finding, startRecording, type TestRecording } from '../../panel/testing'
import { copyContext } from '../../runtime'
import { createTask, install, spawn } from '../../runtime/async'
import { variantOf } from './variant'

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

const programs = readdirSync(new URL('programs', import.meta.url)).map((file) => file.replace(/\.ts$/, ''))

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
const elsewhere: Record<string, (work: () => Promise<unknown>) => Promise<unknown>> = {
  'a task': (work) => createTask(work).result,
  'a run': (work) => copyContext().run(work),
  'an empty context': (work) => spawn(work).result,
  'a callback': (work) => new Promise((resolve, reject) => setTimeout(() => void work().then(resolve, reject), 0)),
}

test('there are enough of them to say something', () => {
  expect(programs.length).toBeGreaterThanOrEqual(20)
})

describe.each(programs)('%s', (name) => {
  test('as a script of a page', async () => {
    const { program } = await variantOf(name)
    expect(await program.run()).toEqual(program.comesTo)
    expect(notes()).toEqual((program.setsForGood ?? []).map((name) => `info Never reset: ${name}`))
  })

  test.each(Object.entries(elsewhere))('in %s', async (_, run) => {
    const { program } = await variantOf(name)
    await run(program.run)
    expect(notes()).toEqual((program.setsForGood ?? []).map((name) => `info Never reset: ${name}`))
  })
})

/** Without what tells of each how often: that is what a program may do as often as it likes. */
const notes = () => recording.findings().map(told).sort()

function told({ severity, title, what, evidence }: Finding): string {
  const isNote = severity === 'info' && title.startsWith('Never reset: ')
  if (isNote) return `${severity} ${title.replace(/ \([\d,]+ times\)$/, '')}`
  return [`${severity} ${title}`, what, ...evidence.map(({ label, seq }) => `${seq} ${label}`)].join('\n')
}
