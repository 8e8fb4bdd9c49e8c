// Code that runs outside of anything that is followed: that it did is told, once for each function that the host called.

import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ContextVar, copyContext } from '../../runtime'
import { createTask, install, wrap } from '../../runtime/async'
import type { Batch } from '../../runtime/protocol'
import { record } from '../../runtime/recorder'

/** Kept before the install, as a library may that is imported first. */
const { setTimeout: later } = globalThis

let recording: ReturnType<typeof record>
let uninstall: () => void

beforeEach(() => {
  recording = record({ budget: 1 })
  uninstall = install()
})

afterEach(() => {
  uninstall()
  recording.stop()
})

/** The functions that are told. Node calls those of timers on an object. */
function told(): string[] {
  const { facts, stacks }: Batch = JSON.parse(recording.since(0))
  return facts.flatMap((fact) => {
    if (fact.type !== 'entry-unfollowed') return []
    const [frame, ...others] = stacks[fact.stack ?? 0] ?? []
    expect(others).toEqual([])
    expect(frame?.url).toContain('entry.test.ts')
    return [frame?.name.replace(/^Timeout\.(\S+).*$/, '$1') ?? '']
  })
}

const variable = new ContextVar<string>('variable', { default: 'nobody' })
const host = (fn: () => void) => new Promise<void>((resolve) => later(() => resolve(fn()), 0))
/** The function that the host calls is the one that is given. */
const called = (body: () => void) =>
  new Promise<void>((resolve) => {
    later(function kept() {
      body()
      resolve()
    }, 0)
  })

test('a function that was given to a kept API is told by its name, once', async () => {
  await called(() => variable.get())
  await called(() => variable.set('by a function'))
  expect(told()).toEqual(['kept'])
})

test('one without a name is told, too', async () => {
  await host(() => variable.get())
  // As Node calls whatever a timer calls.
  expect(told()).toEqual(['_onTimeout'])
})

test.each<[string, () => void]>([
  ['sets', () => variable.set('x')],
  ['reads a default', () => variable.get()],
  ['makes a task', () => void createTask(() => {})],
  ['copies', () => void copyContext()],
  ['uses a token that is refused', () => expect(() => variable.reset({} as never)).toThrow()],
])('code that %s is told of', async (_, body) => {
  await called(body)
  expect(told()).toEqual(['kept'])
})

test('code that has nothing to do with contexts is not told of', async () => {
  await called(() => {})
  expect(told()).toEqual([])
})

test.each<[string, (body: () => void) => unknown]>([
  ['a timer', (body) => setTimeout(body, 0)],
  ['a promise', (body) => Promise.resolve().then(body)],
  ['a microtask', (body) => queueMicrotask(body)],
  ['a task', (body) => createTask(body)],
  ['an await in a task', (body) => createTask(async () => [await null, body()])],
  ['a kept API that was given a wrapped function', (body) => later(wrap(body), 0)],
])('what %s calls is followed', async (_, start) => {
  // A script at its start is none of these: the test goes on in a task.
  await createTask(async () => {
    await new Promise<void>((resolve) => {
      start(() => {
        variable.get()
        variable.set('x')
        resolve()
      })
    })
  }).result
  expect(told()).toEqual([])
})

test('its line is the one that was written, where lines are to be as shown', async () => {
  recording = record({ budget: 1, linesAsShown: true })
  await called(() => variable.get())
  const { stacks }: Batch = JSON.parse(recording.since(0))
  const lines = readFileSync(import.meta.filename, 'utf8').split('\n')
  const kept = Object.values(stacks).find(([frame]) => frame?.name.includes('kept'))
  expect(lines[(kept?.[0]?.line ?? 0) - 1]?.trim()).toBe('body()')
})
