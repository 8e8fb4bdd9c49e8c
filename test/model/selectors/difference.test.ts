import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { difference, type Side } from '../../../panel/model/selectors/difference'
import { Timeline } from '../../../panel/model/timeline'
import type { Preview, VariableId } from '../../../runtime/protocol'
import { randomFacts } from '../random-facts'
import { story } from '../story'

const scene = `
  user is a variable
  lang is a variable
  trace is a variable
  base sets user = "ada" as u1
  base sets lang = "en" as l1
  base copies copy
  early:
  copy sets user = "eve" as u2
  copy sets trace = 7 as t1
  base resets lang by l1
`

const lines = (from: Side, to: Side) =>
  difference(from, to).map(({ name, change, from, to }) => `${name} ${change} ${from?.text ?? '-'} ${to?.text ?? '-'}`)

describe('a difference', () => {
  test('of two contexts', () => {
    const told = story(scene)
    const { world } = told
    const [base, copy] = ['base', 'copy'].map((name) => ({ world, context: told.context(name) })) as [Side, Side]
    expect(lines(base, copy)).toEqual(['lang added - "en"', 'trace added - 7', 'user changed "ada" "eve"'])
    expect(lines(copy, base)).toEqual(['lang removed "en" -', 'trace removed 7 -', 'user changed "eve" "ada"'])
  })

  test('of two moments', () => {
    const told = story(scene)
    const { timeline } = told
    const context = told.context('copy')
    const early = { world: timeline.at(told.at('early')), context }
    expect(lines(early, { world: timeline.head, context })).toEqual([
      'lang same "en" "en"',
      'trace added - 7',
      'user changed "ada" "eve"',
    ])
  })

  test('with a context that is not there', () => {
    const told = story(scene)
    const base = { world: told.world, context: told.context('base') }
    const nowhere = { world: told.timeline.at(0), context: told.context('copy') }
    expect(lines(nowhere, base)).toEqual(['user added - "ada"'])
    expect(lines(base, nowhere)).toEqual(['user removed "ada" -'])
  })
})

type Held = Map<VariableId, Preview>

const held = ({ world, context }: Side): Held =>
  new Map([...(world.contexts.get(context)?.holdings ?? [])].map(([variable, { value }]) => [variable, value]))

const sorted = (values: Held) => [...values].sort(([a], [b]) => a - b)

test('applied to the one, the difference gives the other', () => {
  fc.assert(
    fc.property(randomFacts, fc.nat(), fc.nat(), fc.nat(), fc.nat(), (facts, from, to, then, now) => {
      const timeline = new Timeline()
      timeline.append(facts, {})
      const sideAt = (moment: number, place: number): Side => {
        const world = timeline.at(moment % (facts.length + 1))
        const ids = [...timeline.head.contexts.keys()]
        return { world, context: ids[place % Math.max(ids.length, 1)] ?? (0 as never) }
      }
      const [a, b] = [sideAt(then, from), sideAt(now, to)]
      const values = held(a)
      for (const { variable, change, from, to } of difference(a, b)) {
        expect(values.get(variable) ?? null).toEqual(from)
        if (change === 'same') expect(from).toEqual(to)
        else if (to === null) values.delete(variable)
        else values.set(variable, to)
      }
      expect(sorted(values)).toEqual(sorted(held(b)))
    }),
    { numRuns: 500 },
  )
})
