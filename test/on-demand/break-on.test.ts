// Where the page pauses, seen by a real debugger: the engine's own, of this very thread, which tells of a pause and goes on.

import { type Debugger, Session } from 'node:inspector'
import { ContextVar, copyContext } from 'contextvars-devtools'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Tap } from '../../runtime/context/tap'
import type { BreakConditions } from '../../runtime/protocol'
import { recorded } from './page'

const NOTHING: BreakConditions = { set: [], reset: [], default: [], tokenError: false, lookupError: false }

const session = new Session()
let pauses: Debugger.PausedEventDataType[] = []
let page: Awaited<ReturnType<typeof recorded>>

beforeEach(async () => {
  page = await recorded('break-on')
  pauses = []
  session.connect()
  session.post('Debugger.enable')
  session.on('Debugger.paused', ({ params }) => void pauses.push(params))
})
afterEach(() => {
  session.removeAllListeners()
  session.disconnect()
  page.stop()
})

const breakOn = (conditions: Partial<BreakConditions>) =>
  page.lent.breakOn?.(JSON.stringify({ ...NOTHING, ...conditions }))

/** How often `act` pauses. */
function pausesOf(act: () => void): number {
  const before = pauses.length
  try {
    act()
  } catch {
    // Some are refused.
  }
  return pauses.length - before
}

const dish = new ContextVar<string>('dish')
const other = new ContextVar<string>('other')
const lang = new ContextVar('lang', { default: 'en' })

test('a set pauses where its variable is chosen, and nowhere else', () => {
  breakOn({ set: ['dish'] })
  expect(pausesOf(() => dish.set('soup'))).toBe(1)
  expect(pausesOf(() => other.set('tea'))).toBe(0)
  expect(pausesOf(() => dish.reset(dish.set('salad')))).toBe(1)
})

test('the method of the variable is next in the call stack, and then the line that called it', () => {
  breakOn({ set: ['dish'] })
  function cook() {
    dish.set('soup')
  }
  pausesOf(cook)
  const names = pauses[0]?.callFrames.map(({ functionName }) => functionName)
  expect(names?.slice(1, 3)).toEqual(['set', 'cook'])
})

test('a reset pauses, by a token at the end of its block, too', () => {
  breakOn({ reset: ['dish'] })
  expect(pausesOf(() => dish.reset(dish.set('soup')))).toBe(1)
  expect(pausesOf(() => dish.set('soup')[Symbol.dispose]())).toBe(1)
  expect(pausesOf(() => other.reset(other.set('tea')))).toBe(0)
})

test('every lookup that finds only a default pauses, in the same context and turn', () => {
  lang.get()
  breakOn({ default: ['lang', 'guest'] })
  expect(pausesOf(() => [lang.get(), lang.get(), lang.get('fr')])).toBe(3)
  const guest = new ContextVar<string>('guest')
  expect(pausesOf(() => guest.get())).toBe(1)
  guest.set('Ada')
  expect(pausesOf(() => [guest.get(), guest.get()])).toBe(0)
  copyContext().run(() => {
    lang.set('de')
    expect(pausesOf(() => lang.get())).toBe(0)
  })
})

test('a token error pauses before it is thrown; a lookup error of any variable, too', () => {
  breakOn({ tokenError: true })
  const token = dish.set('soup')
  expect(pausesOf(() => dish.reset(token))).toBe(0)
  expect(pausesOf(() => dish.reset(token))).toBe(1)
  breakOn({ lookupError: true })
  expect(pausesOf(() => dish.reset(token))).toBe(0)
  expect(pausesOf(() => new ContextVar('nobody').get())).toBe(1)
  expect(pausesOf(() => lang.get())).toBe(0)
})

test('where nothing is chosen any more, the recorder is what it was', () => {
  const before = { ...(page.lent.tap as Tap) }
  breakOn({ set: ['dish'], reset: ['dish'], default: ['lang'], tokenError: true })
  expect(page.lent.tap?.variableSet).not.toBe(before.variableSet)
  breakOn({})
  for (const name of ['variableSet', 'variableReset', 'variableRead', 'tokenRefused'] as const) {
    expect(page.lent.tap?.[name]).toBe(before[name])
  }
  expect(pausesOf(() => dish.reset(dish.set('soup')))).toBe(0)
})

test('what is recorded is the same, paused or not', () => {
  const program = () => {
    const token = dish.set('soup')
    lang.get()
    lang.get()
    dish.reset(token)
    pausesOf(() => dish.reset(token))
    pausesOf(() => new ContextVar('nobody').get())
  }
  const told = (act: () => void) => {
    const { last } = JSON.parse(page.recording.since(0))
    act()
    const { facts } = JSON.parse(page.recording.since(last))
    return facts.map(({ type, code, from }: Record<string, unknown>) => [type, code, from])
  }
  // So that its variables are known.
  copyContext().run(program)
  const [first, second] = [copyContext(), copyContext()]
  const plain = told(() => first.run(program))
  breakOn({ set: ['dish'], reset: ['dish'], default: ['lang'], tokenError: true, lookupError: true })
  expect(told(() => second.run(program))).toEqual(plain)
  expect(pauses.length).toBeGreaterThan(4)
})

test('a name that every object has is a name like any other', () => {
  breakOn({ set: ['constructor'] })
  expect(pausesOf(() => new ContextVar('toString').set(1))).toBe(0)
  expect(pausesOf(() => new ContextVar('constructor').set(1))).toBe(1)
  breakOn({ set: ['__proto__'] })
  expect(pausesOf(() => new ContextVar('__proto__').set(1))).toBe(1)
})
