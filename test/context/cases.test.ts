// No case is forgotten: each has a test of its name, or a sentence that says why it cannot have one.

import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const families = { CV: 13, GS: 16, TK: 22, TM: 11, CM: 16, EQ: 8, CP: 7, RN: 20, GN: 8, HM: 10 }
const cases = Object.entries(families).flatMap(([family, count]) =>
  Array.from({ length: count }, (_, n) => `${family}-${String(n + 1).padStart(2, '0')}`),
)

const folder = new URL('../', import.meta.url)
const read = (file: string): string => readFileSync(new URL(file, folder), 'utf8')

const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.test.ts'))
  .map(read)
const tested = sources.flatMap((source) => [...source.matchAll(/[tT]est\(\s*'((?:[A-Z]{2}-\d\d )+)/g)])
const ids = new Set(tested.flatMap(([, names]) => names?.trim().split(' ')))
const excused = read('context/without-counterpart.md')

test.each(cases)('%s', (id) => {
  expect(ids.has(id) || excused.includes(`**${id}**`)).toBe(true)
})
