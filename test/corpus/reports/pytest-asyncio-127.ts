// pytest-dev/pytest-asyncio#127: a test does not see what its fixture set. Fixture and test are two tasks.

import { ContextVar, copyContext, type Token } from 'contextvars-devtools'
import { createTask } from 'contextvars-devtools/async'
import { type Program, refused } from '../program'

const blah = new ContextVar<string>('blah')

async function fixture() {
  blah.set('hello')
}

async function testBlah() {
  return blah.get()
}

async function runner() {
  await createTask(fixture, { name: 'fixture' }).result
  await createTask(testBlah, { name: 'test' }).result
}

export const asReported: Program = {
  run: () => refused(runner, /LookupError/),
  finds: [
    {
      severity: 'error',
      rule: 'lookup-without-value',
      lines: ["blah.set('hello')", "await createTask(testBlah, { name: 'test' }).result", 'return blah.get()'],
      says: 'Elsewhere it had been set, in task fixture',
    },
    { severity: 'info', rule: 'forgotten-reset', lines: ["blah.set('hello')"] },
  ],
}

/** As #1008 does it: what the fixture changed is set around the test, too, and reset afterwards. */
async function mendedRunner() {
  const context = copyContext()
  await createTask(fixture, { name: 'fixture', context }).result
  const token: Token<string> = blah.set(context.item(blah))
  await createTask(testBlah, { name: 'test' }).result
  blah.reset(token)
}

export const mended: Program = {
  run: mendedRunner,
  finds: [{ severity: 'info', rule: 'forgotten-reset', lines: ["blah.set('hello')"] }],
}
