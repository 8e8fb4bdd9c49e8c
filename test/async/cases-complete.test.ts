// No case is forgotten: each runs in Chromium by its id, or a sentence says why it cannot. Most run in Node, too.

import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { inPages } from '../pages/cases'
import { everywhere } from './cases'

const families = { AS: 41, AW: 23, ND: 12, UV: 8, AI: 9, GV: 5 }
const ids = Object.entries(families).flatMap(([family, count]) =>
  Array.from({ length: count }, (_, n) => `${family}-${String(n + 1).padStart(2, '0')}`),
)
// Of other families, what has to do with it.
const others = ['GN-05', 'GN-06', 'GN-09', 'GN-10', 'GN-11', 'RN-16', 'RN-17', 'TM-10']

const titles = Object.values({ ...everywhere, ...inPages }).flatMap(Object.keys)
const tested = new Set(titles.map((title) => title.slice(0, 'AS-01'.length)))
const sentences = readFileSync(new URL('without-counterpart.md', import.meta.url), 'utf8')
const excused = new Set([...sentences.matchAll(/\*\*([A-Z]{2}-\d\d)\*\*/g)].map(([, id]) => id))

describe('each case is a test, or is excused in a sentence; never both', () => {
  test.each([...ids, ...others])('%s', (id) => {
    expect(tested.has(id)).toBe(!excused.has(id))
  })
})

test('titles are all different, and begin with an id', () => {
  expect(new Set(titles).size).toBe(titles.length)
  expect(titles.filter((title) => !/^[A-Z]{2}-\d\d \S/.test(title))).toEqual([])
})
