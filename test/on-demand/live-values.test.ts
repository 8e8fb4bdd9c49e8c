// What lives, looked into by the script that the panel brings: bounded, without running anything of the page, and told when it is gone.

import { type Context, ContextVar, copyContext } from 'contextvars-devtools'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { parseLiveAnswer } from '../../panel/model/live-answer'
import { liveWords } from '../../panel/view/words'
import { type ContextId, type LiveAnswer, type LiveStep, OUTLET_KEY, type VariableId } from '../../runtime/protocol'
import { recorded } from './page'

let page: Awaited<ReturnType<typeof recorded>>
beforeEach(async () => {
  page = await recorded('live-values')
})
afterEach(() => {
  page.stop()
  for (const name of ['$ctx', 'temp1', 'temp2', 'inspectContext']) Reflect.deleteProperty(globalThis, name)
  vi.restoreAllMocks()
})

const ask = (question: object): LiveAnswer => {
  const answer = page.lent.liveValues?.(JSON.stringify({ epoch: page.lent.epoch, ...question }))
  const read = parseLiveAnswer(answer ?? '')
  if (read === null) throw new Error(`${answer} is no answer`)
  return read
}

const held = new ContextVar<unknown>('held')

/** A context that holds `value`. */
function holding(value: unknown): Context {
  const context = copyContext()
  context.run(() => held.set(value))
  return context
}

const idsOf = (context: Context) => ({ context: context.id as ContextId, variable: held.id as VariableId })

const look = (context: Context, path: LiveStep[] = [], count = 100) =>
  ask({ ask: 'value', ...idsOf(context), path, count, length: 1_000 })

const entries = (answer: LiveAnswer) =>
  answer.state === 'value' ? (answer.value.entries ?? []).map(([name, { text }]) => `${name}: ${text}`) : answer

describe('a value', () => {
  test('is opened level by level, far beyond what was recorded', () => {
    const context = holding({ a: { b: { c: { d: [1, new Map([['key', { deep: true }]])] } } } })
    let path: LiveStep[] = []
    for (const name of ['a', 'b', 'c', 'd']) path = [...path, [0, name]]
    expect(entries(look(context, path))).toEqual(['0: 1', '1: Map(1) {"key" => {…}}'])
    path = [...path, [1, '1'], [0, '"key"']]
    expect(entries(look(context, path))).toEqual(['deep: true'])
  })

  test('of many entries tells how many are left, and more when asked', () => {
    const context = holding(Array.from({ length: 250 }, (_, index) => index))
    const first = look(context)
    expect(entries(first)).toHaveLength(100)
    expect(first).toMatchObject({ state: 'value', left: 150 })
    expect(look(context, [], 1_000)).toMatchObject({ left: 0 })
  })

  test.each([
    ['an object', Object.fromEntries(Array.from({ length: 20 }, (_, at) => [`key${at}`, { at }])), 'key13'],
    ['an array with holes', Object.assign([] as unknown[], { 13: { at: 13 } }), '13'],
    ['a map', new Map(Array.from({ length: 20 }, (_, at) => [`key${at}`, { at }])), '"key13"'],
    ['a set', new Set(Array.from({ length: 20 }, (_, at) => ({ at }))), '13'],
  ])('in %s is found by its place and its name', (_, value, name) => {
    const context = holding(value)
    expect(entries(look(context, [[13, name]]))).toEqual(['at: 13'])
    expect(look(context, [[12, name]])).toEqual({ state: 'gone', what: 'place' })
    expect(look(context, [[400, name]])).toEqual({ state: 'gone', what: 'place' })
  })

  test('beside an accessor and a hole is not taken for another one', () => {
    const run = vi.fn()
    const value = Object.defineProperty({ first: 1 } as object, 'second', { get: run, enumerable: true })
    Object.assign(value, { third: { at: 3 } })
    const context = holding(value)
    expect(entries(look(context))).toEqual(['first: 1', 'second: (accessor)', 'third: {at: 3}'])
    expect(entries(look(context, [[2, 'third']]))).toEqual(['at: 3'])
    expect(look(context, [[1, 'second']])).toMatchObject({ state: 'value', value: { text: 'undefined' } })
    // biome-ignore lint/suspicious/noSparseArray: the hole is the point
    const sparse = holding([, { at: 1 }])
    expect(entries(look(sparse))).toEqual(['0: empty', '1: {at: 1}'])
    expect(look(sparse, [[0, '0']])).toEqual({ state: 'gone', what: 'place' })
    expect(run).not.toHaveBeenCalled()
  })

  test('runs nothing of the page: no getter, no iterator, no toJSON', () => {
    const run = vi.fn()
    class Tricky extends Map<unknown, unknown> {
      override entries() {
        run()
        return super.entries()
      }
      override get size() {
        run()
        return 0
      }
      toJSON() {
        run()
      }
      override [Symbol.iterator]() {
        run()
        return super[Symbol.iterator]()
      }
    }
    look(holding(new Tricky([[{ toString: run }, { valueOf: run }]])))
    expect(run).not.toHaveBeenCalled()
  })

  test('that was changed since it was recorded looks other than it did', () => {
    const value = { name: 'Ada' }
    const context = holding(value)
    const before = look(context)
    value.name = 'Eve'
    expect(before).toMatchObject({ recorded: { text: '{name: "Ada"}' } })
    expect(look(context)).toMatchObject({ recorded: { text: '{name: "Eve"}' }, value: { text: '{name: "Eve"}' } })
  })

  test('in circles is opened as long as somebody opens it', () => {
    const value: Record<string, unknown> = { name: 'Ada' }
    value.self = value
    const path = Array.from({ length: 50 }, (): LiveStep => [1, 'self'])
    expect(entries(look(holding(value), path))).toContain('name: "Ada"')
  })
})

test('what is gone is told: another document, a context, a variable', () => {
  const context = holding(1)
  const question = { ask: 'value', ...idsOf(context), path: [], count: 1, length: 1 }
  expect(ask({ ...question, epoch: 'another' })).toEqual({ state: 'gone', what: 'document' })
  expect(ask({ ...question, context: 999_999 })).toEqual({ state: 'gone', what: 'context' })
  expect(ask({ ...question, variable: 999_999 })).toEqual({ state: 'gone', what: 'variable' })
})

describe('the Console', () => {
  const globals = globalThis as unknown as Record<string, unknown>
  const store = (context: Context) => ask({ ask: 'store-context', context: context.id })

  test('has a value under the first name that is free', () => {
    const context = holding({ inner: { at: 7 } })
    globals.temp1 = 'of the page'
    const path: LiveStep[] = [[0, 'inner']]
    expect(ask({ ask: 'store-value', ...idsOf(context), path })).toEqual({ state: 'stored', name: 'temp2' })
    expect(globals.temp2).toEqual({ at: 7 })
    expect(globals.temp1).toBe('of the page')
    expect(Object.keys(globalThis)).not.toContain('temp2')
  })

  test('has nothing where the global object takes nothing more, which is told', () => {
    const context = holding({ at: 7 })
    vi.spyOn(Reflect, 'defineProperty').mockReturnValue(false)
    expect(ask({ ask: 'store-value', ...idsOf(context), path: [] })).toEqual({ state: 'not-stored' })
    expect(store(context)).toEqual({ state: 'not-stored' })
    vi.restoreAllMocks()
    expect(liveWords({ state: 'not-stored' })).toBe('The page lets nothing be added to its global object.')
  })

  test('has the context as $ctx, the next in its place, and leaves one of the page alone', () => {
    const [first, second] = [holding(1), holding(2)]
    expect(store(first)).toEqual({ state: 'stored', name: '$ctx' })
    expect(globals.$ctx).toBe(first)
    expect(store(second)).toEqual({ state: 'stored', name: '$ctx' })
    expect(globals.$ctx).toBe(second)
    globals.$ctx = 'of the page'
    expect(store(first)).toEqual({ state: 'stored', name: 'temp1' })
    expect(globals.$ctx).toBe('of the page')
  })

  test('has another context as $ctx where it goes along, and only in the place of one of ours', () => {
    const [first, second] = [holding(1), holding(2)]
    const follow = (context: Context) => ask({ ask: 'follow-context', context: context.id })
    expect(follow(first)).toEqual({ state: 'not-stored' })
    expect('$ctx' in globalThis).toBe(false)
    store(first)
    expect(follow(second)).toEqual({ state: 'stored', name: '$ctx' })
    expect(globals.$ctx).toBe(second)
    globals.$ctx = 'of the page'
    expect(follow(first)).toEqual({ state: 'not-stored' })
    expect(globals.$ctx).toBe('of the page')
    expect('temp1' in globalThis).toBe(false)
  })

  test('prints a context as a table, and what is current by inspectContext()', () => {
    const table = vi.spyOn(console, 'table').mockImplementation(() => {})
    vi.spyOn(console, 'log').mockImplementation(() => {})
    const context = holding('tea')
    expect(ask({ ask: 'print', context: context.id })).toEqual({ state: 'printed' })
    expect(table.mock.lastCall?.[0]).toMatchObject({ held: { value: 'tea' } })
    store(context)
    const inspect = globals.inspectContext as (context?: Context) => void
    holding('coffee').run(() => inspect())
    expect(table.mock.lastCall?.[0]).toMatchObject({ held: { value: 'coffee' } })
    inspect(context)
    expect(table.mock.lastCall?.[0]).toMatchObject({ held: { value: 'tea' } })
  })
})

test('what is lent is no more than it says', () => {
  expect(Object.keys(page.lent).sort()).toEqual(
    ['context', 'epoch', 'liveValues', 'note', 'preview', 'runtime', 'tap', 'version'].sort(),
  )
  expect(OUTLET_KEY in globalThis).toBe(true)
})
