// The lines that mend a problem: which line of the story, and how it would read.

import { describe, expect, test } from 'vitest'
import type { RuleId } from '../../../panel/model/finding'
import { fixLines } from '../../../panel/model/report/fix-text'
import { rules } from '../../../panel/model/rules'
import { defaultChanged } from '../../../panel/model/rules/default-changed'
import { outOfOrderReset } from '../../../panel/model/rules/out-of-order-reset'
import { setTooLate } from '../../../panel/model/rules/set-too-late'
import { story } from '../story'
import { judged, only } from './found'

function linesOf(rule: RuleId, text: string): string[] {
  const found = judged(rule, text)
  return fixLines(found.told.world, only(found)).map(({ words, place }) => `${words} @ ${place}`)
}

/**
 * A `catch` has more than one line, and mostly a reason; where a context was lost is not known to the line; and what a recording leaves out is in
 * no line of the page.
 */
const WITHOUT_LINES: ReadonlySet<string> = new Set(['refusal-swallowed', 'context-lost', 'left-unrecorded'])

describe('each rule names the line to change, which is not always the line of the mistake', () => {
  const offered: [string, RuleId, string, string[]][] = [
    [
      'a forgotten reset: the set',
      'forgotten-reset',
      `user is a variable
      base sets user = "ada" as t @ greet app.js:3
      base starts task A
      A reads user, inherited`,
      ['using _token = user.set(value) @ app.js:3:1'],
    ],
    [
      'a note of a set that goes away with its task: the same',
      'forgotten-reset',
      `user is a variable
      base starts task A
      A sets user = "ada" as t @ greet app.js:3
      A settles`,
      ['using _token = user.set(value) @ app.js:3:1'],
    ],
    [
      'a token that is used twice: the set, and both resets go',
      'token-used-twice',
      `user is a variable
      base sets user = "ada" as t @ app.js:3
      base resets user by t @ app.js:5
      base is refused user by t: used @ app.js:7`,
      [
        'using _token = user.set(value) @ app.js:3:1',
        'without user.reset(token) @ app.js:5:1',
        'without user.reset(token) @ app.js:7:1',
      ],
    ],
    [
      'twice by one line: that goes once',
      'token-used-twice',
      `user is a variable
      base sets user = "ada" as t @ app.js:3
      base resets user by t @ app.js:5
      base is refused user by t: used @ app.js:5`,
      ['using _token = user.set(value) @ app.js:3:1', 'without user.reset(token) @ app.js:5:1'],
    ],
    [
      'a token of another context: the set, and the refused reset goes',
      'token-other-context',
      `user is a variable
      base sets user = "ada" as t @ app.js:3
      base hands over then @ app.js:4
      then is refused user by t: other-context @ app.js:5`,
      ['using _token = user.set(value) @ app.js:3:1', 'without user.reset(token) @ app.js:5:1'],
    ],
    [
      'a token of another variable: the reset',
      'token-other-variable',
      `user is a variable
      lang is a variable
      base sets lang = "fr" as t @ app.js:3
      base is refused user by t: other-variable @ app.js:5`,
      ['lang.reset(token) @ app.js:5:1'],
    ],
    [
      'of another variable of one name: a new line, and the one that made them goes',
      'token-other-variable',
      `one is a variable called user @ make app.js:1
      two is a variable called user @ make app.js:1
      base sets one = "ada" as t @ app.js:3
      base is refused two by t: other-variable @ app.js:5`,
      ["const user = new ContextVar('user') @ instead of app.js:1:1"],
    ],
    [
      'a variable that is made again: the same',
      'variable-made-again',
      `one is a variable called user @ make app.js:1
      two is a variable called user @ make app.js:1`,
      ["const user = new ContextVar('user') @ instead of app.js:1:1"],
    ],
    [
      'two calls that take turns: what called the function, both where these are two lines',
      'out-of-order-reset',
      `user is a variable
      base sets user = "ada" as a @ serve app.js:3 < all app.js:8
      base sets user = "bob" as b @ serve app.js:3 < all app.js:9
      base resets user by a @ app.js:5
      base resets user by b to "ada" @ app.js:5`,
      ['createTask(() => serve()).result @ app.js:8:1', 'createTask(() => serve()).result @ app.js:9:1'],
    ],
    [
      'by one line: once',
      'out-of-order-reset',
      `user is a variable
      base sets user = "ada" as a @ serve app.js:3 < all app.js:8:10
      base sets user = "bob" as b @ serve app.js:3 < all app.js:8:20
      base resets user by a @ app.js:5
      base resets user by b to "ada" @ app.js:5`,
      ['createTask(() => serve()).result @ app.js:8:20'],
    ],
    [
      'where one of the callers is known: that',
      'out-of-order-reset',
      `user is a variable
      base sets user = "ada" as a @ serve app.js:3 < all app.js:8
      base sets user = "bob" as b @ serve app.js:3
      base resets user by a @ app.js:5
      base resets user by b to "ada" @ app.js:5`,
      ['createTask(() => serve()).result @ app.js:8:1'],
    ],
    [
      'a context that is entered already: the run',
      'already-entered',
      `base copies own
      own enters @ app.js:3
      own is refused to enter @ app.js:4`,
      ['context.copy().run(() => work()) @ app.js:4:1'],
    ],
    [
      'a set that comes too late: the line that made the task',
      'set-too-late',
      `user is a variable, default "guest"
      base starts task receipt @ pay shop.js:3
      base sets user = "Margaret" as t @ pay shop.js:4
      task receipt begins
      receipt reads user, default`,
      ['createTask(() => { user.set(value); return work() }) @ shop.js:3:1'],
    ],
    [
      'a value that is left in a task: the line that made it',
      'left-in-copy',
      `session is a variable, default null
      base starts task outer
      task outer begins
      outer starts task inner @ app.js:3
      outer waits for inner @ app.js:3
      task inner begins
      inner sets session = "s" as t @ app.js:9
      inner settles
      outer reads session, default`,
      ['await work() @ app.js:3:1'],
    ],
    [
      'a default that changes: the line that made the variable',
      'default-changed',
      `cart is a variable, default [] @ cart.js:1
      base finds the default of cart changed to [7] @ cart.js:9`,
      ["new ContextVar('cart', { default: Object.freeze(value) }) @ cart.js:1:1"],
    ],
    [
      'a lookup of what nobody had set: the variable',
      'lookup-without-value',
      `user is a variable @ app.js:1
      base misses user @ app.js:3`,
      ["new ContextVar('user', { default: null }) @ app.js:1:1"],
    ],
    [
      'of what was set later: the same',
      'lookup-without-value',
      `user is a variable @ app.js:1
      base misses user @ app.js:3
      base sets user = 1 as t @ app.js:4`,
      ["new ContextVar('user', { default: null }) @ app.js:1:1"],
    ],
    [
      'of what nobody had set where a message is heard: what is posted and heard with its values',
      'lookup-without-value',
      `user is a variable @ app.js:1
      base hands over message @ app.js:2
      message starts task A @ app.js:3
      A misses user @ app.js:7`,
      [
        'carryContext(worker).postMessage(message) @ null',
        "carryContext(self).addEventListener('message', work) @ null",
      ],
    ],
    [
      'of what was set after the copy: the line that made the task',
      'lookup-without-value',
      `user is a variable
      base starts task A @ app.js:3
      base sets user = 1 as t @ app.js:4
      A misses user @ app.js:7`,
      ['createTask(() => { user.set(value); return work() }) @ app.js:3:1'],
    ],
    [
      'in a context that began empty: where it began',
      'lookup-without-value',
      `user is a variable
      base sets user = 1 as t @ app.js:2
      n is new @ app.js:3
      n misses user @ app.js:4`,
      ['copyContext() @ app.js:3:1'],
    ],
    [
      'in what spawn started: the spawn',
      'lookup-without-value',
      `user is a variable
      base sets user = 1 as t @ app.js:2
      base spawns task S @ app.js:3
      S hands over timer
      timer misses user @ app.js:4`,
      ['createTask(() => work()) @ app.js:3:1'],
    ],
    [
      'of what was set in a task that was waited for: the line that made it',
      'lookup-without-value',
      `user is a variable
      base starts task A @ app.js:3
      base waits for A @ app.js:3
      A sets user = 1 as t @ app.js:9
      A settles
      base misses user @ app.js:4`,
      ['await work() @ app.js:3:1'],
    ],
    [
      'a copy that was made by hand',
      'left-in-copy',
      `user is a variable, default "guest"
      base hands over click
      click copies own @ app.js:1
      own enters from click
      own leaves
      click waits for own @ app.js:2
      own sets user = "ada" as t @ app.js:7
      click reads user, default`,
      ['await work() @ app.js:2:1'],
    ],
    [
      'of what was reset before the copy was made: the variable',
      'lookup-without-value',
      `user is a variable @ app.js:1
      base sets user = 1 as t @ app.js:2
      base resets user by t @ app.js:3
      base starts task A @ app.js:4
      A misses user @ app.js:9`,
      ["new ContextVar('user', { default: null }) @ app.js:1:1"],
    ],
    [
      'a set after a callback was handed over',
      'lookup-without-value',
      `user is a variable @ app.js:1
      base hands over timer @ app.js:2
      base sets user = 1 as t @ app.js:3
      timer misses user @ app.js:4`,
      ["new ContextVar('user', { default: null }) @ app.js:1:1"],
    ],
    [
      'two lines of one function that undo in the wrong order: both sets, and both resets go',
      'out-of-order-reset',
      `user is a variable
      base sets user = "ada" as a @ serve app.js:3
      base sets user = "bob" as b @ serve app.js:4
      base resets user by a @ serve app.js:5
      base resets user by b to "ada" @ serve app.js:6`,
      [
        'using _token = user.set(value) @ app.js:3:1',
        'using _token = user.set(value) @ app.js:4:1',
        'without user.reset(token) @ app.js:5:1',
        'without user.reset(token) @ app.js:6:1',
      ],
    ],
    [
      'a timer that keeps a value: the line that starts it',
      'kept-by-timer',
      `user is a variable
      base starts task work
      work sets user = "ada" as t @ work app.js:4
      started:
      work resets user by t @ work app.js:8
      work settles
      work hands over setInterval as of started @ start app.js:5`,
      ['new Context().run(() => setInterval(work)) @ app.js:5:1'],
    ],
    [
      'a value that was carried over: the line that hands the callback over',
      'carried-over',
      `user is a variable
      base hands over message
      message sets user = "ada" as t @ serve app.js:9
      listens:
      message resets user by t @ serve app.js:11
      message returns
      message hands over again by message as of listens @ listen app.js:10
      again reads user, inherited
      again sets user = "grace" as s @ serve app.js:9`,
      ['new Context().run(() => target.addEventListener(type, work)) @ app.js:10:1'],
    ],
    [
      'an observer, which is no event',
      'carried-over',
      `user is a variable
      base hands over seen by MutationObserver
      seen sets user = "ada" as t @ serve app.js:9
      watches:
      seen resets user by t @ serve app.js:11
      seen returns
      seen hands over again by MutationObserver as of watches @ watch app.js:10
      again reads user, inherited
      again sets user = "grace" as s @ serve app.js:9`,
      ['new Context().run(() => new MutationObserver(work)) @ app.js:10:1'],
    ],
    [
      'a listener that ran elsewhere: the line that adds it',
      'listener-elsewhere',
      `user is a variable, default 0
      base starts task A
      A sets user = "ada" as a @ hang app.js:4
      A settles
      base hands over click @ hang app.js:5
      click reads user, default`,
      ['target.addEventListener(type, wrap(work)) @ app.js:5:1'],
    ],
    [
      'what is not in the data: a line below the variable',
      'not-reduced',
      `user is a variable @ app.js:2
      base sets user = "ada" as t
      base is reduced, user unregistered @ app.js:9`,
      ["registerContextVar(user, 'app', 'user', { validate: false }) @ below app.js:2:1"],
    ],
  ]

  test('of every rule', () => {
    const withLines = rules.map(({ id }) => id).filter((id) => !WITHOUT_LINES.has(id))
    expect([...new Set(offered.map(([, rule]) => rule))]).toEqual(expect.arrayContaining(withLines))
  })

  test.each(offered)('%s', (_, rule, text, lines) => {
    expect(linesOf(rule, text)).toEqual(lines)
  })
})

describe('and none where no line alone mends it, or nobody can tell which', () => {
  test.each<[string, RuleId, string]>([
    [
      'a set in a generator, that may have been dropped',
      'forgotten-reset',
      `user is a variable
      base sets user = "ada" as t @ *rows app.js:3 < all app.js:9
      base starts task A
      A reads user, inherited`,
    ],
    [
      'a set in code that may have lost its context',
      'forgotten-reset',
      `user is a variable
      base is entered unfollowed @ onMessage app.js:9
      base sets user = "ada" as t @ save app.js:3 < onMessage app.js:9
      base starts task A
      A reads user, inherited`,
    ],
    [
      'of what was set elsewhere, which may be on another way',
      'lookup-without-value',
      `user is a variable @ app.js:1
      base copies own
      own sets user = 1 as t @ app.js:4
      base copies other
      other misses user @ app.js:7`,
    ],
    [
      'a generator that is closed elsewhere',
      'token-other-context',
      `user is a variable
      base starts task A
      A sets user = "ada" as t @ *rows app.js:3 < all app.js:9
      base is refused user by t: other-context @ *rows app.js:5 < end app.js:12`,
    ],
    [
      'an await that did not come back',
      'token-other-context',
      `user is a variable
      base starts task A
      A sets user = "ada" as t @ app.js:3
      A loses an await to base: a thenable
      base is refused user by t: other-context @ app.js:5`,
    ],
    [
      'lines of two functions that undo in the wrong order',
      'out-of-order-reset',
      `user is a variable
      base sets user = "ada" as a @ begin app.js:3
      base sets user = "bob" as b @ begin app.js:4
      base resets user by a @ end app.js:5
      base resets user by b to "ada" @ end app.js:6`,
    ],
    [
      'a lookup that may belong to the task which has the value',
      'lookup-without-value',
      `user is a variable
      base starts task A @ app.js:3
      A sets user = 1 as t @ app.js:9
      base hands over click @ app.js:2
      click misses user @ app.js:4`,
    ],
    [
      'a reset before the lookup',
      'lookup-without-value',
      `user is a variable
      base sets user = 1 as t @ app.js:2
      base resets user by t @ app.js:3
      base misses user @ app.js:4`,
    ],
    [
      'a set in a copy by hand that was waited for',
      'lookup-without-value',
      `user is a variable
      base copies own @ app.js:3
      base waits for own @ app.js:3
      own sets user = 1 as t @ app.js:9
      base misses user @ app.js:4`,
    ],
    [
      'a set in a copy that nobody waited for',
      'lookup-without-value',
      `user is a variable
      base starts task A @ app.js:3
      A sets user = 1 as t @ app.js:9
      A settles
      base misses user @ app.js:4`,
    ],
  ])('%s', (_, rule, text) => {
    expect(linesOf(rule, text)).toEqual([])
  })

  test('a set after what something else than createTask made', () => {
    const told = story(`user is a variable, default "guest"
      base starts task receipt @ pay shop.js:3
      base sets user = "Margaret" as t @ pay shop.js:4
      task receipt begins
      receipt reads user, default`)
    for (const fact of told.facts) {
      if (fact.type === 'context-created' && fact.kind === 'task') fact.api = 'gather'
    }
    expect(setTooLate.judge(told.world)).toMatchObject({ findings: [{ fix: [] }] })
  })

  test('a default that freezing does not keep: a map is filled all the same', () => {
    const { world } = story(
      'cart is a variable, default [] @ cart.js:1\nbase finds the default of cart changed to [7] @ cart.js:9',
    )
    const [preset] = [...world.variables.values()].map(({ default: preset }) => preset)
    const fixOf = () => defaultChanged.judge(world)
    expect(fixOf()).toMatchObject({ findings: [{ fix: [{ kind: 'freeze' }] }] })
    Object.assign(preset ?? {}, { kind: 'map', text: 'Map(0) {}' })
    expect(fixOf()).toMatchObject({ findings: [{ fix: [] }] })
  })
})

test('a method is called by its own name', () => {
  const told = story(`user is a variable
    base sets user = "ada" as a @ serve app.js:3 < all app.js:8
    base sets user = "bob" as b @ serve app.js:3 < all app.js:8
    base resets user by a @ app.js:5
    base resets user by b to "ada" @ app.js:5`)
  for (const frames of Object.values(told.stacks)) {
    for (const frame of frames) if (frame.name === 'serve') frame.name = 'async Desk.serve'
  }
  expect(outOfOrderReset.judge(told.world)).toMatchObject({ findings: [{ fix: [{ name: 'serve' }] }] })
})

test('a line that was not recorded is a pattern without a place', () => {
  const text = `user is a variable
    base sets user = "ada" as t @ not taken
    base starts task A
    A reads user, inherited`
  expect(linesOf('forgotten-reset', text)).toEqual(['using _token = user.set(value) @ null'])
})
