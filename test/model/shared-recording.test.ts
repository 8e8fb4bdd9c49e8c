// Who only reads shares one recording, whoever began it and whoever comes second: tracks, warnings and a test's own.

import { ContextVar, copyContext } from 'contextvars-devtools'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { showTracks } from '../../panel/chrome'
import { assertNoProblems, startRecording, warnOfProblems } from '../../panel/testing'
import { tap } from '../../runtime/context/tap'

const user = new ContextVar<string>('user')
const warn = vi.spyOn(console, 'warn')
const timeStamp = Object.getOwnPropertyDescriptor(console, 'timeStamp')
let tracks: string[] = []
const ends: (() => void)[] = []

beforeEach(() => {
  vi.useFakeTimers()
  warn.mockReset()
  tracks = []
  const value = (label: string, _start: number, _end: number, track: string) => void tracks.push(`${track}: ${label}`)
  Object.defineProperty(console, 'timeStamp', { value, configurable: true })
})
afterEach(() => {
  for (const end of ends.splice(0)) end()
  vi.useRealTimers()
  Reflect.deleteProperty(console, 'timeStamp')
  if (timeStamp) Object.defineProperty(console, 'timeStamp', timeStamp)
})

const warnings = () => warn.mock.calls.map(([text]) => String(text))

function resetTwice(name: string): void {
  copyContext().run(() => {
    const token = user.set(name)
    user.reset(token)
    expect(() => user.reset(token)).toThrow()
  })
}
const readers = { tracks: () => showTracks(), warnings: () => warnOfProblems() }
const seen = (name: string) => tracks.includes(`Values: user = "${name}"`)

test.each([
  ['tracks', 'warnings'],
  ['warnings', 'tracks'],
] as const)('%s first, then %s: both see all of it, with lines, and the last ends it', (first, second) => {
  const endFirst = readers[first]()
  const endSecond = readers[second]()
  ends.push(endFirst, endSecond)
  resetTwice('ada')
  vi.advanceTimersByTime(1_000)
  expect(seen('ada')).toBe(true)
  expect(warnings()).toEqual([expect.stringMatching(/shared-recording\.test\.ts:\d+/)])
  endFirst()
  resetTwice('grace')
  endSecond()
  expect(seen('grace')).toBe(second === 'tracks')
  expect(tap).toBeNull()
})

test('a recording of a test is read while it goes on, and one of their own when it has ended', () => {
  ends.push(showTracks(), warnOfProblems())
  resetTwice('before')
  const recording = startRecording({ stacks: 'none' })
  resetTwice('during')
  vi.advanceTimersByTime(1_000)
  expect([seen('before'), seen('during')]).toEqual([true, true])
  expect(() => assertNoProblems(recording)).toThrow(/"during"/)
  // Without lines, as its owner wants it.
  expect(() => assertNoProblems(recording)).not.toThrow(/shared-recording\.test\.ts:\d/)
  recording.stop()
  vi.advanceTimersByTime(1_000)
  resetTwice('after')
  vi.advanceTimersByTime(1_000)
  expect(seen('after')).toBe(true)
  expect(recording.findings()).toHaveLength(1)
})

test('readers end no recording of a test', () => {
  const recording = startRecording()
  ends.push(recording.stop.bind(recording))
  showTracks()()
  warnOfProblems()()
  resetTwice('ada')
  expect(recording.findings()).toHaveLength(1)
})
