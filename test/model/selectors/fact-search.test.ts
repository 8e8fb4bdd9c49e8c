import { describe, expect, test } from 'vitest'
import { FACT_GROUPS, factLabel } from '../../../panel/model/selectors/fact-labels'
import { FactList } from '../../../panel/model/selectors/fact-list'
import { story } from '../story'

const scene = `
  user is a variable @ vars.js:1
  lang is a variable @ vars.js:2
  base sets user = "ada" as u1 @ app.js:10
  base starts task Alice @ app.js:12
  Alice sets lang = "de" as l1 @ forms.js:3
  task Alice begins
  base resets user by u1 @ app.js:15
`

const groups = new Set(FACT_GROUPS)

function found(query: string): string[] {
  const { timeline } = story(scene)
  const list = new FactList(timeline, { groups, context: null, query })
  list.update()
  return Array.from({ length: list.length }, (_, index) => {
    const fact = list.fact(index)
    return fact === null ? '' : factLabel(timeline.head, fact)
  })
}

describe('the events that answer a search', () => {
  test('by the name of a variable', () => {
    expect(found('user')).toEqual(['variable user was made', 'set user = "ada"', 'reset user: unset again'])
  })

  test('by a value', () => {
    expect(found('/^"D/')).toEqual(['set lang = "de"'])
  })

  test('by a context', () => {
    const facts = found('alice')
    expect(facts).toHaveLength(4)
    expect(facts).toContain('set lang = "de"')
    expect(facts).toContain('task Alice begins')
  })

  test('by the file of the line', () => {
    expect(found('forms.js')).toEqual(['set lang = "de"'])
    expect(found('shop.example')).toEqual([])
  })

  test('all for an empty search, none for what is no expression', () => {
    expect(found(' ')).toHaveLength(story(scene).facts.length)
    expect(found('/(/')).toEqual([])
  })

  test('a list that is made in portions is the same', () => {
    const { timeline } = story(scene)
    const whole = new FactList(timeline, { groups, context: null, query: 'user' })
    whole.update()
    const list = new FactList(timeline, { groups, context: null, query: 'user' })
    for (let looks = 0; !list.isComplete; looks++) {
      expect(looks).toBeLessThan(timeline.facts.length)
      list.update(2)
    }
    expect(list.length).toBe(whole.length)
    for (let index = 0; index < list.length; index++) expect(list.fact(index)).toBe(whole.fact(index))
  })
})
