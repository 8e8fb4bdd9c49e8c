import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { advance, emptyWorld } from '../../../panel/model/advance'
import type { Rule } from '../../../panel/model/finding'
import { judge, rules } from '../../../panel/model/rules'
import { randomFacts } from '../random-facts'
import { story } from '../story'

describe('every rule', () => {
  test('is listed once, has words, and a file of its name', async () => {
    const ids = rules.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    const files = import.meta.glob('../../../panel/model/rules/*.ts')
    for (const { id, title, why } of rules) {
      expect(Object.keys(files)).toContain(`../../../panel/model/rules/${id}.ts`)
      expect(title).toMatch(/^[A-Z][\w\s’-]+[^.]$/)
      expect(why).toMatch(/^[A-Z].+\.$/)
    }
  })

  test('cannot tell before anything is recorded', () => {
    expect(judge(emptyWorld()).unknown.map(({ rule }) => rule)).toEqual(rules.map(({ id }) => id))
  })

  describe.each(rules)('$id cannot tell', ({ judge, id }) => {
    test.each<[string, string, RegExp]>([
      ['where facts are missing', 'base copies c\n3 facts are lost', /^3 facts missing: 4–6; .+ may be among them\.$/],
      [
        'where they are missing, though a census came',
        '3 facts are lost\ncensus',
        /^3 facts missing: .+ among them\.$/,
      ],
      ['what came before the recording', 'attached late', /^The recording began late; .+ may have come before it\.$/],
    ])('%s', (_, text, why) => {
      expect(judge(story(text).world)).toMatchObject({ verdict: 'cannot-tell', why: expect.stringMatching(why) })
    })

    test('where no runtime was recorded', () => {
      const world = emptyWorld()
      for (const fact of story('base copies c').facts.slice(1)) advance(world, fact)
      world.missing.length = 0
      expect(judge(world)).toMatchObject({
        verdict: 'cannot-tell',
        why: expect.stringMatching(/^No runtime was recorded; .+ cannot be told\.$/),
      })
    })

    test('and is clear of a page that did nothing wrong', () => {
      expect(judge(story('base copies c').world), id).toEqual({ verdict: 'clear' })
    })
  })

  test('judges anything without an exception, with ids that differ and evidence in order', () => {
    fc.assert(
      fc.property(randomFacts, (facts) => {
        const world = emptyWorld()
        for (const fact of facts) advance(world, fact)
        const { findings } = judge(world)
        expect(findings.filter(({ id }) => id.endsWith(' failed'))).toEqual([])
        expect(new Set(findings.map(({ id }) => id)).size).toBe(findings.length)
        for (const { evidence, title, what, advice } of findings) {
          const seqs = evidence.map(({ seq }) => seq)
          expect(seqs).toEqual([...seqs].sort((a, b) => a - b))
          for (const words of [title, what, advice]) expect(words).not.toMatch(/undefined|\[object/)
        }
      }),
      { numRuns: 500 },
    )
  })
})

test('errors come before warnings before infos, and the newest of each first', () => {
  const told = story(`
    user is a variable
    base starts task A
    A sets user = 1 as a
    A settles
    base misses user @ app.js:1
    base sets user = 2 as b
    base hands over click
    click reads user, inherited
    base sets user = 3 as c
    base misses user @ app.js:2
    base resets user by c to 2
  `)
  expect(judge(told.world).findings.map(({ severity, evidence }) => [severity, evidence.at(-1)?.seq])).toEqual([
    ['error', 15],
    ['error', 9],
    ['warning', 12],
    ['info', 7],
  ])
})

test('a rule that breaks is a finding about itself', () => {
  const broken: Rule = {
    id: 'forgotten-reset',
    title: 'Broken',
    why: 'It breaks.',
    judge() {
      throw new Error('out of luck')
    },
  }
  const { findings } = judge(story('base copies c').world, { by: [broken] })
  expect(findings).toHaveLength(1)
  expect(findings[0]).toMatchObject({ severity: 'warning', title: 'This rule failed: Broken' })
  expect(findings[0]?.what).toContain('out of luck')
})
