import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createPacemaker } from '../../panel/session/pacemaker'

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] }))
afterEach(() => void vi.useRealTimers())

/** When it works, in a second in which it is asked all the time. */
async function times(work: (busy: (ms: number) => void) => void): Promise<number[]> {
  // The clock of those who work, beside that of those who wait.
  let worked = 0
  const clock = performance.now.bind(performance)
  const now = vi.spyOn(performance, 'now').mockImplementation(() => clock() + worked)
  const at: number[] = []
  const pacemaker = createPacemaker(() => {
    at.push(clock())
    work((ms) => {
      worked += ms
    })
  })
  const began = clock()
  while (clock() - began < 1000) {
    pacemaker.request()
    await vi.advanceTimersByTimeAsync(1)
  }
  pacemaker.stop()
  now.mockRestore()
  return at.map((one) => one - began)
}

const apart = (at: readonly number[]): number => Math.min(...at.slice(1).map((one, index) => one - (at[index] ?? 0)))

it('works ten times a second at most', async () => {
  const at = await times(() => {})
  expect(at.length).toBeGreaterThan(8)
  expect(apart(at)).toBeGreaterThanOrEqual(100)
})

it('does not rest before what a person waits for', async () => {
  const clock = performance.now.bind(performance)
  const at: number[] = []
  const pacemaker = createPacemaker(() => at.push(clock()))
  const began = clock()
  pacemaker.request()
  await vi.advanceTimersByTimeAsync(1)
  pacemaker.request()
  await vi.advanceTimersByTimeAsync(1)
  pacemaker.request(true)
  await vi.advanceTimersByTimeAsync(1)
  expect(at.map((one) => one - began)).toEqual([0, 2])
  // And once is enough.
  await vi.advanceTimersByTimeAsync(1_000)
  expect(at).toHaveLength(2)
  pacemaker.stop()
})

it('rests four times as long as the work took', async () => {
  expect(apart(await times((busy) => busy(50)))).toBeGreaterThanOrEqual(200)
})

it('counts what is drawn for it in a microtask', async () => {
  const at = await times((busy) => queueMicrotask(() => busy(50)))
  expect(at.length).toBeGreaterThan(2)
  expect(apart(at)).toBeGreaterThanOrEqual(200)
})
