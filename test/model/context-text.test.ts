// One context, as it is pasted.

import { expect, test } from 'vitest'
import { contextText } from '../../panel/model/report/context-text'
import type { ContextId } from '../../runtime/protocol'
import { story } from './story'

const shop = story(`
  user is a variable, default "nobody"
  cart is a variable
  base sets cart = "empty" as c @ app.js:2:1
  base starts task Alice
  Alice sets user = "ada" as a @ app.js:3:5
`)

test('as lines: the path, and each value with where it came from', () => {
  expect(contextText(shop.world, shop.context('Alice'), 'text')).toBe(
    [
      `base › Alice (task, context ${shop.context('Alice')}, alive)`,
      '  user = "ada"  own, app.js:3:5',
      '  cart = "empty"  inherited from base, app.js:2:1',
    ].join('\n'),
  )
})

test('as JSON', () => {
  const json = JSON.parse(contextText(shop.world, shop.context('Alice'), 'json') ?? '')
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
  const lines = (contextText(told.world, told.context('base'), 'markdown') ?? '').split('\n')
  expect(lines[0]).toBe('`````text')
  expect(lines.at(-1)).toBe('`````')
})

test('of a context that is not there, nothing', () => {
  expect(contextText(shop.world, 999 as ContextId, 'text')).toBeNull()
})
