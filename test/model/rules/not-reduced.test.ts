import { describe, expect, test } from 'vitest'
import { judged, only, titles } from './found'

const of = (text: string) =>
  judged('not-reduced', `user is a variable\nlang is a variable\nbase starts task Alice\n${text}`)

describe('found', () => {
  test('what is not registered, as a note: mostly it is meant to stay', () => {
    const found = of('Alice is reduced, user unregistered @ send app.js:9')
    expect(titles(found)).toEqual(['info: Left out of the data: user'])
    const { what, advice, evidence, context, variable } = only(found)
    expect(what).toBe(
      'Task Alice was made into data. The value of user is not in it, since nobody registered that variable.',
    )
    expect(advice).toBe(
      'Register it where it is made, under a name that is the same wherever the data goes. If it is not meant to go along, there is nothing to do.',
    )
    expect([context, variable]).toEqual([found.told.context('Alice'), found.told.variable('user')])
    expect(evidence).toEqual([
      { label: 'left out of the data: user, of task Alice', seq: 7, context: found.told.context('Alice'), stack: 1 },
    ])
  })

  test('several at once, by their names and how many others there are', () => {
    const found = of('Alice is reduced, user, lang and 1200 more unregistered')
    expect(titles(found)).toEqual(['info: Left out of the data: user, lang and 1,200 more'])
    expect(only(found).what).toContain('since nobody registered those variables')
    expect(titles(of('Alice is reduced, user, lang unregistered'))).toEqual([
      'info: Left out of the data: user and lang',
    ])
  })

  test.each([
    ['duplicate', 'Two variables under one name: user', 'a newer variable is registered under the same name.'],
    ['unresolved', 'Under a name that leads nowhere: user', 'so restoring fails here.'],
    ['refused', 'Cannot be data: user', 'the page got an error.'],
  ])('%s, as a warning', (why, title, what) => {
    const found = of(`Alice is reduced, user ${why}`)
    expect(titles(found)).toEqual([`warning: ${title}`])
    expect(only(found).what).toContain(what)
  })

  test('of variables that nobody told of, as well', () => {
    const found = of('Alice is reduced, ghost unregistered')
    expect(titles(found)).toEqual(['info: Left out of the data: variable 3'])
    expect(found.told.world.variables.has(found.told.variable('ghost'))).toBe(true)
  })

  test('once for a line, however often and in however many contexts, whatever way led there', () => {
    const found = of(`
      Alice is reduced, user unregistered @ send app.js:9 < one app.js:1
      base is reduced, user unregistered @ send app.js:9 < two app.js:2
      base is reduced, user unregistered @ send app.js:9 < two app.js:2
      base is reduced, user, lang unregistered @ send app.js:9
      base is reduced, user unregistered @ send app.js:10
    `)
    expect(titles(found)).toEqual([
      'info: Left out of the data: user (3 times)',
      'info: Left out of the data: user and lang',
      'info: Left out of the data: user',
    ])
  })
})

describe('clear', () => {
  test.each([
    ['nothing was made into data', 'base sets user = 1 as t'],
    ['a context that was restored', 'base restores c\nc sets user = 1 as t'],
  ])('%s', (_, text) => {
    expect(of(text).verdict).toBe('clear')
  })
})

test('what was made into data before the recording cannot be told', () => {
  expect(judged('not-reduced', 'attached late').verdict).toBe('cannot-tell')
})
