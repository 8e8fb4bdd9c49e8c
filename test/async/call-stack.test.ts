// Tasks on hosts whose console is none, or somebody's own: steps run all the same, and once. What DevTools shows is tested in a
// browser.

import { afterEach, expect, test, vi } from 'vitest'

const original = console
afterEach(() => {
  globalThis.console = original
})

/** A copy of the module that meets this console. */
async function linkedBy(fake: unknown): Promise<(step: () => void) => void> {
  vi.resetModules()
  globalThis.console = fake as Console
  const { linkCallStack } = await import('../../runtime/async/call-stack')
  return linkCallStack('name')
}

const lies = (run: unknown) => ({ createTask: () => ({ run }) })

test.each<[string, unknown]>([
  ['no console', undefined],
  ['a console without it', {}],
  ['something that is no function', { createTask: 7 }],
  ['nothing made', { createTask: () => undefined }],
  ['a refusal', { createTask: () => Promise.reject.call(undefined) }],
  ['a task without a run', { createTask: () => ({}) }],
  ['a step that is not run', lies(() => {})],
  ['a step that is run twice', lies((step: () => void) => [step(), step()])],
  ['a step that is run later again', lies((step: () => void) => queueMicrotask(step))],
  [
    'an error after the step',
    lies((step: () => void) => {
      step()
      throw new Error('of the console')
    }),
  ],
])('%s: the step runs once, at once', async (_, fake) => {
  const runStep = await linkedBy(fake)
  globalThis.console = original
  let ran = 0
  runStep(() => ran++)
  expect(ran).toBe(1)
  await new Promise((resolve) => setTimeout(resolve))
  expect(ran).toBe(1)
})
