// What the rules keep of a world from one judgement to the next, beside a look at everything: both say the same, whatever happened in
// between, and however often somebody looked.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { advance, emptyWorld, forkWorld } from '../../../panel/model/advance'
import { Effort } from '../../../panel/model/effort'
import { forget } from '../../../panel/model/forget'
import { KEPT_LOSSES, MOST_STEPS } from '../../../panel/model/limits'
import { judge, lookAhead, rulesOnRequest } from '../../../panel/model/rules'
import { absenceOf } from '../../../panel/model/rules/absence'
import { forgottenSets } from '../../../panel/model/rules/forgotten-sets'
import { keep } from '../../../panel/model/rules/kept'
import { lossesFrom } from '../../../panel/model/rules/losses'
import { failedLookups, refusedEntries, tokenErrors } from '../../../panel/model/rules/refusals'
import { soughtSets } from '../../../panel/model/rules/sought-sets'
import type { Group } from '../../../panel/model/rules/source-line'
import { madeInFunctions } from '../../../panel/model/rules/variable-made-again'
import { Timeline } from '../../../panel/model/timeline'
import type { TokenEntry, World } from '../../../panel/model/world'
import type { ContextId, Fact, StackTable, VariableId } from '../../../runtime/protocol'
import { randomFacts } from '../random-facts'
import { lifeOf, moments, stacks } from '../random-life'
import { story } from '../story'
import * as all from './full-pass'

/** Facts of any kind, and whether somebody looks after each. */
const told = fc
  .oneof(
    { weight: 3, arbitrary: fc.tuple(moments, fc.boolean()).map(([life, knowsAwait]) => lifeOf(life, knowsAwait)) },
    { weight: 1, arbitrary: randomFacts },
  )
  .chain((facts) => fc.record({ facts: fc.constant(facts), looks: fc.infiniteStream(fc.integer({ min: 1, max: 12 })) }))

const worldWith = (table: StackTable): World => ({ ...emptyWorld(), stacks: table })

const ALL = { also: rulesOnRequest.map(({ id }) => id) }

/** Nobody has looked at that one. */
const expectSame = (world: World): void => {
  const judged = judge(world, ALL)
  expect(judged.findings.filter(({ id }) => id.endsWith(' failed'))).toEqual([])
  expect(judged).toEqual(judge(forkWorld(world), ALL))
}

function expectAsAFullPass(world: World): void {
  const lines = (groups: readonly Group<unknown>[]): all.Line[] =>
    groups.map(({ key, oldest, newest, count }) => [key, oldest, newest, count])
  for (const code of ['used', 'other-variable', 'other-context', 'not-a-token'] as const) {
    const isOne = (refusal: World['refusals'][number]) => refusal.type === 'token-error' && refusal.code === code
    expect(lines(tokenErrors(world, code))).toEqual(all.refusalsByLine(world, isOne))
  }
  const lookups = all.refusalsByLine(world, ({ type }) => type === 'lookup-error')
  expect(lines(failedLookups(world))).toEqual(lookups)
  expect(lines(refusedEntries(world))).toEqual(all.refusalsByLine(world, ({ type }) => type === 'reentry-error'))
  expect(lines(madeInFunctions(world))).toEqual(all.madeInFunctionsByLine(world))

  for (const context of world.contexts.keys()) {
    const losses = world.untracked.filter((loss) => loss.context === context && loss.resumed !== null)
    expect(lossesFrom(world, context)).toEqual(losses)
  }

  const sets = forgottenSets(world)
  const forgotten = sets.groups(world)
  const named = forgotten.map(({ oldest, newest, ...group }) => ({
    ...group,
    oldest: { token: oldest.token.id, state: oldest.state },
    newest: { token: newest.token.id, state: newest.state },
  }))
  expect(lines(named)).toEqual(all.forgottenByLine(world))
  for (const { newest } of forgotten) {
    expect(sets.keepers(world, newest.token, new Effort())).toBe(all.keepersOf(world, newest.token))
  }
  for (const { newest: lookup } of failedLookups(world)) {
    const sets = soughtSets(world, [lookup.variable])(lookup.variable)
    expect(absenceOf(world, lookup, sets, new Effort())).toEqual(all.absenceAmongAll(world, lookup))
  }
}

describe('what is kept of a world', () => {
  test('is what a look at everything finds, however often somebody looks', () => {
    let found = 0
    fc.assert(
      fc.property(told, ({ facts, looks }) => {
        const world = worldWith(stacks)
        let wait = 0
        for (const fact of facts) {
          advance(world, fact)
          if (--wait > 0) continue
          wait = looks.next().value
          expectSame(world)
          expectAsAFullPass(world)
          found += judge(world).findings.length
        }
      }),
      { numRuns: 300 },
    )
    expect(found).toBeGreaterThan(1_000)
  })

  test('is that of its own world alone, whoever goes another way', () => {
    fc.assert(
      fc.property(told, moments, ({ facts }, others) => {
        const world = worldWith(stacks)
        const half = facts.slice(0, facts.length / 2)
        for (const fact of half) advance(world, fact)
        judge(world)
        const other = forkWorld(world)
        for (const fact of lifeOf(others)) advance(other, { ...fact, seq: (fact.seq + world.seq) as Fact['seq'] })
        for (const fact of facts.slice(half.length)) advance(world, fact)
        expectSame(world)
        expectSame(other)
        expectAsAFullPass(other)
      }),
      { numRuns: 100 },
    )
  })

  test('is the same where somebody looked ahead, however far, and whatever came meanwhile', () => {
    fc.assert(
      fc.property(told, fc.array(fc.nat(4), { minLength: 1 }), ({ facts, looks }, parts) => {
        const world = worldWith(stacks)
        let wait = 0
        for (const [index, fact] of facts.entries()) {
          advance(world, fact)
          if (--wait > 0) continue
          wait = looks.next().value
          lookAhead(world, parts[index % parts.length] ?? 0)
          if (index % 3 === 0) expectSame(world)
        }
        for (let left = world.tokens.size; !lookAhead(world, 1); left--) expect(left).toBeGreaterThan(0)
        expectSame(world)
        expectAsAFullPass(world)
      }),
      { numRuns: 100 },
    )
  })

  test('is made anew where facts were let go', () => {
    fc.assert(
      fc.property(told, fc.nat(100), ({ facts }, percent) => {
        const world = worldWith(stacks)
        const before = facts.slice(0, (facts.length * percent) / 100)
        for (const fact of before) advance(world, fact)
        judge(world)
        forget(world, world.seq)
        expectSame(world)
        expectAsAFullPass(world)
        for (const fact of facts.slice(before.length)) advance(world, fact)
        expectSame(world)
        expectAsAFullPass(world)
      }),
      { numRuns: 100 },
    )
  })

  test('is the same however the facts arrive, and at any moment of a timeline', () => {
    fc.assert(
      fc.property(told, fc.infiniteStream(fc.integer({ min: -3, max: 9 })), ({ facts }, cuts) => {
        const timeline = new Timeline({ interval: 8, most: 3 })
        let held: Fact[] = []
        for (let start = 0; start < facts.length; ) {
          const cut = cuts.next().value
          const portion = facts.slice(start, start + Math.max(1, Math.abs(cut)))
          start += portion.length
          // Some come only later, and fill a hole.
          if (cut < 0) {
            held.push(...portion)
            continue
          }
          timeline.append(portion, stacks)
          expectSame(timeline.head)
          if (cut === 9) {
            timeline.append(held, stacks)
            held = []
            expectSame(timeline.head)
          }
        }
        timeline.append(held, stacks)
        const world = worldWith(stacks)
        for (const fact of facts) advance(world, fact)
        expect(judge(timeline.head)).toEqual(judge(world))
        const seq = facts[cuts.next().value + 3]?.seq ?? 0
        expect(judge(timeline.at(seq))).toEqual(judge(worldAt(facts, seq)))
      }),
      { numRuns: 100 },
    )
  })

  test('is made anew where stacks are told otherwise', () => {
    let different = 0
    const bundled: StackTable = {}
    for (const [id, frames] of Object.entries(stacks)) {
      bundled[Number(id)] = frames.map((frame) => ({ ...frame, url: 'https://shop.example/bundle.js', line: 1 }))
    }
    fc.assert(
      fc.property(told, ({ facts }) => {
        const timeline = new Timeline({ interval: 8, most: 3 })
        timeline.append(facts, bundled)
        const before = judge(timeline.head)
        const { rewrites, version } = timeline
        timeline.retell({ ...stacks, 4000: [] })
        expect([timeline.rewrites, timeline.version, timeline.stacks]).toEqual([rewrites + 1, version + 1, stacks])
        expectSame(timeline.head)
        expect(judge(timeline.head)).toEqual(judge(worldAt(facts, Number.POSITIVE_INFINITY)))
        if (before.findings.length !== judge(timeline.head).findings.length) different++
      }),
      { numRuns: 100 },
    )
    expect(different).toBeGreaterThan(0)
  })

  test('is made anew where more was touched than there is', () => {
    const { facts } = story(`
      user is a variable
      base copies a
      base copies b
      a sets user = 1 as t
      ${'a enters\nb enters\na leaves\nb leaves\n'.repeat(400)}
      token t is collected
    `)
    const world = worldWith({})
    const looked = facts.findIndex(({ type }) => type === 'var-set') + 1
    for (const fact of facts.slice(0, looked)) advance(world, fact)
    expect(judge(world).findings).toEqual([])
    for (const fact of facts.slice(looked)) advance(world, fact)
    expect(world.touched).toBeNull()
    expect(judge(world).findings.map(({ title }) => title)).toEqual(['Never reset: user'])
  })

  test('is made anew of the newest problems, where more of them were told than are kept', () => {
    const misses = Array.from({ length: KEPT_LOSSES + 10 }, (_, index) => `base misses user @ app.js:${index + 1}`)
    const { facts, stacks } = story(['user is a variable', ...misses, 'base misses user @ app.js:9999'].join('\n'))
    const world = worldWith(stacks)
    for (const fact of facts.slice(0, -1)) advance(world, fact)
    judge(world)
    forget(world, world.seq)
    for (const fact of facts.slice(-1)) advance(world, fact)
    expectSame(world)
    expect(judge(world).findings[0]?.evidence[0]?.seq).toBe(world.seq)
  })

  test.each([
    [
      'a callback reads what it was handed over with',
      'click reads user, inherited',
      'Contexts that were copied from it',
    ],
    ['a callback reads something else', 'click reads lang, default', 'Contexts that were copied from it'],
    ['a callback sets something else', 'click sets lang = 1 as l', 'Contexts that were copied from it'],
    ['a callback hands over another', 'click hands over tick', 'Contexts that were copied from it'],
    ['a callback does nothing', 'click returns', 'No other context is known'],
  ])('knows who keeps a value: %s', (_, then, kept) => {
    const before =
      'user is a variable\nlang is a variable\nbase starts task A\nA sets user = 1 as t\nA settles\nA hands over click'
    const world = story(before).world
    expect(judge(world).findings[0]?.what).toContain('No other context is known')
    for (const fact of story(`${before}\n${then}`).facts) advance(world, fact)
    expectSame(world)
    expect(judge(world).findings[0]?.what).toContain(kept)
  })

  test('leaves out what went with its context', () => {
    const before = [1, 2].flatMap((n) => [
      `base starts task T${n}`,
      `T${n} sets user = ${n} as t${n} @ app.js:1`,
      `T${n} settles`,
    ])
    const text = ['user is a variable', ...before].join('\n')
    const { world } = story(text)
    expect(judge(world).findings.map(({ title }) => title)).toEqual(['Never reset: user (2 times)'])
    for (const fact of story(`${text}\nT1 is collected`).facts) advance(world, fact)
    expectSame(world)
    expect(judge(world).findings.map(({ title }) => title)).toEqual(['Never reset: user'])
  })

  test('knows of a reset since', () => {
    const before =
      'attached, await not followed\nuser is a variable\nbase copies a\nbase copies b\na sets user = 1 as t\nb sets user = 2 as u\nbase misses user @ app.js:1'
    const { world } = story(before)
    const sets = () => judge(world).findings.map(({ evidence }) => evidence.map(({ label }) => label)[0])
    expect(sets()).toEqual(['set user = 2 in the copy “b”'])
    for (const fact of story(`${before}\nb resets user by u\nbase misses user @ app.js:2`).facts) advance(world, fact)
    expect(sets()).toEqual(['set user = 1 in the copy “a”', 'set user = 2 in the copy “b”'])
    expectSame(world)
  })

  test('knows what a context turns out to be', () => {
    const [set, lost] = [
      { type: 'var-set', context: 1, variable: 1, token: 1, value: { kind: 'number', text: '1' }, stack: null },
      { type: 'token-collected', token: 1 },
    ]
    const propagation = null
    const attached = {
      type: 'runtime-attached',
      version: '1',
      origin: 'application',
      base: 1,
      late: false,
      propagation,
    }
    const created = { type: 'context-created', context: 1, parent: null, asOf: 3, kind: 'base', name: null, api: null }
    for (const news of [attached, { ...created, stack: null }]) {
      const world = worldWith({})
      const tell = (draft: object) => advance(world, { seq: world.seq + 1, at: 1, ...draft } as unknown as Fact)
      tell(set)
      tell(lost)
      expect(judge(world).findings.map(({ title }) => title)).toEqual(['Never reset: variable 1'])
      tell(news)
      expectSame(world)
      expect(judge(world).findings.map(({ title }) => title)).toEqual(['Forgotten reset: variable 1'])
    }
  })

  test('knows of a set that a liar tells between others', () => {
    const { facts } = story('user is a variable\nbase misses user @ app.js:1\nbase copies a\nbase copies b')
    const world = worldWith({})
    const tell = (draft: object) => advance(world, { seq: world.seq + 1, at: 1, ...draft } as unknown as Fact)
    const set = (context: number, token: number): void =>
      tell({ type: 'var-set', context, variable: 1, token, value: { kind: 'number', text: '1' }, stack: null })
    const lookup = (context: number, stack: number): void => tell({ type: 'lookup-error', context, variable: 1, stack })
    for (const fact of facts) advance(world, fact)
    judge(world)
    for (const [context, token] of [
      [2, 5],
      [3, 9],
      [2, 3],
      [1, 1],
      [2, 7],
    ] as const) {
      set(context, token)
      lookup(context, 10 + token)
      lookup(1, 20 + token)
      expectSame(world)
      expectAsAFullPass(world)
    }
  })

  test('is not half of what a spent effort found', () => {
    const { world } = story(
      'user is a variable\nbase starts task A\nA sets user = 1 as t\nA copies a\nA copies b\nA settles',
    )
    const sets = forgottenSets(world)
    const token = sets.groups(world)[0]?.newest.token as TokenEntry
    const spent = new Effort()
    spent.spend(MOST_STEPS)
    sets.keepers(world, token, spent)
    expect(sets.keepers(world, token, new Effort())).toBe('copied-meanwhile')
  })

  test('is asked for many sets at the cost of some effort, and gives no more than are wanted', () => {
    const sets = Array.from({ length: 200 }, (_, n) => `a sets user = ${n} as t${n}\na resets user by t${n}`)
    const { facts } = story(['user is a variable', 'base copies a', ...sets].join('\n'))
    const world = worldWith({})
    for (const fact of facts) advance(world, fact)
    const user = 1 as VariableId
    const ofUser = soughtSets(world, [user])(user)
    const nearlySpent = (): Effort => {
      const effort = new Effort()
      effort.spend(MOST_STEPS - 10)
      return effort
    }
    const efforts = [nearlySpent(), nearlySpent(), nearlySpent()] as const
    expect(ofUser.newestIn(2 as ContextId, world.seq + 1, efforts[0])?.value.text).toBe('199')
    expect(
      ofUser
        .newestBefore(world.seq, 100, efforts[1])
        .map(({ value }) => value.text)
        .slice(0, 2),
    ).toEqual(['100', '101'])
    expect(ofUser.standingAt(world.seq, efforts[2]).newest()).toBeNull()
    expect(efforts.map(({ isSpent }) => isSpent)).toEqual([false, true, true])
  })

  test('is made anew where it broke', () => {
    let made = 0
    const fragile = keep(() => {
      const count = ++made
      return {
        count,
        catchUp() {
          throw new Error('out of luck')
        },
      }
    })
    const { world } = story('base copies a')
    expect(fragile(world).count).toBe(1)
    expect(fragile(world).count).toBe(2)
    expect(judge(world).findings).toEqual([])
  })

  test('knows a line as soon as somebody tells it', () => {
    const { facts, ...told } = story(`
      user is a variable
      v is a variable called twin @ f app.js:1
      w is a variable called twin @ f app.js:1 < other.js:1
      base misses user @ app.js:2
      base copies a
      a enters
      a sets user = 1 as t @ app.js:3
      a leaves
      token t is collected
    `)
    const world = worldWith({})
    for (const fact of facts) advance(world, fact)
    expect(judge(world).findings.map(({ id }) => id)).toEqual([
      'lookup-without-value 1 stack 3',
      'forgotten-reset harmless 1 stack 4',
    ])
    Object.assign(world.stacks, told.stacks)
    expectSame(world)
    expect(judge(world).findings.map(({ title }) => title)).toContain('Variable made in a function: twin (2 of them)')
    expect(judge(world).findings.map(({ id }) => id)).toContain(
      'forgotten-reset harmless 1 https://shop.example/app.js:3:1',
    )
  })
})

function worldAt(facts: readonly Fact[], seq: number): World {
  const world = worldWith(stacks)
  for (const fact of facts) if (fact.seq <= seq) advance(world, fact)
  return world
}
