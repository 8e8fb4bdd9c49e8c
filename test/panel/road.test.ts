// How the recording comes here: told by the source after each question, in words that do not flicker, and without another picture.

import { ContextVar } from 'contextvars-devtools'
import { afterEach, expect, it, vi } from 'vitest'
import { createRoad, paced, type Road } from '../../panel/session/road'
import { startSession } from '../../panel/session/session'
import { shownFeed } from '../../panel/session/state'
import { inspectedPage } from '../../panel/source/inspected-page'
import { memoryWords, paceWords } from '../../panel/view/words'
import { record } from '../../runtime/recorder'
import { listen, openPage } from './page'

const undo: (() => void)[] = []
afterEach(() => {
  for (const end of undo.splice(0)) end()
  vi.useRealTimers()
})

function recordedPage() {
  const recording = record({ budget: 1 })
  const page = openPage()
  page.setOutlet(recording)
  undo.push(() => recording.stop())
  return page
}

/** What is said after each of these questions: `[moment, wait, read, last]`. */
function said(...questions: [now: number, wait: number, read: number, last: number][]): (string | null)[] {
  let road: Road = createRoad().state
  return questions.map(([now, wait, read, last]) => {
    road = { ...road, ...paced(road, { wait, read, last }, now) }
    return paceWords(road)
  })
}

it.each([
  [50, 'asked 20×/s'],
  [250, 'asked 4×/s'],
  [263, 'asked 4×/s'],
  [1_000, 'asked 1×/s'],
  [4_000, 'asked every 4 s'],
])('who is asked every %s ms is %s', (wait, words) => {
  expect(said([0, wait, 7, 7])).toEqual([words])
})

it('a burst that is read within half a second is not spoken of', () => {
  const read = said([0, 50, 10, 10], [50, 0, 10_000, 30_000], [300, 0, 20_000, 30_000], [540, 50, 30_000, 30_000])
  expect(read).toEqual(Array(4).fill('asked 20×/s'))
})

it('what takes longer shows how far it is, until all is read', () => {
  const read = said(
    [0, 0, 10_000, 1_000_000],
    [600, 0, 120_000, 1_000_000],
    [900, 0, 180_000, 1_000_000],
    [5_000, 50, 9, 9],
  )
  expect(read).toEqual([null, 'reading 120,000 of 1,000,000', 'reading 180,000 of 1,000,000', 'asked 20×/s'])
})

it.each([
  [0, 64, '0 of 64 MB'],
  [2.1, 64, '2.1 of 64 MB'],
  [63.6, 64, '64 of 64 MB'],
  [0.04, 4, '0.0 of 4 MB'],
])('a log of %s in %s MB is %s', (bytes, capacity, words) => {
  const log = { bytes: Math.round(bytes * 2 ** 20), capacity: capacity * 2 ** 20, silent: 0 }
  expect(memoryWords({ log })).toBe(words)
})

it('a source tells its pace, and how far it is', async () => {
  vi.useFakeTimers()
  const variable = new ContextVar<number>('paced')
  const page = recordedPage()
  for (let index = 0; index < 12_000; index += 1) variable.set(index)
  const heard = listen(page)
  undo.push(heard.stop)
  await vi.advanceTimersByTimeAsync(10_000)
  const [first, ...rest] = heard.paces
  expect(first?.wait).toBe(0)
  expect(first?.read).toBeLessThan(first?.last ?? 0)
  expect(rest.some(({ wait, read, last }) => wait === 50 && read === last)).toBe(true)
  expect(rest.at(-1)).toMatchObject({ wait: 250, read: rest.at(-1)?.last })
  page.tell('hidden')
  await vi.advanceTimersByTimeAsync(5_000)
  expect(heard.paces.at(-1)?.wait).toBe(1_000)
})

it('while nothing but the pace changes, the picture stays the same object', async () => {
  vi.useFakeTimers()
  const place = { toolVersion: '1', describePage: async () => ({ url: '', title: '' }) }
  const session = startSession(inspectedPage(recordedPage()), place)
  undo.push(session.end)
  await vi.advanceTimersByTimeAsync(1_000)
  const before = session.store.state
  const { road } = shownFeed(before)
  expect(paceWords(road.state)).toBe('asked 20×/s')
  await vi.advanceTimersByTimeAsync(10_000)
  expect(paceWords(road.state)).toBe('asked 4×/s')
  expect(session.store.state).toBe(before)
})
