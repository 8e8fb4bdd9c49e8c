// Problems as warnings on the console, with the real runtime and the real recorder.

import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { warnOfProblems } from '../../panel/testing'
import { ContextVar, copyContext } from '../../runtime'
import { OUTLET_KEY } from '../../runtime/protocol'
import { record } from '../../runtime/recorder'

const user = new ContextVar<string>('user')
const warn = vi.spyOn(console, 'warn')
let end = () => {}

beforeEach(() => {
  vi.useFakeTimers()
  warn.mockReset()
})
afterEach(() => {
  end()
  Reflect.deleteProperty(globalThis, OUTLET_KEY)
  vi.useRealTimers()
})

const warnings = (): string[] => warn.mock.calls.map(([text]) => String(text))

function resetTwice(): void {
  copyContext().run(() => {
    const token = user.set('ada')
    user.reset(token)
    expect(() => user.reset(token)).toThrow()
  })
}

test('each problem is told once, when it is found, with its line and its advice', () => {
  end = warnOfProblems()
  vi.advanceTimersByTime(5_000)
  expect(warnings()).toEqual([])
  for (let round = 0; round < 3; round++) {
    resetTwice()
    vi.advanceTimersByTime(1_000)
  }
  expect(warnings()).toHaveLength(1)
  expect(warnings()[0]).toMatch(/^Contextvars\nerror +Token used twice: user\n/)
  expect(warnings()[0]).toMatch(/warnings\.test\.ts:\d+/)
  expect(warnings()[0]).toContain('using _token = user.set(value)')
})

test('notes only where they are asked for, and nothing after its end but a last look', () => {
  end = warnOfProblems({ from: 'info' })
  copyContext().run(() => void user.set('ada'))
  end()
  expect(warnings()).toHaveLength(1)
  resetTwice()
  vi.advanceTimersByTime(5_000)
  expect(warnings()).toHaveLength(1)
})

test('where the extension records the page, its recording is read, and goes on', () => {
  const extension = record({ budget: 1 })
  Object.defineProperty(globalThis, OUTLET_KEY, { value: extension, configurable: true })
  end = warnOfProblems()
  resetTwice()
  vi.advanceTimersByTime(1_000)
  expect(warnings()).toHaveLength(1)
  end()
  const before = JSON.parse(extension.where()).last
  resetTwice()
  expect(JSON.parse(extension.where()).last).toBeGreaterThan(before)
  extension.stop()
})

test('and where it comes later, too', () => {
  end = warnOfProblems()
  const extension = record({ budget: 1 })
  Object.defineProperty(globalThis, OUTLET_KEY, { value: extension, configurable: true })
  resetTwice()
  vi.advanceTimersByTime(1_000)
  expect(warnings()).toHaveLength(1)
  extension.stop()
})

test('what means nothing is refused', () => {
  expect(() => warnOfProblems({ from: 'all' as never })).toThrow(/warnOfProblems: `from` is "all"/)
})
