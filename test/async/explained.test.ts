// What is lost is stated as a fact, and the rules explain it by that: with the real runtime and the real recorder.

import { afterEach, beforeEach, expect, test } from 'vitest'
import { startRecording, type TestRecording } from '../../panel/testing'
import { ContextVar } from '../../runtime'
import { createTask, install, wrap } from '../../runtime/async'

/** Kept before the install. */
const { setTimeout: later } = globalThis

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

const user = new ContextVar<string>('user')
const errors = () => recording.findings().filter(({ severity }) => severity === 'error')

/** No promise, and it calls back later. */
const thenable = (): PromiseLike<string> =>
  ({
    // biome-ignore lint/suspicious/noThenProperty: that is the point
    then(done: (value: string) => void) {
      setTimeout(() => done('done'), 0)
    },
  }) as PromiseLike<string>

async function resetAfter(wait: () => PromiseLike<unknown>): Promise<void> {
  const token = user.set('Ada')
  await wait()
  expect(user.get()).toBe('Ada')
  user.reset(token)
}

test('a token that is used after an await of a thenable', async () => {
  await expect(createTask(() => resetAfter(thenable)).result).rejects.toThrow('created in a different Context')
  const [finding, ...others] = errors()
  expect(others).toEqual([])
  expect(finding?.what).toContain('an await in Task-1 did not come back (a thenable that is no promise')
})

test('and what is advised mends it', async () => {
  const native = () => new Promise((resolve) => void thenable().then(resolve))
  await createTask(() => resetAfter(native)).result
  expect(errors()).toEqual([])
})

/** Asks in a callback of a function of the host that was kept; what was thrown. */
const ask = (carry: (fn: () => void) => () => void) =>
  createTask(() => {
    user.set('Ada')
    return new Promise((resolve) => {
      const flush = () => {
        try {
          resolve(user.get())
        } catch (error) {
          resolve(error)
        }
      }
      later(carry(flush), 0)
    })
  }).result

test('a lookup in a callback that was given to what was kept before the install', async () => {
  expect(String(await ask((fn) => fn))).toContain('LookupError')
  const [finding, ...others] = errors()
  expect(others).toEqual([])
  expect(finding?.what).toMatch(/started this code: \S*flush\b.*Elsewhere it had been set, in Task-\d+/)
})

test('and what is advised mends that', async () => {
  expect(await ask(wrap)).toBe('Ada')
  expect(errors()).toEqual([])
})
