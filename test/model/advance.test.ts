import { describe, expect, test } from 'vitest'
import { advance, emptyWorld, forkWorld } from '../../panel/model/advance'
import { judge } from '../../panel/model/rules'
import type { Fact } from '../../runtime/protocol'
import { drawTree, drawWorld } from './drawing'
import { story } from './story'

const stateOf = (told: ReturnType<typeof story>, name: string) => told.world.contexts.get(told.context(name))?.state

describe('values', () => {
  test('a copy starts with what its parent holds at that moment, and goes its own way', () => {
    const told = story(`
      user is a variable
      base sets user = "ada" as t1
      base starts task Alice
      base sets user = "bob" as t2
      base starts task Bob
      Alice sets user = "alice" as t3
    `)
    expect(drawTree(told.world)).toBe(
      ['base: user = "bob" (own)', '  Alice: user = "alice" (own)', '  Bob: user = "bob" (from base)'].join('\n'),
    )
  })

  test('a callback holds what its parent held when it was handed over, however late it is announced', () => {
    const told = story(`
      user is a variable
      lang is a variable
      base sets user = "ada" as t1
      base sets lang = "en" as l1
      early:
      base sets user = "bob" as t2
      base resets lang by l1
      base sets user = "eve" as t3
      base hands over click as of early
      base hands over tick
    `)
    expect(drawTree(told.world)).toBe(
      [
        'base: user = "eve" (own)',
        '  click: user = "ada" (from base), lang = "en" (from base)',
        '  tick: user = "eve" (from base)',
      ].join('\n'),
    )
    const click = told.world.contexts.get(told.context('click'))
    expect(click?.asOf).toBe(told.at('early'))
    expect(click?.inherited.get(told.variable('user'))?.token).toBe(told.token('t1'))
  })

  test('a reset brings back the value and the one who set it', () => {
    const told = story(`
      user is a variable
      base sets user = "ada" as t1
      base starts task Alice
      Alice sets user = "alice" as t2
      Alice resets user by t2 to "ada"
    `)
    expect(drawTree(told.world)).toBe('base: user = "ada" (own)\n  Alice: user = "ada" (from base)')
    const held = told.world.contexts.get(told.context('Alice'))?.holdings.get(told.variable('user'))
    expect(held).toMatchObject({ token: told.token('t1'), setIn: told.context('base') })
    expect(told.world.tokens.get(told.token('t2'))).toMatchObject({ state: 'used', closed: { seq: 8 } })
  })

  test('resets out of order bring values back to life, as they do in the page', () => {
    const told = story(`
      user is a variable
      base sets user = "1" as x
      base sets user = "2" as y
      base sets user = "3" as z
      base resets user by x
      base resets user by z to "2"
    `)
    expect(drawTree(told.world)).toBe('base: user = "2" (own)')
    expect(told.world.contexts.get(told.context('base'))).toMatchObject({ open: 1 })
    expect(told.world.tokens.get(told.token('y'))?.state).toBe('open')
  })

  test('what a reset shows wins over what the set showed: the page may have changed the object meanwhile', () => {
    const told = story(`
      cart is a variable
      base sets cart = {n: 1} as t1
      base sets cart = {} as t2
      base resets cart by t2 to {n: 2}
    `)
    const held = told.world.contexts.get(told.context('base'))?.holdings.get(told.variable('cart'))
    expect(held).toMatchObject({ value: { text: '{n: 2}' }, token: told.token('t1') })
  })

  test('writes after a copy was made never reach it, nor the other way', () => {
    const told = story(`
      user is a variable
      base sets user = "ada" as t1
      base copies a
      a copies b
      base resets user by t1
      a sets user = "x" as t2
    `)
    expect(drawTree(told.world)).toBe('base\n  a: user = "x" (own)\n    b: user = "ada" (from base)')
  })
})

describe('the end of a unit of work', () => {
  test('a task ends when it settles', () => {
    const told = story('base starts task Alice\nbase starts task Bob\nAlice settles\nBob rejects')
    expect(drawTree(told.world)).toBe('base\n  Alice [ended]\n  Bob [ended]')
    expect(told.world.tasks.get(told.task('Bob'))?.state).toBe('rejected')
  })

  test('a context that two tasks share ends with the later one', () => {
    const shared = 'base copies c\nc runs task A\nc runs task B\nA settles'
    expect(stateOf(story(shared), 'c')).toBe('alive')
    expect(stateOf(story(`${shared}\nB settles`), 'c')).toBe('ended')
  })

  test('a callback ends when it returns', () => {
    expect(stateOf(story('base hands over click\nclick returns'), 'click')).toBe('ended')
  })

  test('a copy ends with its outermost run, and lives again when it is run again', () => {
    const once = 'base copies c\nc enters\nc leaves'
    expect(stateOf(story(once), 'c')).toBe('ended')
    expect(stateOf(story(`${once}\nc enters`), 'c')).toBe('alive')
    expect(story(`${once}\nc enters`).world.contexts.get(story(once).context('c'))?.ended).toBeNull()
    expect(stateOf(story('base copies c'), 'c')).toBe('alive')
  })

  test('a run in the context of a task does not end the task, nor wake it', () => {
    const run = 'base starts task A\nA enters\nA leaves'
    expect(stateOf(story(run), 'A')).toBe('alive')
    expect(stateOf(story(`${run}\nA settles\nA enters`), 'A')).toBe('ended')
  })

  test('the base context never ends', () => {
    expect(stateOf(story('base enters\nbase leaves\nbase returns\nbase runs task T\nT settles'), 'base')).toBe('alive')
  })

  test('collected is the last word', () => {
    const told = story('base hands over click\nclick is collected')
    expect(stateOf(told, 'click')).toBe('collected')
    expect(told.world.contexts.get(told.context('click'))?.ended).toEqual({ seq: 4, at: 4, unseen: true })
  })
})

describe('tokens', () => {
  test('a context counts the open ones', () => {
    const told = story(`
      user is a variable
      base sets user = "1" as t1
      base sets user = "2" as t2
      base sets user = "3" as t3
      base resets user by t3 to "2"
      token t1 is collected
    `)
    expect(told.world.contexts.get(told.context('base'))?.open).toBe(1)
    const states = ['t1', 't2', 't3'].map((name) => told.world.tokens.get(told.token(name))?.state)
    expect(states).toEqual(['lost', 'open', 'used'])
  })

  test('one that was used before is not lost when it goes', () => {
    const told = story('user is a variable\nbase sets user = 1 as t\nbase resets user by t\ntoken t is collected')
    expect(told.world.tokens.get(told.token('t'))?.state).toBe('used')
  })

  test('a refusal for being used tells of a reset that fell into a gap', () => {
    const told = story('user is a variable\nbase sets user = 1 as t\n5 facts are lost\nbase is refused user by t: used')
    expect(told.world.tokens.get(told.token('t'))?.state).toBe('used')
  })
})

describe('facts about what is unknown', () => {
  test('make entries that say so', () => {
    const told = story(`
      900 facts are lost
      Alice sets user = "alice" as t9
      Bob reads lang, inherited
      Eve resets user by t4 to "x"
      zed leaves
      ghost returns
      child is collected
      token t3 is collected
      Mallory settles
      Alice copies inner
    `)
    expect(drawTree(told.world)).toBe(
      [
        'earlier context: variable 1 = "alice" (own)',
        '  inner: variable 1 = "alice" (from earlier context)',
        'earlier context',
        'earlier context: variable 1 = "x" (own)',
        'earlier context [ended]',
        'earlier context [ended]',
      ].join('\n'),
    )
    expect(told.world.missing).toEqual([{ from: 1, to: 900 }])
  })

  test('a read that finds nothing is believed before what was copied is', () => {
    const told = story(`
      user is a variable
      early:
      9 facts are lost
      census of user
      - base: user = "late"
      base hands over click as of early
      click misses user
    `)
    expect(drawTree(told.world)).toBe('base: user = "late" (own)\n  click')
  })

  test('a parent that is announced later takes its place above its child', () => {
    const told = story('5 facts are lost\nmiddle copies leaf\nbase copies middle')
    expect(drawTree(told.world)).toBe('earlier context\n  middle\n    leaf')
  })

  test('contexts that claim to be above each other are told apart', () => {
    const told = story('a copies b\nb copies a\na copies a\nb copies c\nc copies b')
    expect(drawTree(told.world).split('\n')).toHaveLength(4)
  })
})

describe('missing facts', () => {
  test.each([
    ['2 facts go by\nbase copies a', [{ from: 1, to: 2 }]],
    ['base copies a\n1 facts are lost', [{ from: 4, to: 4 }]],
    [
      'base copies a\n3 facts are lost\nbase copies b\n2 facts go by\nbase copies c',
      [
        { from: 4, to: 6 },
        { from: 8, to: 9 },
      ],
    ],
  ])('%j', (text, missing) => {
    expect(story(text).world.missing).toEqual(missing)
  })

  test('are told once, also by a gap that stands behind its hole or repeats what is known', () => {
    const world = emptyWorld()
    const gap = (seq: number, from: number, to: number) => ({ type: 'gap', seq, at: 0, from, to }) as Fact
    advance(world, gap(900, 1, 899))
    advance(world, gap(901, 1, 900))
    advance(world, gap(910, 5, 910))
    expect(world.missing).toEqual([
      { from: 1, to: 899 },
      { from: 902, to: 910 },
    ])
  })

  test('a fact that is not newer than the world changes nothing', () => {
    const told = story('user is a variable\nbase sets user = 1 as t')
    const { world } = told
    for (const fact of told.facts) advance(world, fact)
    expect(drawWorld(world)).toBe(drawWorld(told.world))
  })
})

test('a world that goes its own way leaves the one that it comes from as it was', () => {
  const { facts } = story(`
    user is a variable, default "guest"
    list is a variable, default []
    base starts task A
    A starts task late
    A sets list = [1] as l
    task late begins
    late reads list, default
    A starts task login
    A waits for login
    login sets user = "ada" as t
    login settles
    A reads user, default
    late finds the default of list changed to [7]
    late sets user = 1 as one
    late sets user = 2 as two
    late resets user by one
    late resets user by two to 1
    late misses user
    base is entered unfollowed
    A loses an await: nobody saw it
  `)
  for (let count = 0; count < facts.length; count++) {
    const world = emptyWorld()
    for (const fact of facts.slice(0, count)) advance(world, fact)
    const before = [drawWorld(world), judge(world)]
    const other = forkWorld(world)
    for (const fact of facts.slice(count)) advance(other, fact)
    expect([drawWorld(world), judge(world)]).toEqual(before)
  }
})
