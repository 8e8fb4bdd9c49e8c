// What the Performance panel is told, of a real recording.

import { ContextVar, copyContext } from 'contextvars-devtools'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { showTracks } from '../../panel/chrome'
import { OUTLET_KEY } from '../../runtime/protocol'
import { record } from '../../runtime/recorder'

const user = new ContextVar<string>('user')
const work = (name: string) => copyContext().run(() => user.reset(user.set(name)))
const never = { every: 1_000_000 }

/** Node's own console has none that says anything. */
const timeStamp = Object.getOwnPropertyDescriptor(console, 'timeStamp')
let told: unknown[][] = []
beforeEach(() => {
  told = []
  const value = (...entry: unknown[]) => void told.push(entry)
  Object.defineProperty(console, 'timeStamp', { value, configurable: true })
})
afterEach(() => {
  vi.restoreAllMocks()
  vi.useRealTimers()
  Reflect.deleteProperty(globalThis, OUTLET_KEY)
  Reflect.deleteProperty(console, 'timeStamp')
  if (timeStamp) Object.defineProperty(console, 'timeStamp', timeStamp)
})

const values = () => told.flatMap(([label, , , track]) => (track === 'Values' ? [label] : []))

test('sets and runs are told, as long as it goes on', () => {
  const stop = showTracks(never)
  work('Ada')
  stop()
  work('Grace')
  stop()
  expect(values()).toEqual(['user = "Ada"'])
  const [run] = told.filter(([, , , track]) => track === 'Runs')
  expect(run).toEqual([expect.any(String), expect.any(Number), expect.any(Number), 'Runs', 'Contextvars', 'secondary'])
})

test('what happens in the same millisecond is told, too', () => {
  const names = Array.from({ length: 200 }, (_, n) => `visitor ${n}`)
  for (const name of names) {
    const stop = showTracks(never)
    work(name)
    stop()
  }
  expect(values()).toEqual(names.map((name) => `user = "${name}"`))
})

test('where the extension records, what was before is not told, but known', async () => {
  const recording = record()
  Reflect.set(globalThis, OUTLET_KEY, recording)
  work('Ada')
  await new Promise((resolve) => setTimeout(resolve, 5))
  const stop = showTracks(never)
  await new Promise((resolve) => setTimeout(resolve, 5))
  work('Grace')
  stop()
  recording.stop()
  expect(values()).toEqual(['user = "Grace"'])
})

test('one look does not read all of a long recording', () => {
  const recording = record({ stacks: 'none' })
  const since = vi.fn(recording.since.bind(recording))
  Reflect.set(globalThis, OUTLET_KEY, { since })
  for (let n = 0; n < 10_000; n++) work('Ada')
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  const now = vi.spyOn(performance, 'now')
  // A slow machine: each time it is asked, a second has gone by.
  let time = performance.now()
  now.mockImplementation(() => (time += 1_000))
  const stop = showTracks({ every: 100 })
  vi.advanceTimersByTime(100)
  expect(since).toHaveBeenCalledTimes(1)
  vi.advanceTimersByTime(100)
  expect(since).toHaveBeenCalledTimes(2)
  stop()
  expect(since.mock.calls.length).toBeGreaterThan(5)
  recording.stop()
})
