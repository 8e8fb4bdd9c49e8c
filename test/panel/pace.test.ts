// The pace at which a page is asked: fast enough for a person, cheap enough for a page.

import { describe, expect, it } from 'vitest'
import { delay, type Moment } from '../../panel/source/pace'

const quiet: Moment = { behind: false, failures: 0, hidden: false, recorded: true, quiet: 60_000, share: 0 }

describe('pace', () => {
  it('asks again at once while the page has more to tell', () => {
    expect(delay({ ...quiet, behind: true })).toBe(0)
    expect(delay({ ...quiet, behind: true, hidden: true })).toBe(0)
  })

  it('shows a pause within 300 ms, however long nothing happened', () => {
    expect(delay(quiet)).toBeLessThanOrEqual(250)
  })

  it('keeps up after a change, at most twenty times a second', () => {
    expect(delay({ ...quiet, quiet: 0 })).toBe(50)
    expect(delay({ ...quiet, quiet: 1999 })).toBe(50)
    expect(delay({ ...quiet, quiet: 2001 })).toBeGreaterThan(50)
  })

  it('slows down while hidden, and still reads before the log overflows', () => {
    expect(delay({ ...quiet, hidden: true, quiet: 0 })).toBe(1000)
    const halfTheLogEachTime = delay({ ...quiet, hidden: true, share: 0.5 })
    expect(halfTheLogEachTime).toBeLessThan(1000)
  })

  it('only glances at a page that is not recorded', () => {
    expect(delay({ ...quiet, recorded: false })).toBe(1000)
    expect(delay({ ...quiet, recorded: false, quiet: 0 })).toBeLessThan(1000)
  })

  it('backs off from a page that does not answer, and never gives up', () => {
    const waits = [1, 2, 3, 4, 5, 6, 20, 2000].map((failures) => delay({ ...quiet, failures, behind: true }))
    expect(waits).toEqual([...waits].sort((a, b) => a - b))
    expect(waits[0]).toBeGreaterThan(0)
    expect(waits.at(-1)).toBe(5000)
  })
})
