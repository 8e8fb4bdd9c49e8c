// Which of the documents that have gone stay: the newest, by their number and by what they occupy.

import { expect, test } from 'vitest'
import { KEPT_BYTES } from '../../panel/model/limits'
import type { DocumentState } from '../../panel/session/frames'
import { newestGone } from '../../panel/session/gone'

/** Of a document, its name and what it occupies are all that matters here. */
const documents = (...bytes: number[]): DocumentState[] =>
  bytes.map((bytes, index) => ({ key: `${index}`, feed: { timeline: { bytes } } }) as unknown as DocumentState)

const names = (kept: readonly DocumentState[]): string => kept.map(({ key }) => key).join(' ')

test('the last ten stay, oldest first', () => {
  expect(names(newestGone(documents(...new Array(12).fill(1))))).toBe('2 3 4 5 6 7 8 9 10 11')
  expect(newestGone([])).toEqual([])
})

test('fewer do where they are large, and the newest always', () => {
  const half = KEPT_BYTES / 2
  expect(names(newestGone(documents(1, half, half, 1)))).toBe('2 3')
  expect(names(newestGone(documents(1, 1, 2 * KEPT_BYTES)))).toBe('2')
})
