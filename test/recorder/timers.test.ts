// A timer that repeats keeps the values of the task that started it. Its calls mostly touch nothing, and are counted; one is told when
// the task is over, so that a rule can see what is kept.

import { afterEach, beforeEach, expect, test } from 'vitest'
import { judge } from '../../panel/model/rules'
import { Timeline } from '../../panel/model/timeline'
import { Context, ContextVar } from '../../runtime'
import { createTask, install } from '../../runtime/async'
import type { Batch } from '../../runtime/protocol'
import { record } from '../../runtime/recorder'

const agents = new ContextVar<string | null>('agents', { default: null })

let recording: ReturnType<typeof record>
let uninstall: () => void
const timers: ReturnType<typeof setInterval>[] = []

beforeEach(() => {
  recording = record({ budget: 1 })
  uninstall = install()
})

afterEach(() => {
  for (const timer of timers.splice(0)) clearInterval(timer)
  uninstall()
  recording.stop()
})

const batch = (): Batch => JSON.parse(recording.since(0))

const calls = () => batch().facts.filter((fact) => fact.type === 'context-created' && fact.api === 'setInterval')

function notes(): string[] {
  const { facts, stacks } = batch()
  const timeline = new Timeline()
  timeline.append(facts, stacks)
  return judge(timeline.head).findings.map(({ title }) => title)
}

const nothing = (): void => {}

/** Three calls of a timer, which may do something. */
function threeCalls(during: () => void = nothing): Promise<void> {
  return new Promise((done) => {
    let count = 0
    const call = (): void => {
      during()
      if (++count === 3) done()
    }
    timers.push(setInterval(call, 1))
  })
}

/** In a task that sets a value, and resets it. */
function inTask<T>(work: () => T): Promise<T> {
  return createTask(() => {
    const token = agents.set('many')
    const result = work()
    agents.reset(token)
    return result
  }).result
}

test('one call is told when the task is over, with the line that started the timer', async () => {
  // The task settles before the first call.
  const { over } = await inTask(() => ({ over: threeCalls() }))
  await over
  const [call, ...others] = calls()
  expect(others).toEqual([])
  expect(call).toMatchObject({ kind: 'callback', api: 'setInterval' })
  expect(
    batch().facts.some(
      (fact) => fact.type === 'callback-ran' && fact.context === (call as { context: number }).context,
    ),
  ).toBe(true)
  const stack = batch().stacks[(call as { stack: number }).stack]
  expect(stack?.[0]?.url).toContain('timers.test.ts')
  expect(batch().silent).toBeGreaterThanOrEqual(2)
  expect(notes()).toEqual(['Value kept by a timer: agents'])
})

test('each timer is told, and counted at its line', async () => {
  const all = await inTask(() => ({ over: Promise.all([threeCalls(), threeCalls()]) }))
  await all.over
  expect(calls()).toHaveLength(2)
  expect(notes()).toEqual(['Value kept by a timer: agents (2 times)'])
})

test('those that read something are told as ever, and are one problem', async () => {
  const { over } = await inTask(() => ({ over: threeCalls(() => agents.get()) }))
  await over
  expect(calls().length).toBeGreaterThanOrEqual(3)
  expect(notes().filter((title) => title.startsWith('Value kept'))).toHaveLength(1)
})

test.each<[string, () => Promise<unknown>]>([
  [
    'the task goes on',
    () =>
      createTask(async () => {
        agents.set('many')
        await threeCalls()
        for (const timer of timers) clearInterval(timer)
      }).result,
  ],
  ['it is started where nothing is set', async () => (await createTask(() => ({ over: threeCalls() })).result).over],
  [
    'it is started in a context of its own',
    async () => (await inTask(() => ({ over: new Context().run(threeCalls) }))).over,
  ],
  ['no task started it', () => threeCalls()],
  [
    'it does not repeat',
    async () => {
      const { over } = await inTask(() => ({ over: new Promise<void>((done) => setTimeout(done, 1)) }))
      await over
    },
  ],
])('nothing is told where %s', async (_, run) => {
  await run()
  expect(calls()).toEqual([])
  expect(notes().filter((title) => title.startsWith('Value kept'))).toEqual([])
})
