// The counterweight of `clean.test.ts`: the same programs with one mistake each. The right rule speaks, of the right lines, and no other.

import { readdirSync } from 'node:fs'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { startRecording, type TestRecording } from '../../panel/testing'
import { install, spawn } from '../../runtime/async'
import { inAnyOrder, linesTold } from '../lines-told'
import type { Mistake } from './mistake'
import { sleep } from './program'
import { variantOf } from './variant'

vi.hoisted(() => {
  // When something is collected is nobody's choice.
  globalThis.FinalizationRegistry = class {
    readonly [Symbol.toStringTag] = 'FinalizationRegistry'
    register() {}
    unregister() {
      return false
    }
  }
})

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

const mistakes = Object.entries(import.meta.glob<{ mistakes: Mistake[] }>('./mistakes/*.ts', { eager: true })).flatMap(
  ([path, of]) => of.mistakes.map((one) => ({ program: path.replace(/^.*\/|\.ts$/g, ''), ...one })),
)

test('each program has one', () => {
  const programs = readdirSync(new URL('programs', import.meta.url)).map((file) => file.replace(/\.ts$/, ''))
  expect([...new Set(mistakes.map(({ program }) => program))].sort()).toEqual(programs.sort())
})

test.each(mistakes)('$program: $mistake', async ({ program: name, changes, isAlone, finds }) => {
  const { program, file, source } = await variantOf(name, changes)
  // What comes of the mistake is no question here; it may be an error.
  const run = () => program.run().catch(() => {})
  await (isAlone ? spawn(run, { name: 'alone' }).result : run())
  // What an error left behind has to come to its end.
  await sleep(20)
  expect(linesTold(recording, file, source)).toEqual(inAnyOrder(finds))
})

for (const { program, mistake, notTold } of mistakes) {
  if (notTold !== undefined) test.todo(`${program}: ${mistake}, is not told yet: ${notTold}`)
}
