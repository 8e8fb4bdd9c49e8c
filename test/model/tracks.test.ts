// Facts as entries of tracks.

import { expect, test } from 'vitest'
import { type TrackEntry, Tracks } from '../../panel/model/tracks'
import { ContextVar, copyContext } from '../../runtime'
import { createTask, install } from '../../runtime/async'
import { AsyncContext } from '../../runtime/async-context'
import type { Batch, Fact } from '../../runtime/protocol'
import { record } from '../../runtime/recorder'

async function entriesOf(work: () => unknown): Promise<TrackEntry[]> {
  const recording = record({ stacks: 'none' })
  const uninstall = install()
  try {
    await work()
    const { facts }: Batch = JSON.parse(recording.since(0))
    const tracks = new Tracks()
    return facts.flatMap((fact) => tracks.take(fact))
  } finally {
    uninstall()
    recording.stop()
  }
}

const told = (entries: readonly TrackEntry[]) =>
  entries.map(({ track, label, colour }) => `${track}: ${label}, ${colour}`)
const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

test('a task from its begin to its end, by how it ended', async () => {
  const entries = await entriesOf(async () => {
    await createTask(() => sleep(20), { name: 'Alice' }).result
    await createTask(() => Promise.reject(new Error('no')), { name: 'Bob' }).result.catch(() => {})
  })
  expect(told(entries)).toEqual(['Tasks: Alice, primary', 'Tasks: Bob, error'])
  const [alice] = entries
  expect((alice?.end ?? 0) - (alice?.start ?? 0)).toBeGreaterThan(10)
})

test('runs within each other, values, and the value of a variable of the standard', async () => {
  const user = new ContextVar<string>('user')
  const request = new AsyncContext.Variable<string>({ name: 'request' })
  const entries = await entriesOf(() => {
    const outer = copyContext()
    outer.run(() => {
      user.set('ada')
      request.run('one', () => user.get())
    })
    expect(() =>
      copyContext().run(() => {
        throw new Error('no')
      }),
    ).toThrow('no')
  })
  expect(told(entries)).toEqual([
    'Values: user = "ada", secondary-light',
    'Values: request = "one", secondary-light',
    'Runs: request = "one", secondary',
    'Runs: copyContext, secondary',
    'Runs: copyContext, error',
  ])
})

test('callbacks that matter, from where they were handed over', async () => {
  const user = new ContextVar<string>('user', { default: 'nobody' })
  const entries = await entriesOf(async () => {
    setTimeout(() => user.get(), 20)
    setTimeout(() => {}, 20)
    await sleep(40)
  })
  expect(told(entries)).toEqual(['Callbacks: setTimeout, tertiary'])
})

test('what was refused', async () => {
  const user = new ContextVar<string>('user')
  const entries = await entriesOf(() => {
    const context = copyContext()
    const token = context.run(() => user.set('ada'))
    expect(() => user.reset(token)).toThrow()
    expect(() => user.get()).toThrow()
    expect(() => context.run(() => context.run(() => {}))).toThrow()
  })
  expect(told(entries).filter((line) => line.startsWith('Errors'))).toEqual([
    'Errors: user: reset refused, other-context, error',
    'Errors: user: no value, error',
    'Errors: copyContext: entered already, error',
  ])
})

test('what is long is cut, and nothing is remembered of what is over', async () => {
  const tracks = new Tracks()
  const base = { at: 1 }
  const facts = [
    { ...base, seq: 1, type: 'var-created', variable: 1, name: 'v'.repeat(200), default: null, stack: null },
    {
      ...base,
      seq: 2,
      type: 'var-set',
      context: 9,
      variable: 1,
      token: 1,
      value: { kind: 'string', text: '"x"' },
      stack: null,
    },
    { ...base, seq: 3, type: 'run-ended', context: 9, threw: false },
    { ...base, seq: 4, type: 'task-settled', task: 3, outcome: 'fulfilled' },
    { ...base, seq: 5, type: 'callback-ran', context: 8, threw: false },
  ] as unknown as Fact[]
  const entries = facts.flatMap((fact) => tracks.take(fact))
  expect(entries).toHaveLength(1)
  expect(entries[0]?.label).toHaveLength(80)
})
