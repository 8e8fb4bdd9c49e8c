import { describe, expect, test } from 'vitest'
import { drawTree, drawWorld } from './drawing'
import { story } from './story'

const before = `
  user is a variable
  lang is a variable, default "en"
  base sets user = "ada" as t1
  base starts task Alice
  base starts task Bob
  Alice sets user = "alice" as t2
`

describe('a census', () => {
  test('that says what is known changes nothing but its own number', () => {
    const told = story(`${before}
      census of user, lang
      - base: user = "ada" by t1
      - Alice below base (task): user = "alice" by t2
      - Bob below base (task): user = "ada"
    `)
    const known = story(before)
    expect(drawTree(told.world)).toBe(drawTree(known.world))
    const holdings = (one: typeof told) => [...(one.world.contexts.get(one.context('Bob'))?.holdings.values() ?? [])]
    expect(drawWorld(holdings(told))).toBe(drawWorld(holdings(known)))
    expect(told.world.census).toBe(11)
  })

  test('after a late attachment tells what lives, and from whom its values are', () => {
    const told = story(`
      attached late
      census of user
      - inner below outer (unknown): user = "ada", lang = "fr" by l9
      - outer below base (unknown): user = "ada"
      - base: user = "ada"
      - over below base (callback, ended)
    `)
    expect(drawTree(told.world)).toBe(
      [
        'base: user = "ada" (own)',
        '  earlier context: user = "ada" (from earlier context)',
        '    earlier context: user = "ada" (from earlier context), variable 2 = "fr" (own)',
        '  callback [ended]',
      ].join('\n'),
    )
    expect(told.world.contexts.get(told.context('inner'))?.open).toBe(1)
  })

  test('after a gap corrects what changed meanwhile', () => {
    const told = story(`${before}
      20 facts are lost
      census of user, lang
      - base: user = "eve" by t7
      - Alice below base (task, ended): user = "ada"
      - Carol below Alice (task): user = "ada", lang = "fr" by l3
    `)
    expect(drawTree(told.world)).toBe(
      [
        'base: user = "eve" (own)',
        '  Alice [ended]: user = "ada" (from base)',
        '    task: user = "ada" (from base), lang = "fr" (own)',
        // Not listed: what lives is listed, so Bob does not.
        '  Bob [collected]: user = "ada" (from base)',
      ].join('\n'),
    )
  })

  test('after a gap knows that a value which is gone was reset', () => {
    const told = story(`${before}
      20 facts are lost
      census of user, lang
      - base
      - Alice below base (task): user = "alice" by t2
    `)
    expect(told.world.tokens.get(told.token('t1'))?.state).toBe('used')
    expect(told.world.tokens.get(told.token('t2'))?.state).toBe('open')
    expect(told.world.contexts.get(told.context('base'))?.open).toBe(0)
  })

  test('without a gap lets nothing go, and does not wake what ended', () => {
    const told = story(`
      base copies c
      c enters
      c leaves
      base copies d
      census
      - base
      - c below base (copy)
    `)
    expect(drawTree(told.world)).toBe('base\n  c [ended]\n  d')
  })

  test('of one context says nothing about the others, also after a gap', () => {
    const told = story(`${before}
      20 facts are lost
      census of user
      - old below base (unknown): user = "old"
    `)
    expect(drawTree(told.world)).toContain('Bob: user = "ada" (from base)')
    expect(told.world.census).toBe(0)
  })

  test('that says what a context was restored with leaves what is known of that, and takes it for nobody’s set', () => {
    const restored = 'c is restored\nc sets user = "ada" as t @ app.js:1'
    const told = story(`${restored}\ncensus of user\n- base\n- c (restored): user = "ada" by t`)
    const held = (one: typeof told) => [...(one.world.contexts.get(one.context('c'))?.holdings.values() ?? [])]
    expect(held(told)).toEqual(held(story(restored)))
    const later = story(`${restored}\n9 facts are lost\ncensus of user\n- base\n- c (restored): user = "eve" by t2`)
    expect(held(later)).toMatchObject([{ value: { text: '"eve"' }, token: null, setIn: later.context('c') }])
    expect(later.world.contexts.get(later.context('c'))).toMatchObject({ own: 1, open: 0 })
  })

  test('frees a context from runs whose end was lost', () => {
    const told = story(
      'base copies c\nc enters\n9 facts are lost\ncensus\n- base\n- c below base (copy)\nc enters\nc leaves',
    )
    expect(drawTree(told.world)).toBe('base\n  c [ended]')
  })

  test('whose contexts are parents of each other is survived', () => {
    const told = story(
      '9 facts are lost\ncensus\n- a below b (copy): x = 1\n- b below a (copy): x = 1\n- c below c (copy)',
    )
    expect(told.world.contexts.size).toBe(3)
  })
})
