// Contexts as data, recorded: what is left out is told, and a context that is restored is one that begins with its values.

import { afterEach, beforeEach, expect, test } from 'vitest'
import { judge } from '../../panel/model/rules'
import { Timeline } from '../../panel/model/timeline'
import { Context, ContextReducer, ContextVar, copyContext } from '../../runtime'
import type { Batch, Fact } from '../../runtime/protocol'
import { record } from '../../runtime/recorder'

const user = new ContextVar<unknown>('user')
const lang = new ContextVar<unknown>('lang')
const shop = { __name__: 'shop', user, lang }

let recording: ReturnType<typeof record>

beforeEach(() => {
  recording = record({ budget: 1 })
})

afterEach(() => {
  recording.stop()
})

const batch = (): Batch => JSON.parse(recording.since(0))

function told<T extends Fact['type']>(type: T): Extract<Fact, { type: T }>[] {
  return batch().facts.filter((fact): fact is Extract<Fact, { type: T }> => fact.type === type)
}

/** Why, and of which variables. */
const leftOut = () => told('not-reduced').map(({ why, variables, more }) => [why, variables.map(nameOf), more])

const nameOf = (id: number): string | undefined => told('var-created').find(({ variable }) => variable === id)?.name

function holding(...values: [ContextVar<unknown>, unknown][]): Context {
  const context = new Context()
  context.run(() => {
    for (const [variable, value] of values) variable.set(value)
  })
  return context
}

function reducerOf(...variables: ContextVar<unknown>[]): ContextReducer {
  const reducer = new ContextReducer()
  for (const variable of variables) reducer.registerContextVar(variable, shop)
  return reducer
}

test('what is not registered is told once for each time that it is left out', () => {
  const context = holding([user, 1], [lang, 2])
  const reducer = reducerOf(user)
  reducer.reduce(context)
  reducer.reduce(context, 'json')
  expect(leftOut()).toEqual([
    ['unregistered', ['lang'], 0],
    ['unregistered', ['lang'], 0],
  ])
  const [fact] = told('not-reduced')
  expect(fact?.context).toBe(context.id)
  const [frame] = batch().stacks[fact?.stack ?? 0] ?? []
  expect(frame?.url).toContain('reduced.test.ts')
})

test('so it is where JSON.stringify asks, with the line that called that', () => {
  const reducer = new ContextReducer({ autoRegister: true })
  reducer.registerContextVar(user, shop)
  function send(): void {
    JSON.stringify({ context: holding([user, 1], [lang, 2]) })
  }
  send()
  Reflect.deleteProperty(Context.prototype, 'toJSON')
  expect(leftOut()).toEqual([['unregistered', ['lang'], 0]])
  const frames = batch().stacks[told('not-reduced')[0]?.stack ?? 0] ?? []
  expect(frames[0]?.name).toBe('send')
})

test('nothing is told where all is registered, where nothing is held, and of a context that is not reduced', () => {
  const reducer = reducerOf(user, lang)
  reducer.reduce(holding([user, 1], [lang, holding([user, 2])]))
  reducer.reduce(new Context())
  holding([new ContextVar('other'), 1])
  expect(leftOut()).toEqual([])
})

test('of many variables some are named, and the others counted', () => {
  const many = Array.from({ length: 25 }, (_, index) => new ContextVar<unknown>(`v${index}`))
  reducerOf().reduce(holding(...many.map((variable) => [variable, 1] as [typeof variable, number])))
  expect(leftOut()).toEqual([['unregistered', many.slice(0, 10).map(({ name }) => name), 15]])
})

test('a variable whose name a newer one has', () => {
  const reducer = new ContextReducer()
  for (const variable of [user, lang]) reducer.registerContextVar(variable, 'shop', 'same', { validate: false })
  expect(reducer.reduce(holding([user, 1], [lang, 2])).values).toEqual([['shop', 'same', 2]])
  expect(leftOut()).toEqual([['duplicate', ['user'], 0]])
})

test('a variable that its module does not have under its name', () => {
  const reducer = reducerOf(lang)
  reducer.registerContextVar(user, shop, 'misspelt', { validate: false })
  expect(reducer.reduce(holding([user, 1], [lang, 2])).values).toEqual([
    ['shop', 'misspelt', 1],
    ['shop', 'lang', 2],
  ])
  expect(leftOut()).toEqual([['unresolved', ['user'], 0]])
  // Nor is it there where another variable is.
  const wrong = new ContextReducer()
  wrong.registerContextVar(user, shop, 'lang', { validate: false })
  wrong.reduce(holding([user, 1]))
  expect(leftOut()).toHaveLength(2)
  // Where it is not known which variables a module has, there is nothing to tell.
  reducer.registerContextVar(user, 'elsewhere', 'user', { validate: false })
  reducer.reduce(holding([user, 1]))
  expect(leftOut()).toHaveLength(2)
})

test('a value that cannot be data, in whatever context within', () => {
  const reducer = reducerOf(user, lang)
  expect(() => reducer.reduce(holding([lang, [holding([user, () => {}])]]))).toThrow()
  expect(leftOut()).toEqual([
    ['refused', ['user'], 0],
    ['refused', ['lang'], 0],
  ])
  const circle = holding([user, 1])
  circle.run(() => user.set(circle))
  expect(() => reducer.reduce(circle)).toThrow()
  expect(leftOut()).toHaveLength(3)
})

test('a restored context is told as one, with what it holds and the line that restored it', () => {
  const data = reducerOf(user).reduce(holding([user, 'Ada']))
  const over = new ContextReducer({ factoryIsCopyContext: true })
  over.registerContextVar(user, shop)
  const before = batch().last
  const restored = over.restore(over.reduce(over.restore(data)))
  const facts = batch().facts.filter(({ seq }) => seq > before)
  expect(facts.map(({ type }) => type)).toEqual(['context-created', 'var-set', 'context-created', 'var-set'])
  const [empty, copied] = told('context-created').filter(({ kind }) => kind === 'restored')
  expect(empty).toMatchObject({ parent: null, api: 'ContextReducer.restore' })
  expect(copied).toMatchObject({ context: restored.id, parent: 1 })
  const set = told('var-set').at(-1)
  expect(set).toMatchObject({ context: restored.id, value: { text: '"Ada"' } })
  for (const stack of [copied?.stack, set?.stack]) {
    expect(batch().stacks[stack ?? 0]?.[0]?.url).toContain('reduced.test.ts')
  }
})

test('nobody forgot to undo what a context was restored with', () => {
  const timeline = new Timeline()
  const restored = reducerOf(user).restore(reducerOf(user).reduce(holding([user, 'Ada'])))
  restored.run(() => user.get())
  restored.copy().run(() => user.get())
  restored.run(() => copyContext())
  const { facts, stacks } = batch()
  timeline.append(facts, stacks)
  const about = judge(timeline.head).findings.filter(({ context }) => context === restored.id)
  expect(about).toEqual([])
  expect([...(timeline.head.contexts.get(restored.id as never)?.holdings.values() ?? [])]).toHaveLength(1)
})
