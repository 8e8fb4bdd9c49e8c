import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { VariableHistory } from '../../../panel/model/selectors/variable-history'
import { HolderCounts, holdersOf, variableRows, writesOf } from '../../../panel/model/selectors/variables'
import { Timeline } from '../../../panel/model/timeline'
import { lifeOf, moments } from '../random-life'
import { type Story, story } from '../story'

const scene = `
  user is a variable @ vars.js:1
  lang is a variable, default "en" @ vars.js:2
  base sets user = "ada" as u1 @ app.js:10
  base starts task Alice @ app.js:12
  Alice hands over click @ app.js:13
  click sets user = "eve" as u2 @ app.js:14
  then:
  base resets user by u1 @ app.js:15
  click sets lang = "de" as l1 @ app.js:16
  click resets lang by l1 @ app.js:17
`

function historyOf(told: Story) {
  const { timeline } = told
  const history = new VariableHistory(timeline)
  history.update()
  return { timeline, history }
}

const rows = (told: Story, seq = Number.POSITIVE_INFINITY) => {
  const { timeline, history } = historyOf(told)
  const world = timeline.at(seq)
  const counts = new HolderCounts()
  counts.follow(world)
  return variableRows(world, history, counts)
}

describe('every variable', () => {
  test('by name, with who holds it and who set it last', () => {
    const told = story(scene)
    expect(rows(told)).toMatchObject([
      { name: 'lang', default: { text: '"en"' }, own: 0, holders: 0, lastSet: { token: told.token('l1') } },
      { name: 'user', default: null, own: 1, holders: 2, stack: 1, lastSet: { token: told.token('u2') } },
    ])
  })

  test('as it was at an earlier moment', () => {
    const told = story(scene)
    expect(rows(told, told.at('then'))).toMatchObject([
      { name: 'lang', holders: 0, lastSet: null },
      { name: 'user', own: 2, holders: 3 },
    ])
    expect(rows(told, 0)).toEqual([])
  })

  test('those that one line made again are one, and another line’s of that name are not', () => {
    const told = story(`
      first is a variable called user @ make vars.js:1
      second is a variable called user @ make vars.js:1
      other is a variable called user @ vars.js:9
      third is a variable called user
      fourth is a variable called user
      base sets first = 1 as a
      base sets second = 2 as b
    `)
    const found = rows(told)
    expect(found.map(({ name, variables }) => [name, variables.length])).toEqual([
      ['user', 2],
      ['user', 1],
      ['user', 1],
      ['user', 1],
    ])
    expect(found[0]).toMatchObject({ own: 2, holders: 2, lastSet: { value: { text: '2' } } })
  })

  test('a context that was collected holds nothing', () => {
    const told = story(`
      user is a variable
      base copies gone
      gone sets user = 1 as a
      gone is collected
    `)
    expect(rows(told)).toMatchObject([{ own: 0, holders: 0, lastSet: { value: { text: '1' } } }])
    expect(holdersOf(told.world, [told.variable('user')])).toEqual([])
  })
})

describe('of one variable', () => {
  test('its holders: those that set it first', () => {
    const told = story(scene)
    const names = holdersOf(told.world, [told.variable('user')]).map(({ context, isOwn }) => [context, isOwn])
    expect(names).toEqual([
      [told.context('click'), true],
      [told.context('Alice'), false],
    ])
  })

  test('thousands that one line made are looked for among the few that are held', () => {
    const many = Array.from({ length: 50 }, (_, index) => `v${index} is a variable called v @ make vars.js:1`)
    const told = story(`${many.join('\n')}\nbase sets v7 = 7 as a`)
    const [row] = rows(told)
    expect(row?.variables.length).toBe(50)
    expect(holdersOf(told.world, row?.variables ?? [])).toEqual([
      { context: told.context('base'), variable: told.variable('v7'), isOwn: true },
    ])
  })

  test('its sets and resets, newest first, up to the moment', () => {
    const told = story(scene)
    const { timeline, history } = historyOf(told)
    const user = [told.variable('user')]
    const texts = (seq: number, most = 10) =>
      writesOf(timeline.at(seq), history, user, most).map(({ type, value }) => `${type} ${value?.text ?? 'unset'}`)
    expect(texts(99)).toEqual(['var-reset unset', 'var-set "eve"', 'var-set "ada"'])
    expect(texts(told.at('then'))).toEqual(['var-set "eve"', 'var-set "ada"'])
    expect(texts(99, 1)).toEqual(['var-reset unset'])
  })

  test('what comes later, or late, is in it', () => {
    const told = story(scene)
    const { facts, stacks } = told
    const timeline = new Timeline()
    const history = new VariableHistory(timeline)
    const user = told.variable('user')
    const seqs = () => [...history.newest(user, 99)].map(({ seq }) => seq)
    timeline.append(facts.slice(8), stacks)
    history.update()
    const late = seqs()
    timeline.append(facts.slice(0, 8), stacks)
    history.update()
    const all = facts.filter((fact) => 'variable' in fact && fact.variable === user && fact.type !== 'var-created')
    expect(seqs()).toEqual(all.map(({ seq }) => seq).toReversed())
    expect(late.length).toBeLessThan(all.length)
  })

  test('what was let go is not', () => {
    const lines = Array.from({ length: 400 }, (_, index) => `base sets user = ${index} as t${index}`)
    const told = story(`user is a variable\n${lines.join('\n')}`)
    const { facts, stacks } = told
    const timeline = new Timeline({ interval: 16, most: 8, bytes: 20_000 })
    const history = new VariableHistory(timeline)
    timeline.append(facts, stacks)
    history.update()
    const kept = [...history.newest(told.variable('user'), 1e9)]
    expect(timeline.head.letGo).toBeGreaterThan(0)
    expect(kept.at(-1)?.seq).toBe(timeline.facts[0]?.seq)
  })
})

test('how many hold it, kept from world to world, is what a count of all says', () => {
  const looks = fc.array(fc.tuple(fc.nat(30), fc.option(fc.double({ min: 0, max: 1, noNaN: true }))), { maxLength: 10 })
  fc.assert(
    fc.property(moments, looks, fc.constantFrom(4_000, 1e9), (deeds, looks, bytes) => {
      const facts = lifeOf(deeds)
      const timeline = new Timeline({ interval: 8, most: 6, bytes })
      const counts = new HolderCounts()
      let told = 0
      for (const [come, past] of looks) {
        timeline.append(facts.slice(told, told + come), {})
        told += come
        const world = past === null ? timeline.head : timeline.at(Math.floor(past * timeline.head.seq))
        counts.follow(world)
        for (const { id } of timeline.head.variables.values()) {
          const holders = holdersOf(world, [id])
          expect(counts.of(id)).toEqual({ own: holders.filter(({ isOwn }) => isOwn).length, all: holders.length })
        }
      }
    }),
    { numRuns: 200 },
  )
})
