// What the runtime announces, exactly: the recorder knows nothing else.

import { expect, test } from 'vitest'
import { Context, copyContext, copyFor, emptyFor } from '../../runtime/context/context'
import { current } from '../../runtime/context/storage'
import { attachTap } from '../../runtime/context/tap'
import { Token } from '../../runtime/context/token'
import { ContextVar } from '../../runtime/context/variable'
import { announcementsOf } from './announcing-tap'
import { countingTap } from './counting-tap'
import { call } from './untyped'

const { get, set, reset } = ContextVar.prototype
const { run, copy } = Context.prototype

test('a variable', () => {
  let variable: unknown
  const announced = announcementsOf(() => {
    variable = new ContextVar('v', { default: 1 })
  })
  expect(announced).toEqual([['variableCreated', variable, ContextVar]])
})

test('a set and its reset', () => {
  const v = new ContextVar<string>('v')
  const tokens: Token<string>[] = []
  const announced = announcementsOf(() => {
    tokens.push(v.set('one'))
    tokens.push(v.set('two'))
    for (const token of tokens.toReversed()) v.reset(token)
  })
  const [one, two] = tokens
  expect(announced).toEqual([
    ['variableSet', current, v, one, 'one', set],
    ['variableSet', current, v, two, 'two', set],
    ['variableReset', current, v, two, 'one', reset],
    ['variableReset', current, v, one, Token.MISSING, reset],
  ])
})

test('a read is told once per version of the value', () => {
  const v = new ContextVar<number>('v')
  v.set(1)
  const announced = announcementsOf(() => {
    v.get()
    v.get()
    v.reset(v.set(2))
    v.get()
    v.get(0)
  })
  const reads = announced.filter(([name]) => name === 'variableRead')
  expect(reads).toEqual([
    ['variableRead', current, v, 'value', get],
    ['variableRead', current, v, 'value', get],
  ])
})

test('a read is told again after each set, also of the same value', () => {
  const v = new ContextVar<number>('v')
  const announced = announcementsOf(() => {
    for (let n = 0; n < 3; n++) {
      v.set(1)
      v.get()
      v.get()
    }
  })
  expect(announced.map(([name]) => name)).toEqual(Array(3).fill(['variableSet', 'variableRead']).flat())
})

test('a read is told again in each context', () => {
  const v = new ContextVar<number>('v', { default: 1 })
  const context = new Context()
  const announced = announcementsOf(() => {
    v.get()
    context.run(() => {
      v.get()
      v.get()
    })
  })
  expect(announced.filter(([name]) => name === 'variableRead')).toEqual([
    ['variableRead', current, v, 'default', get],
    ['variableRead', context, v, 'default', get],
  ])
})

test('where a read found its answer', () => {
  const v = new ContextVar<number>('v')
  const w = new ContextVar<number>('w', { default: 1 })
  const found = announcementsOf(() => {
    v.get(2)
    w.get()
    w.set(3)
    w.get(4)
  }).filter(([name]) => name === 'variableRead')
  expect(found.map(([, , variable, from]) => [variable, from])).toEqual([
    [v, 'fallback'],
    [w, 'default'],
    [w, 'value'],
  ])
})

test('every miss is told', () => {
  const v = new ContextVar<number>('v')
  const announced = announcementsOf(() => {
    for (let n = 0; n < 3; n++) expect(() => v.get()).toThrow()
  })
  expect(announced).toEqual(Array(3).fill(['variableRead', current, v, 'miss', get]))
})

test('what was read before the tap came is told when it is read again', () => {
  const v = new ContextVar<number>('v', { default: 1 })
  const w = new ContextVar<number>('w')
  w.set(1)
  v.get()
  w.get()
  const announced = announcementsOf(() => {
    v.get()
    w.get()
  })
  expect(announced.map(([name, , variable]) => [name, variable])).toEqual([
    ['variableRead', v],
    ['variableRead', w],
  ])
})

test('reading a context as a mapping is not reading a variable', () => {
  const v = new ContextVar<number>('v')
  v.set(1)
  const context = copyContext()
  expect(announcementsOf(() => [context.get(v), context.has(v), context.item(v), [...context], context.size])).toEqual(
    [],
  )
})

test('refused tokens, in the order of the checks', () => {
  const v = new ContextVar<number>('v')
  const w = new ContextVar<number>('w')
  const foreign = new Context().run(() => v.set(1))
  const used = v.set(1)
  v.reset(used)
  const messages: string[] = []
  const attempt = (variable: ContextVar<number>, token: unknown): void => {
    try {
      call(variable.reset, variable, token)
    } catch (error) {
      messages.push((error as Error).message)
    }
  }
  const announced = announcementsOf(() => {
    attempt(v, null)
    attempt(w, used)
    attempt(w, foreign)
    attempt(v, foreign)
  })
  expect(messages).toHaveLength(4)
  expect(announced).toEqual([
    ['tokenRefused', current, v, null, 'not-a-token', messages[0], reset],
    ['tokenRefused', current, w, used, 'used', messages[1], reset],
    ['tokenRefused', current, w, foreign, 'other-variable', messages[2], reset],
    ['tokenRefused', current, v, foreign, 'other-context', messages[3], reset],
  ])
})

test('contexts, by every way to make one', () => {
  const made: Context[] = []
  const boundary = (): void => {}
  const announced = announcementsOf(() => {
    made.push(new Context())
    made.push(copyContext())
    made.push(made[0]?.copy() ?? expect.unreachable())
    made.push(copyFor(current, 'task', 'createTask', 'Alice', boundary))
    made.push(emptyFor('restored', 'restore', null, boundary))
  })
  expect(announced).toEqual([
    ['contextCreated', made[0], null, 'new', 'new Context', null, Context],
    ['contextCreated', made[1], current, 'copy', 'copyContext', null, copyContext],
    ['contextCreated', made[2], made[0], 'copy', 'Context.copy', null, copy],
    ['contextCreated', made[3], current, 'task', 'createTask', 'Alice', boundary],
    ['contextCreated', made[4], null, 'restored', 'restore', null, boundary],
  ])
  expect(made[3]?.name).toBe('Alice')
})

test('runs, their end, and the refusal to enter twice', () => {
  const context = new Context()
  const outer = current
  const announced = announcementsOf(() => {
    context.run(() => {})
    expect(() =>
      context.run(() => {
        context.run(() => {})
      }),
    ).toThrow()
  })
  expect(announced).toEqual([
    ['runStarted', context, outer, run],
    ['runEnded', context, false],
    ['runStarted', context, outer, run],
    ['reentryRefused', context, run],
    ['runEnded', context, true],
  ])
})

test('a tap that was detached hears nothing, and cannot detach the next', () => {
  const [first, second] = [countingTap(), countingTap()]
  const detachFirst = attachTap(first.tap)
  detachFirst()
  const detachSecond = attachTap(second.tap)
  detachFirst()
  new ContextVar('v')
  detachSecond()
  expect([first.counts('variableCreated'), second.counts('variableCreated')]).toEqual([0, 1])
})
