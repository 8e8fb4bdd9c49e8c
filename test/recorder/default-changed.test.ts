// A default that somebody changed is told where another context finds it, by a look at it.

import { afterEach, beforeEach, expect, test } from 'vitest'
import { Context, ContextVar } from '../../runtime'
import type { Batch } from '../../runtime/protocol'
import { record } from '../../runtime/recorder'

let recording = record({ budget: 1 })
beforeEach(() => {
  recording = record({ budget: 1 })
})
afterEach(() => recording.stop())

const batch = (): Batch => JSON.parse(recording.since(0))
/** What it looks like now, and the function that read it. */
const told = () => {
  const { facts, stacks } = batch()
  return facts.flatMap((fact) =>
    fact.type === 'default-changed' ? `${fact.value.text} in ${stacks[fact.stack ?? 0]?.[0]?.name}` : [],
  )
}

function readElsewhere(variable: ContextVar<unknown>): void {
  new Context().run(function read() {
    variable.get()
  })
}

class Session {
  calls = 0
}

test.each<[string, object, (value: never) => void, string]>([
  ['a list', [], (list: number[]) => list.push(7), '(1) [7]'],
  ['a map', new Map(), (map: Map<string, number>) => map.set('a', 1), 'Map(1) {"a" => 1}'],
  ['a set', new Set(), (set: Set<number>) => set.add(1), 'Set(1) {1}'],
  ['a plain object', {}, (object: { user?: string }) => Object.assign(object, { user: 'ada' }), '{user: "ada"}'],
])('told, once, of %s', (_, value, change, shown) => {
  const variable = new ContextVar<object>('shared', { default: value })
  readElsewhere(variable)
  expect(told()).toEqual([])
  change(value as never)
  readElsewhere(variable)
  expect(told()).toEqual([`${shown} in read`])
  readElsewhere(variable)
  expect(told()).toHaveLength(1)
})

test.each<[string, object, (value: never) => void]>([
  ['an object with a class of its own, whose business that is', new Session(), (session: Session) => session.calls++],
  ['what nobody changes', [], () => {}],
  ['what it leads to', { session: new Session() }, ({ session }: { session: Session }) => session.calls++],
])('not told of %s', (_, value, change) => {
  const variable = new ContextVar<object>('kept', { default: value })
  readElsewhere(variable)
  change(value as never)
  readElsewhere(variable)
  expect(told()).toEqual([])
})

test('not told of a value that a context was given', () => {
  const given: number[] = []
  const variable = new ContextVar<number[]>('given', { default: [] })
  new Context().run(() => {
    variable.set(given)
    variable.get().push(1)
    readElsewhere(variable)
  })
  expect(told()).toEqual([])
})

test('not told of a fallback of the one who asks', () => {
  const list: number[] = []
  const variable = new ContextVar<number[]>('list', { default: list })
  list.push(1)
  new Context().run(() => variable.get([]))
  expect(told()).toEqual([])
})

test('told of a default that is older than the recorder, if it changes later', () => {
  recording.stop()
  const list: number[] = [1]
  const variable = new ContextVar<number[]>('older', { default: list })
  recording = record({ budget: 1 })
  readElsewhere(variable)
  list.push(2)
  readElsewhere(variable)
  expect(told()).toEqual(['(2) [1, 2] in read'])
})
