// How a context came from another, as stories.

import { describe, expect, test } from 'vitest'
import { stackText } from '../../../panel/model/selectors/frames'
import { hopTo } from '../../../panel/model/selectors/hops'
import type { Fact } from '../../../runtime/protocol'
import { Story } from '../story'

const hopOf = (story: Story, name: string) => hopTo(story.timeline, story.context(name))
const told = (story: Story, type: Fact['type'], nth = 0) => story.facts.filter((fact) => fact.type === type)[nth]

describe('a hop', () => {
  test('says who was copied, by what, when, with which lines, and what went along', () => {
    const story = new Story(`
      user is a variable
      locale is a variable
      base sets user = "ada" as a
      base sets locale = "de" as b
      base starts task Alice @ serve app.js:3 < onClick app.js:9
    `)
    const fact = told(story, 'context-created', 1)
    expect(hopOf(story, 'Alice')).toEqual({
      from: story.context('base'),
      to: story.context('Alice'),
      api: 'createTask',
      told: { seq: fact?.seq, at: fact?.at },
      madeAfter: null,
      stack: 1,
      took: ['locale', 'user'],
    })
  })

  test('is of the moment of the copy: what is set later, on either side, did not go along', () => {
    const story = new Story(`
      user is a variable
      base starts task Alice
      base sets user = "ada" as a
      Alice sets user = "bob" as b
    `)
    expect(hopOf(story, 'Alice')?.took).toEqual([])
  })

  test('of a callback that is told of late leads to the fact after which it was made', () => {
    const story = new Story(`
      user is a variable
      base sets user = "ada" as a
      handed:
      base sets user = "bob" as b
      base hands over tick by setTimeout as of handed
    `)
    expect(hopOf(story, 'tick')).toMatchObject({ api: 'setTimeout', madeAfter: story.at('handed'), took: ['user'] })
  })

  test('is not late where only those were told before that it needs', () => {
    const story = new Story(`
      user is a variable
      made:
      base hands over click
      click hands over tick by setTimeout as of made
    `)
    expect(hopOf(story, 'tick')?.madeAfter).toBeNull()
  })

  test('led to none that began empty, nor to the base context, nor to one that is not known', () => {
    const story = new Story('fresh is new')
    for (const name of ['base', 'fresh', 'nobody']) expect(hopOf(story, name)).toBeNull()
  })

  test('of what was there before the recording has no moment', () => {
    const story = new Story(`
      attached late
      user is a variable
      census
      - base
      - Alice below base (copy)
    `)
    expect(hopOf(story, 'Alice')).toMatchObject({ from: story.context('base'), told: null, madeAfter: null })
  })
})

test('a stack is written as engines write it', () => {
  const story = new Story('base copies other @ serve app.js:3:7 < :9')
  expect(stackText(story.stacks[1] ?? [])).toBe(
    '    at serve (https://shop.example/app.js:3:7)\n    at (top level) (https://shop.example/:9:1)',
  )
})
