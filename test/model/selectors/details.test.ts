import { describe, expect, test } from 'vitest'
import { contextDetails } from '../../../panel/model/selectors/details'
import type { ContextId } from '../../../runtime/protocol'
import { type Story, story } from '../story'

const scene = `
  user is a variable @ vars.js:1
  lang is a variable, default "en" @ vars.js:2
  tenant is a variable @ vars.js:3
  trace is a variable @ vars.js:4
  base sets user = "ada" as u1 @ app.js:10
  base sets trace = 7 as r1 @ app.js:11
  base starts task Alice @ app.js:12
  Alice hands over click @ app.js:13
  click sets user = "eve" as u2 @ app.js:14
  click misses tenant @ app.js:15
  click is refused user by u1: other-context @ app.js:16
`

function details(told: Story, name: string) {
  const found = contextDetails(told.world, told.context(name))
  if (found === null) throw new Error(`no details of ${name}`)
  return found
}

describe('the details of a context', () => {
  test('say what it is and where it came from', () => {
    const told = story(scene)
    expect(details(told, 'click')).toMatchObject({
      label: 'click',
      kind: 'callback',
      state: 'alive',
      api: 'click',
      path: [{ label: 'base' }, { label: 'Alice' }, { label: 'click' }],
      created: { seq: 11, stack: 8 },
      ended: null,
      task: null,
    })
    expect(details(told, 'Alice').task).toMatchObject({ name: 'Alice', state: 'created' })
  })

  test('own values first, then inherited, default and unset, each with its source', () => {
    const told = story(scene)
    const { rows } = details(told, 'click')
    expect(rows.map(({ name, from, value }) => `${from} ${name} = ${value?.text}`)).toEqual([
      'own user = "eve"',
      'inherited trace = 7',
      'default lang = "en"',
      'unset tenant = undefined',
    ])
    const [user, trace, lang, tenant] = rows
    expect(user).toMatchObject({
      setIn: told.context('click'),
      seq: 12,
      stack: 9,
      token: { id: told.token('u2'), state: 'open' },
      changed: { from: { text: '"ada"' } },
    })
    expect(trace).toMatchObject({ setIn: told.context('base'), seq: 8, stack: 6, changed: null })
    expect(lang).toMatchObject({ setIn: null, stack: 2, token: null })
    expect(tenant).toMatchObject({ value: null, seq: null, token: null })
  })

  test('unset variables that nobody asked for here are not listed', () => {
    expect(details(story(scene), 'Alice').rows.map(({ name }) => name)).toEqual(['trace', 'user', 'lang'])
  })

  test('tell what happened in it', () => {
    expect(details(story(scene), 'click').events.map(({ label, seq }) => `${seq} ${label}`)).toEqual([
      '12 set user = "eve"',
      '14 get tenant failed: no value',
      '15 reset user refused: the token is another context’s',
    ])
    const told = story('user is a variable\nbase sets user = 1 as t\nbase resets user by t\nbase is refused to enter')
    expect(details(told, 'base').events.map(({ label }) => label)).toEqual([
      'set user = 1',
      'reset user: unset again',
      'run refused: already entered',
    ])
  })

  test('tell what was seen to be lost there', () => {
    const told = story(`
      base starts task Alice
      base is entered unfollowed @ flush lib.js:3
      base is entered unfollowed @ lib.js:9
      Alice loses an await: the promise is frozen @ app.js:4
      Alice loses an await to a copy: a thenable calls back @ app.js:5
    `)
    expect(details(told, 'base').events.map(({ label, stack }) => [label, stack])).toEqual([
      ['nothing that is followed started flush', 1],
      ['nothing that is followed started a function without a name', 2],
    ])
    expect(details(told, 'Alice').events.map(({ label }) => label)).toEqual([
      'an await was not followed: the promise is frozen',
      'an await goes on in a copy: a thenable calls back',
    ])
  })

  test('tell for whom its code waited', () => {
    const told = story(`
      user is a variable
      base starts task Alice
      base sets user = 1 as t
      base waits for Alice @ app.js:4
      base resets user by t
    `)
    expect(details(told, 'base').events.map(({ label, stack }) => [label, stack])).toEqual([
      ['set user = 1', null],
      ['waited for task Alice', 1],
      ['reset user: unset again', null],
    ])
    expect(details(told, 'Alice').events).toEqual([])
  })

  test('tell what was left out of the data that was made of it', () => {
    const told = story(`
      user is a variable
      lang is a variable
      base copies c
      base is reduced, user, lang and 3 more unregistered @ app.js:3
      base is reduced, user refused @ app.js:4
      c is reduced, user unregistered
      c is reduced, user unregistered
    `)
    expect(details(told, 'base').events.map(({ label, stack }) => [label, stack])).toEqual([
      ['left out of the data: user, lang and 3 more', 1],
      ['cannot be data: user', 2],
    ])
    expect(details(told, 'c').events.map(({ label, seq }) => `${seq} ${label}`)).toEqual([
      '9 left out of the data: user',
    ])
  })

  test('keep to the newest 200 events', () => {
    const many = Array.from({ length: 300 }, (_, n) => `base sets user = ${n} as t${n}`).join('\n')
    const { events } = details(story(`user is a variable\n${many}`), 'base')
    expect(events).toHaveLength(200)
    expect(events.at(-1)?.label).toBe('set user = 299')
  })

  test('are nothing for a context that is not known', () => {
    expect(contextDetails(story(scene).world, 99 as ContextId)).toBeNull()
  })
})
