// ARCHITECTURE.md says of each kind of mistake which rule tells it, or why none does.

import { expect, test } from 'vitest'
import { rules, rulesOnRequest } from '../../panel/model/rules'
import { read } from './sources'

interface Kind {
  id: string
  toldBy: string
}

const kinds = [...read('ARCHITECTURE.md').matchAll(/^\| (DG-\d+) \| .+ \| (.+) \|$/gm)].map(
  ([, id = '', toldBy = '']): Kind => ({ id, toldBy }),
)

const named = ({ toldBy }: Kind): string[] => [...toldBy.matchAll(/`([a-z-]+)`/g)].map(([, rule = '']) => rule)

const ids = new Set<string>([...rules, ...rulesOnRequest].map(({ id }) => id))

test('all kinds are there, in order', () => {
  expect(kinds.map(({ id }) => id)).toEqual(
    Array.from({ length: 25 }, (_, index) => `DG-${String(index + 1).padStart(2, '0')}`),
  )
})

test.each(kinds)('$id: a rule that there is, or the reason why there is none', (kind) => {
  expect(named(kind).filter((rule) => !ids.has(rule))).toEqual([])
  if (named(kind).length === 0) expect(kind.toldBy).toMatch(/^none: .{20}/)
})

test('each rule tells one of them', () => {
  const told = kinds.filter(({ toldBy }) => !toldBy.startsWith('none')).flatMap(named)
  expect(new Set(told)).toEqual(ids)
})
