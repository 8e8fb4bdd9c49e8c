// One context, as it is pasted.

import { expect, test } from 'vitest'
import { defaultRedaction, veilOf } from '../../panel/model/redact'
import { contextText } from '../../panel/model/report/context-text'
import { Timeline } from '../../panel/model/timeline'
import type { ContextId } from '../../runtime/protocol'
import { story } from './story'

const veil = veilOf(defaultRedaction)

const shop = story(`
  user is a variable, default "nobody"
  cart is a variable
  base sets cart = "empty" as c @ app.js:2:1
  base starts task Alice
  Alice sets user = "ada" as a @ app.js:3:5
`)

test('as lines: the path, and each value with where it came from', () => {
  expect(contextText(shop.world, shop.context('Alice'), 'text', veil)).toBe(
    [
      `base › Alice (task, context ${shop.context('Alice')}, alive)`,
      '  user = "ada"  own, app.js:3:5',
      '  cart = "empty"  inherited from base, app.js:2:1',
    ].join('\n'),
  )
})

test('as JSON', () => {
  const json = JSON.parse(contextText(shop.world, shop.context('Alice'), 'json', veil) ?? '')
  expect(json).toMatchObject({ name: 'Alice', kind: 'task', state: 'alive' })
  expect(json.path.map(({ label }: { label: string }) => label)).toEqual(['base', 'Alice'])
  expect(json.values[0]).toEqual({
    variable: 'user',
    value: '"ada"',
    from: 'own',
    setIn: shop.context('Alice'),
    at: 'https://shop.example/app.js:3:5',
  })
})

test('as Markdown no value breaks out of its fence', () => {
  const told = story('user is a variable\nbase sets user = "```` no end" as a')
  const lines = (contextText(told.world, told.context('base'), 'markdown', veil) ?? '').split('\n')
  expect(lines[0]).toBe('`````text')
  expect(lines.at(-1)).toBe('`````')
})

test('of a context that is not there, nothing', () => {
  expect(contextText(shop.world, 999 as ContextId, 'text', veil)).toBeNull()
})

test('no secret, wherever it stands', () => {
  const told = story(`
    apiToken is a variable
    user is a variable
    base starts task Ada
    Ada sets apiToken = "hunter2" as t @ app.js:3
    Ada sets user = "ada@example.test" as u @ app.js:4
  `)
  for (const fact of told.facts) if (fact.type === 'task-created') fact.name = 'mail of eve@example.test'
  for (const frames of Object.values(told.stacks)) for (const frame of frames) frame.url += '?session=hunter2'
  const timeline = new Timeline()
  timeline.append(told.facts, told.stacks)
  for (const form of ['text', 'json', 'markdown'] as const) {
    const text = contextText(timeline.head, told.context('Ada'), form, veil) ?? ''
    expect(text).toContain('mail of [e-mail]')
    expect(text).not.toMatch(/hunter2|@example/)
  }
})
