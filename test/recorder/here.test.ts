// What a recorder says of the current context, for somebody who reads none of its facts.

import { afterEach, beforeEach, expect, test } from 'vitest'
import { Context, ContextVar, copyContext } from '../../runtime'
import { createTask, install } from '../../runtime/async'
import type { Batch, Census } from '../../runtime/protocol'
import { Recording } from '../../runtime/recorder/recording'

let recording: Recording
let uninstall: () => void

beforeEach(() => {
  recording = new Recording({ budget: 1 })
  uninstall = install()
})

afterEach(() => {
  uninstall()
  recording.stop()
})

const ask = (): Batch => JSON.parse(recording.here())
const census = ({ facts }: Batch) => facts[0] as Census
const dish = new ContextVar<string>('dish')
const cook = new ContextVar<string>('cook', { default: 'nobody' })

test('the current context comes first, then those above it, each with what it holds and who set that', async () => {
  let heard: Batch | undefined
  await createTask(
    async () => {
      dish.set('soup')
      copyContext().run(() => {
        cook.set('Ada')
        heard = ask()
      })
    },
    { name: 'Chef' },
  )
  if (heard === undefined) throw new Error('nothing was heard')
  const { current, contexts, variables } = census(heard)
  expect(contexts.map(({ kind, name }) => name ?? kind)).toEqual(['copy', 'Chef', 'base'])
  expect(contexts[0]?.context).toBe(current)
  expect(contexts[1]?.context).toBe(contexts[0]?.parent)
  const named = (id: number) => variables.find(({ variable }) => variable === id)?.name
  const held = contexts[0]?.entries.map(({ variable, value, token }) => [named(variable), value.text, token !== null])
  expect(held).toEqual(
    expect.arrayContaining([
      ['cook', '"Ada"', true],
      ['dish', '"soup"', false],
    ]),
  )
  const set = contexts[1]?.entries.find(({ variable }) => named(variable) === 'dish')
  expect(heard.stacks[set?.stack ?? 0]?.[0]?.url).toContain('here.test.ts')
})

test('it is not told as a fact: the log goes on where it stood', () => {
  dish.set('bread')
  const { last } = JSON.parse(recording.where())
  const types = () => (JSON.parse(recording.since(0)) as Batch).facts.map(({ type }) => type)
  const before = types()
  expect(ask().last).toBe(last)
  expect(types()).toEqual(before)
})

test('of a long line of copies the nearest are told', () => {
  const nested = (left: number): Batch => (left === 0 ? ask() : copyContext().run(() => nested(left - 1)))
  expect(census(nested(100)).contexts).toHaveLength(32)
})

test('a context that starts empty has nothing above it', () => {
  const heard = new Context().run(() => ask())
  expect(census(heard).contexts.map(({ kind, parent }) => [kind, parent])).toEqual([['new', null]])
})
