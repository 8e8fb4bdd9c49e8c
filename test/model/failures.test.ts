// Work that fails is told where it worked, with the values that stood there when it did.

import { expect, test } from 'vitest'
import { contextDetails } from '../../panel/model/selectors/details'
import { type Story, story } from './story'

const events = (told: Story, context: string): string[] =>
  (contextDetails(told.world, told.context(context))?.events ?? []).map(({ seq, label }) => `${seq} ${label}`)

test('a task, with what it held at that moment, its own and what it inherited', () => {
  const told = story(`
    user is a variable
    lang is a variable
    base sets lang = "en" as l
    base starts task pay
    pay sets user = "ada" as t
    pay rejects
    pay sets user = "bob" as late
  `)
  expect(events(told, 'pay')).toEqual([
    '8 set user = "ada"',
    '9 the task failed, with user = "ada" and lang = "en"',
    '10 set user = "bob"',
  ])
})

test('what was undone on the way out is not there any more', () => {
  const told = story(`
    user is a variable
    base starts task pay
    pay sets user = "ada" as t
    pay resets user by t
    pay rejects
  `)
  expect(events(told, 'pay').at(-1)).toBe('8 the task failed')
})

test('a run and a callback, and of many values the first', () => {
  const told = story(`
    a is a variable
    b is a variable
    c is a variable
    d is a variable
    e is a variable
    base copies own
    own enters
    own sets a = 1 as t1
    own sets b = 2 as t2
    own sets c = 3 as t3
    own sets d = 4 as t4
    own sets e = 5 as t5
    own leaves by an error
    base hands over click
    click throws
  `)
  expect(events(told, 'own').at(-1)).toBe('15 the run failed, with a = 1, b = 2, c = 3 and 2 more')
  expect(events(told, 'click')).toEqual(['17 the callback failed'])
})

test('of many failures the newest', () => {
  const told = story(`base copies own\n${'own enters\nown leaves by an error\n'.repeat(20)}`)
  expect(events(told, 'own')).toHaveLength(8)
  expect(events(told, 'own').at(-1)).toBe(`${told.world.seq} the run failed`)
})

test('what comes to a good end says nothing', () => {
  const told = story(`
    base copies own
    own enters
    own leaves
    base hands over click
    click returns
    base starts task pay
    pay settles
  `)
  expect(['own', 'click', 'pay'].flatMap((context) => events(told, context))).toEqual([])
})
