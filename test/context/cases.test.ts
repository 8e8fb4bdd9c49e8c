// No case is forgotten: each has a test of its name, or a sentence that says why it cannot have one.

import { expect, test } from 'vitest'
import { everywhere } from '../async/cases'
import { read, trackedFiles } from '../repository/sources'

const families = { CV: 13, GS: 16, TK: 22, TM: 11, CM: 16, EQ: 8, CP: 7, RN: 20, GN: 8, HM: 10, PK: 32 }
const cases = Object.entries(families).flatMap(([family, count]) =>
  Array.from({ length: count }, (_, n) => `${family}-${String(n + 1).padStart(2, '0')}`),
)

const sources = trackedFiles()
  .filter((file) => file.endsWith('.test.ts'))
  .map(read)
const tested = sources.flatMap((source) => [...source.matchAll(/[tT]est\(\s*'((?:[A-Z]{2}-\d\d )+)/g)])
const asynchronous = Object.values(everywhere).flatMap(Object.keys)
const ids = new Set([...tested.map(([, names = '']) => names), ...asynchronous].flatMap((names) => names.split(' ')))
const excused = read('test/context/without-counterpart.md')

test.each(cases)('%s', (id) => {
  expect(ids.has(id) || excused.includes(`**${id}**`)).toBe(true)
})
