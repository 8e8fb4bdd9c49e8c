// A world that lets go of what is over and long ago, beside one that keeps everything: of what lives and of what is kept, both say
// the same.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { advance, emptyWorld } from '../../panel/model/advance'
import { forget } from '../../panel/model/forget'
import { KEPT_CHANGES, KEPT_LOSSES } from '../../panel/model/limits'
import { namedStacks } from '../../panel/model/named-stacks'
import { judge } from '../../panel/model/rules'
import { Timeline } from '../../panel/model/timeline'
import type { ContextEntry, World } from '../../panel/model/world'
import type { ContextId, Fact } from '../../runtime/protocol'
import { story } from './story'

/** What happens in one moment of a page: somebody is picked among those who may do it. */
interface Moment {
  does: 'copies' | 'sets' | 'resets' | 'fails' | 'is collected'
  pick: number
}

const moments: fc.Arbitrary<Moment[]> = fc.array(
  fc.record({
    does: fc.constantFrom('copies', 'copies', 'sets', 'sets', 'resets', 'fails', 'is collected', 'is collected'),
    pick: fc.nat(1000),
  }),
  { minLength: 60, maxLength: 160, size: 'max' },
)

/** A page in which contexts come, work and go, told as a recorder tells it. */
function lifeOf(all: readonly Moment[]): { facts: Fact[]; stacks: World['stacks'] } {
  const lines = ['user is a variable', 'trace is a variable', 'absent is a variable']
  const living = ['base']
  const open: { token: string; owner: string; variable: string; before: string }[] = []
  const values = new Map<string, string>()
  let made = 0
  for (const { does, pick } of all) {
    const who = living[pick % living.length] ?? 'base'
    const variable = pick % 3 === 0 ? 'trace' : 'user'
    const held = `${who} ${variable}`
    made++
    switch (does) {
      case 'copies':
        lines.push(`${who} copies c${made}`)
        living.push(`c${made}`)
        for (const name of ['user', 'trace']) values.set(`c${made} ${name}`, values.get(`${who} ${name}`) ?? 'unset')
        break
      case 'sets':
        lines.push(`${who} sets ${variable} = "${made}" as t${made} @ app.js:${made}`)
        open.push({ token: `t${made}`, owner: who, variable, before: values.get(held) ?? 'unset' })
        values.set(held, `"${made}"`)
        break
      case 'resets': {
        const [undo] = open.splice(pick % Math.max(1, open.length), 1)
        if (undo === undefined || !living.includes(undo.owner)) break
        lines.push(
          `${undo.owner} resets ${undo.variable} by ${undo.token}${undo.before === 'unset' ? '' : ` to ${undo.before}`}`,
        )
        values.set(`${undo.owner} ${undo.variable}`, undo.before)
        break
      }
      case 'fails':
        lines.push(`${who} misses absent @ app.js:${made}`)
        break
      case 'is collected':
        if (who === 'base') break
        lines.push(`${who} is collected`)
        living.splice(living.indexOf(who), 1)
    }
  }
  return story(lines.join('\n'))
}

/** What is said of a context, but for who is below it and above. */
const said = ({ state, name, kind, open, own, holdings, created }: ContextEntry) => ({
  state,
  name,
  kind,
  open,
  own,
  created,
  holds: [...holdings.values()].map(({ variable, value, setIn, token }) => [variable, value.text, setIn, token]),
})

/** The nearest above that `kept` has, too. */
function above(all: World, kept: World, id: ContextId): ContextId | null {
  let parent = all.contexts.get(id)?.parent ?? null
  while (parent !== null && !kept.contexts.has(parent)) parent = all.contexts.get(parent)?.parent ?? null
  return parent
}

function expectSameOfWhatIsKept(kept: World, all: World): void {
  for (const entry of all.contexts.values()) {
    if (entry.state !== 'collected') expect(kept.contexts.has(entry.id), `context ${entry.id} is kept`).toBe(true)
  }
  for (const entry of kept.contexts.values()) {
    expect(said(entry)).toEqual(said(all.contexts.get(entry.id) as ContextEntry))
    expect(entry.parent).toBe(above(all, kept, entry.id))
    expect(kept.parents.get(entry.id)).toBe(entry.parent ?? 0)
    const below = [...kept.contexts.values()].filter(({ parent }) => parent === entry.id).map(({ id }) => id)
    expect([...entry.children]).toEqual(below)
  }
  expect(kept.parents.size).toBe(kept.contexts.size)
  expect([...kept.roots]).toEqual([...kept.contexts.values()].filter((one) => one.parent === null).map(({ id }) => id))
  for (const token of all.tokens.values()) {
    const owner = all.contexts.get(token.context)
    const matters =
      owner?.state !== 'collected' &&
      (token.state === 'open' || owner?.holdings.get(token.variable)?.token === token.id)
    if (matters) expect(kept.tokens.get(token.id)?.state, `token ${token.id}`).toBe(token.state)
  }
  // Nothing is named that is not there to be looked at.
  for (const { context } of kept.refusals) expect(kept.contexts.has(context)).toBe(true)
}

describe('a timeline that lets go', () => {
  test('knows of what lives and of what it keeps the same as one that does not, now and at any moment that it keeps', () => {
    let removed = 0
    fc.assert(
      fc.property(
        moments,
        fc.integer({ min: 2_000, max: 10_000 }),
        fc.integer({ min: 1, max: 20 }),
        (all, bytes, portion) => {
          const { facts, stacks } = lifeOf(all)
          const everything = new Timeline({ interval: 8, most: 4 })
          everything.append(facts, stacks)
          const bounded = new Timeline({ interval: 8, most: 4, bytes })
          for (let at = 0; at < facts.length; at += portion) bounded.append(facts.slice(at, at + portion), stacks)
          const { head } = bounded
          removed += everything.head.contexts.size - head.contexts.size

          expectSameOfWhatIsKept(head, everything.head)
          expect(bounded.facts).toEqual(facts.filter(({ seq }) => seq > head.letGo))
          for (const { seq } of bounded.facts) expectSameOfWhatIsKept(bounded.at(seq), everything.at(seq))
          expect(bounded.at(1).seq).toBe(Math.max(head.letGo, 1))
          const told = (world: World) => judge(world).findings.map(({ id, what }) => ({ id, what }))
          expect(told(head)).toEqual(told(everything.head))
        },
      ),
      { numRuns: 150 },
    )
    expect(removed).toBeGreaterThan(100)
  })

  test('is bounded, however long a page lives', () => {
    const bytes = 25_000
    const timeline = new Timeline({ interval: 16, bytes })
    const { facts, stacks } = story('user is a variable')
    timeline.append(facts, stacks)
    let seq = facts.length
    let most = 0
    for (let round = 0; round < 3_000; round++) {
      const context = 2 + round
      const drafts = [
        // Each is copied from the one before, as a timer that sets the next one is.
        {
          type: 'context-created',
          context,
          parent: context - 1,
          asOf: seq,
          kind: 'callback',
          name: null,
          api: 'setTimeout',
          stack: round + 1,
        },
        {
          type: 'var-set',
          context,
          variable: 1,
          token: round + 1,
          value: { kind: 'number', text: `${round}` },
          stack: round + 1,
        },
        { type: 'task-created', task: round + 1, context, name: `${round}`, parent: null, stack: null },
        { type: 'task-settled', task: round + 1, outcome: 'fulfilled' },
        ...(round > 0 ? [{ type: 'context-collected', context: context - 1 }] : []),
      ]
      const told = drafts.map((draft) => ({ seq: ++seq, at: seq, ...draft }) as unknown as Fact)
      timeline.append(told, { [round + 1]: [{ name: 'f', url: 'app.js', line: round + 1, column: 1 }] })
      const { contexts, tokens, tasks } = timeline.head
      most = Math.max(most, timeline.facts.length, contexts.size, tokens.size, tasks.size)
    }
    expect(most).toBeLessThan(150)
    expect(Object.keys(timeline.stacks).length).toBeLessThan(2_200)
    // Whose turn it is hangs below the page itself: the line of those before is gone.
    const { contexts } = timeline.head
    expect([...contexts.keys()].slice(0, 2)).toEqual([1, expect.any(Number)])
    expect(contexts.get([...contexts.keys()][1] as ContextId)?.parent).toBe(1)
    for (const { stack } of contexts.values()) if (stack !== null) expect(timeline.stacks[stack]).toBeDefined()
  })

  test('takes out a context of any number of children', () => {
    const children = 200_000
    const told = story('base copies parent').facts
    const facts: Fact[] = [...told]
    const tell = (draft: object) => facts.push({ seq: facts.length + 1, at: 1, ...draft } as unknown as Fact)
    for (let context = 3; context < 3 + children; context++) {
      tell({ type: 'context-created', context, parent: 2, asOf: 0, kind: 'copy', name: null, api: null, stack: null })
    }
    tell({ type: 'context-collected', context: 2 })
    const timeline = new Timeline({ bytes: 1_000 })
    timeline.append(facts, {})
    expect(timeline.head.contexts.has(2 as ContextId)).toBe(false)
    expect(timeline.head.contexts.get(1 as ContextId)?.children.length).toBe(children)
  })

  test('keeps the newest problems, and what they speak of', () => {
    const lines = ['user is a variable']
    for (let number = 0; number < KEPT_LOSSES + 200; number++) {
      lines.push(`base copies c${number}`, `c${number} misses user @ app.js:${number + 1}`, `c${number} is collected`)
    }
    for (let number = 0; number < 200; number++) lines.push(`base copies d${number}`, `d${number} is collected`)
    const { facts, stacks } = story(lines.join('\n'))
    const timeline = new Timeline({ interval: 16, bytes: 10_000 })
    timeline.append(facts, stacks)
    const { head } = timeline
    expect(head.letGo).toBeGreaterThan(3 * KEPT_LOSSES)
    expect(head.refusals.length).toBe(KEPT_LOSSES)
    const { findings } = judge(head)
    expect(findings.length).toBe(KEPT_LOSSES)
    for (const { context } of findings) expect(head.contexts.has(context as ContextId)).toBe(true)
  })

  test('keeps what a note speaks of, with its lines', () => {
    const others = Array.from({ length: 40 }, (_, n) => `A starts task o${n}\nA waits for o${n}`).join('\n')
    const told = story(`
      user is a variable, default "guest" @ app.js:1
      list is a variable, default [] @ app.js:2
      base starts task A
      A starts task login @ app.js:3
      A waits for login @ app.js:4
      login sets user = "ada" as t @ app.js:5
      login settles
      A reads user, default
      ${others}
      A settles
      A is collected
      login resets user by t
      login is collected
      base starts task B
      B finds the default of list changed to [7] @ app.js:6
      B settles
      B is collected
    `)
    const { world } = told
    const before = judge(world).findings.filter(({ rule }) => rule !== 'forgotten-reset')
    expect(before.map(({ rule }) => rule).sort()).toEqual(['default-changed', 'left-in-copy'])
    forget(world, world.seq)
    expect(judge(world).findings).toEqual(before)
    const stacks = before.flatMap(({ evidence }) => evidence.map(({ stack }) => stack))
    for (const stack of stacks) if (stack !== null) expect(namedStacks([], [world])).toContain(stack)
    expect(stacks.filter((stack) => stack !== null)).toHaveLength(4)
  })

  test('makes no problem of what was meant, when the other copies that tell so are gone', () => {
    const work = (name: string) => `
      A starts task ${name}
      A waits for ${name}
      ${name} sets user = "${name}" as t${name} @ app.js:5
      ${name} settles`
    const { world } = story(`
      user is a variable, default "guest"
      base starts task A
      ${work('one')}
      A reads user, default
      ${work('two')}
      one is collected
      two is collected
    `)
    const found = () => judge(world).findings.filter(({ rule }) => rule === 'left-in-copy')
    expect(found()).toEqual([])
    forget(world, world.seq)
    expect(world.contexts.size).toBe(2)
    expect(found()).toEqual([])
  })

  test('keeps the line of who waits for a work that is not over', () => {
    const { world } = story('base starts task A\nA starts task login @ app.js:3\nA waits for login @ app.js:4')
    expect(namedStacks([], [world])).toEqual(new Set([1, 2]))
  })

  test('knows no context anew that was let go, because somebody waits for what came of it', () => {
    const { facts } = story(`
      base starts task A
      A starts task load
      load settles
      load is collected
      A waits for load
    `)
    const world = emptyWorld()
    for (const fact of facts) {
      if (fact.type === 'work-awaited') forget(world, world.seq)
      advance(world, fact)
    }
    expect([...world.contexts.values()].map(({ kind }) => kind)).toEqual(['base', 'task'])
    expect([...world.contexts.values()].at(-1)?.awaited).toHaveLength(1)
  })

  test('keeps what was left out of data, of which context, and the line', () => {
    const told = story(`
      user is a variable
      base copies c @ app.js:1
      c is reduced, user unregistered @ app.js:2
      c is collected
      base copies d
      d is collected
    `)
    const { world } = told
    const before = judge(world).findings
    expect(before.map(({ rule }) => rule)).toEqual(['not-reduced'])
    forget(world, world.seq)
    expect(judge(world).findings).toEqual(before)
    expect(world.contexts.has(told.context('c'))).toBe(true)
    expect(world.contexts.has(told.context('d'))).toBe(false)
    expect(namedStacks([], [world])).toEqual(new Set([1, 2]))
  })

  test('keeps the lines that made who read a value, which tell whose code that is', () => {
    const { world } = story(`
      user is a variable
      base sets user = 1 as t @ handle app.js:3
      base copies reader @ load app.js:5 < handle app.js:4
      reader reads user, inherited
      reader enters
      reader leaves
      reader is collected
    `)
    expect(judge(world).findings).toEqual([])
    forget(world, world.seq)
    expect(world.contexts.size).toBe(1)
    const [, made] = [...Object.keys(world.stacks)].map(Number)
    expect(namedStacks([], [world])).toContain(made)
    expect(judge(world).findings).toEqual([])
  })

  test('makes nobody the heir of a context that it was not copied from', () => {
    const { world } = story(`
      user is a variable
      base starts task G
      G sets user = 1 as t
      G copies P
      P enters
      P leaves
      P is copied as C
      C reads user, inherited
      P is collected
      G settles
    `)
    const before = judge(world).findings.map(({ title }) => title)
    forget(world, world.seq)
    expect(world.contexts.get(world.tasks.values().next().value?.context as ContextId)?.children).toHaveLength(1)
    expect(judge(world).findings.map(({ title }) => title)).toEqual(before)
  })

  test('does not guess what a copy took over long ago, where that is not known any more', () => {
    const lines = [
      'user is a variable',
      'step is a variable',
      'base sets user = "ada" as u',
      'base sets step = "0" as s',
    ]
    lines.push('base resets step by s', 'base sets step = "1" as s1')
    for (let number = 2; number < KEPT_CHANGES + 50; number++) lines.push(`base sets step = "${number}" as s${number}`)
    for (let number = 0; number < 100; number++) lines.push(`base copies c${number}`, `c${number} is collected`)
    const { facts, stacks } = story(lines.join('\n'))
    const bounded = new Timeline({ interval: 16, bytes: 2_500 })
    bounded.append(facts, stacks)
    expect(bounded.head.letGo).toBeGreaterThan(KEPT_CHANGES)

    const held = (asOf: number): string[] => {
      const seq = bounded.head.seq + 1
      const context = 10_000 + asOf
      const fact = {
        seq,
        at: seq,
        type: 'context-created',
        context,
        parent: 1,
        asOf,
        kind: 'callback',
        name: null,
        api: 'click',
        stack: null,
      }
      bounded.append([fact as unknown as Fact], {})
      return [...(bounded.head.contexts.get(context as ContextId)?.holdings.values() ?? [])].map(
        ({ value }) => value.text,
      )
    }
    // Nobody wrote to `user` since.
    const seqOf = (index: number) => facts.filter(({ type }) => type === 'var-set')[index]?.seq ?? 0
    expect(held(seqOf(0))).toEqual(['"ada"'])
    expect(held(seqOf(2))).toEqual(['"ada"'])
    expect(held(seqOf(0) - 1)).toEqual([])
    const newest = facts.findLast((fact) => fact.type === 'var-set')
    expect(held(newest?.seq ?? 0)).toEqual(['"ada"', `"${KEPT_CHANGES + 49}"`])
    expect(held((newest?.seq ?? 0) - 1)).toEqual(['"ada"', `"${KEPT_CHANGES + 48}"`])
  })
})

test('an empty world has let go of nothing', () => {
  expect(emptyWorld().letGo).toBe(0)
})
