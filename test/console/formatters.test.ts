// What the Console is told, in the form that it wants.

import { afterEach, beforeEach, expect, test } from 'vitest'
import { Context, ContextVar, copyContext } from '../../runtime'
import { createTask } from '../../runtime/async'
import { type Formatter, formatInConsole } from '../../runtime/console/formatters'
import { announcementsOf } from '../context/announcing-tap'

const listed = (): unknown[] => Reflect.get(globalThis, 'devtoolsFormatters')

let end = () => {}
let formatter: Formatter
beforeEach(() => {
  end = formatInConsole()
  formatter = listed().at(-1) as Formatter
})
afterEach(() => {
  end()
  Reflect.deleteProperty(globalThis, 'devtoolsFormatters')
})

/** As a person reads it: texts in a row, values in braces. */
function text(markup: unknown): string {
  if (!Array.isArray(markup)) return String(markup)
  const [tag, attributes, ...children] = markup
  if (tag === 'object') return `{${String(attributes.object)}}`
  const inside = children.map(text)
  return tag === 'ol' ? inside.join('; ') : inside.join('')
}

const header = (value: unknown) => text(formatter.header(value))
const body = (value: unknown) => text(formatter.body(value))

test('a variable in a line, with what it is now, and from where', () => {
  const user = new ContextVar<string>('user')
  const lang = new ContextVar('lang', { default: 'en' })
  const none = new ContextVar('none', { default: undefined })
  copyContext().run(() => {
    expect(header(user)).toBe('ContextVar user is not set here')
    user.set('ada')
    expect(header(user)).toBe('ContextVar user = {ada}')
    lang.set('de')
    expect(header(lang)).toBe('ContextVar lang = {de}')
  })
  expect(header(lang)).toBe('ContextVar lang = {en} (default)')
  // The Console refuses an object that is undefined.
  expect(header(none)).toBe('ContextVar none = undefined (default)')
  expect(formatter.hasBody(lang)).toBe(false)
})

test('values go along as they are, to be opened', () => {
  const value = { id: 7 }
  const user = new ContextVar('user', { default: value })
  const [, , ...children] = formatter.header(user) ?? []
  expect(children).toContainEqual(['object', { object: value }])
  const [, { object }] = children.find((child) => Array.isArray(child) && child[0] === 'object') as [
    string,
    { object: unknown },
  ]
  expect(object).toBe(value)
})

test('a context with its name, and what it holds', async () => {
  const user = new ContextVar<string | undefined>('user')
  const empty = new Context()
  expect(header(empty)).toMatch(/^Context #\d+ \(0 variables\)$/)
  expect(formatter.hasBody(empty)).toBe(false)
  const task = createTask(async () => user.set(undefined), { name: 'Alice' })
  await task.result
  expect(new Context().run(() => header(task.context))).toMatch(/^Context Alice #\d+ \(1 variable\)$/)
  expect(formatter.hasBody(task.context)).toBe(true)
  expect(body(task.context)).toBe('user: undefined')
})

test('a token, used or not, with what it would put back', () => {
  const user = new ContextVar<string>('user')
  copyContext().run(() => {
    const first = user.set('ada')
    const second = user.set('grace')
    expect(header(second)).toBe('Token of user (unused)')
    expect(body(second)).toMatch(/^variable: \{<ContextVar .*>\}; old value: \{ada\}; made in: \{<Context #\d+>\}$/)
    user.reset(second)
    expect(header(second)).toBe('Token of user (used)')
    expect(body(first)).toContain('old value: not set')
  })
})

test('everything else is left to the Console, a proxy without being asked', () => {
  const asked: unknown[] = []
  const proxy = new Proxy(new ContextVar('user'), {
    get: (_, key) => asked.push(key),
    has: (_, key) => asked.push(key) > 0,
    getPrototypeOf: () => (asked.push('prototype') > 0 ? null : null),
  })
  for (const other of [undefined, null, 1, 'text', {}, [], () => {}, Context.prototype, ContextVar, proxy]) {
    expect(formatter.header(other)).toBe(null)
    expect(formatter.hasBody(other)).toBe(false)
    expect(formatter.body(other)).toBe(null)
  }
  expect(asked).toEqual([])
})

test('to look is no read: nothing is announced', () => {
  const user = new ContextVar('user', { default: 'nobody' })
  const context = copyContext()
  const token = context.run(() => user.set('ada'))
  const said = announcementsOf(() => {
    for (const value of [user, context, token]) {
      formatter.header(value)
      formatter.body(value)
    }
  })
  expect(said).toEqual([])
})

test('stands in the list once, beside those of others, and leaves it as it was', () => {
  expect(listed()).toHaveLength(1)
  formatInConsole()
  expect(listed()).toHaveLength(1)
  end()
  const theirs = {}
  const before = [theirs]
  Reflect.set(globalThis, 'devtoolsFormatters', before)
  end = formatInConsole()
  expect(listed()).toBe(before)
  expect(before).toEqual([theirs, formatter])
  end()
  end()
  expect(before).toEqual([theirs])
})
