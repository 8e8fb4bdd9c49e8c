import { describe, expect, test } from 'vitest'
import { judge } from '../../../panel/model/rules'
import { forgottenResetAtEnd } from '../../../panel/model/rules/forgotten-reset'
import { story } from '../story'
import { judged, only, titles } from './found'

const of = (text: string) => judged('forgotten-reset', `user is a variable\n${text}`)

describe('open: while the owner works, an unused token is no finding', () => {
  test.each([
    ['in the base context', 'base sets user = "ada" as t1'],
    ['in a task', 'base starts task Alice\nAlice sets user = "alice" as t1'],
    ['in a run', 'base copies c\nc enters\nc sets user = "x" as t1'],
    ['in a callback', 'base hands over click\nclick sets user = "x" as t1'],
    [
      'handed down to a child that works for it',
      'base starts task A\nA sets user = 1 as t\nA starts task B\nB reads user, inherited',
    ],
    ['reset in time', 'base starts task A\nA sets user = 1 as t\nA resets user by t\nA settles'],
    [
      'overwritten and both reset',
      'base sets user = 1 as a\nbase sets user = 2 as b\nbase resets user by b to 1\nbase resets user by a',
    ],
  ])('%s', (_, text) => {
    expect(of(text).verdict).toBe('clear')
  })
})

describe('restored: what a context begins with is nobody’s to undo', () => {
  const afterwards = 'c enters\nc leaves\nc is copied as later\nlater reads user, inherited'
  test.each([
    ['empty', 'c is restored\nc sets user = "ada" as t'],
    ['over a copy', 'base restores c\nc sets user = "ada" as t'],
    ['of which the token is collected', 'c is restored\nc sets user = "ada" as t\ntoken t is collected'],
    [
      'as a census has it',
      'c is restored\nc sets user = "ada" as t\n9 facts are lost\ncensus of user\n- base\n- c (restored): user = "ada" by t',
    ],
    ['before the recording', '9 facts are lost\ncensus of user\n- base\n- c (restored): user = "ada" by t'],
  ])('%s', (_, text) => {
    const found = of(`${text}\n${afterwards}`)
    expect(titles(found)).toEqual([])
    const held = found.told.world.contexts.get(found.told.context('c'))
    expect([...(held?.holdings.values() ?? [])]).toMatchObject([{ value: { text: '"ada"' }, token: null }])
    expect(held).toMatchObject({ own: 1, open: 0 })
  })

  test.each([
    ['by a run', 'c enters\nc sets user = "eve" as t2\nc leaves'],
    ['by a task', 'c runs task T\nc sets user = "eve" as t2\nT settles'],
  ])('what is set there later is, %s', (_, text) => {
    const found = of(`c is restored\nc sets user = "ada" as t\n${text}\n${afterwards}`)
    expect(titles(found)).toEqual(['warning: Forgotten reset: user'])
    expect(only(found).token).toBe(found.told.token('t2'))
  })
})

describe('ended unreset', () => {
  test('in a context of its own, that nobody copied afterwards: a quiet note', () => {
    const found = of('base starts task Alice\nAlice sets user = "alice" as t1 @ app.js:3\nAlice settles')
    expect(titles(found)).toEqual(['info: Never reset: user'])
    expect(only(found).what).toBe(
      'Task Alice set user to "alice" and did not reset it. No other context is known that started with the value, so it goes away with this one, and with timers and listeners of it that still wait; until then each later step of this work had it.',
    )
    expect(only(found).advice).toMatch(/^Nothing to do if /)
  })

  test('a hundred tasks of one line are one note', () => {
    const tasks = Array.from(
      { length: 100 },
      (_, n) => `base starts task T${n}\nT${n} sets user = ${n} as t${n} @ app.js:3:7\nT${n} settles`,
    )
    const found = of(tasks.join('\n'))
    expect(titles(found)).toEqual(['info: Never reset: user (100 times)'])
    expect(only(found).context).toBe(found.told.context('T99'))
    // The same finding while the recording grows.
    expect(only(found).id).toBe(only(of(tasks.slice(0, 1).join('\n'))).id)
  })

  test('children copied while it worked have what they should have', () => {
    const found = of(
      'base starts task A\nA sets user = 1 as t\nA hands over click\nA settles\nclick reads user, inherited',
    )
    expect(titles(found)).toEqual(['info: Never reset: user'])
    expect(only(found).what).toBe(
      'Task A set user to 1 and did not reset it. Contexts that were copied from it meanwhile keep the value, and what they begin starts with it; none was copied from this one after it ended.',
    )
  })

  test('a warning as soon as somebody else copied another context from it after its end', () => {
    const found = of(`
      base starts task Alice
      Alice sets user = "alice" as t1 @ app.js:3
      Alice settles
      Alice is copied as later @ app.js:9
      later reads user, inherited
    `)
    expect(titles(found)).toEqual(['warning: Forgotten reset: user'])
    const finding = only(found)
    expect(finding).toMatchObject({ context: found.told.context('Alice'), token: found.told.token('t1') })
    expect(finding.what).toBe(
      'Task Alice set user to "alice" and ended without resetting it; the copy “later”, copied from it by others afterwards, started with that value.',
    )
    expect(finding.evidence.map(({ label }) => label)).toEqual([
      'set user = "alice" in task Alice',
      'task Alice ended',
      'the copy “later” was copied from task Alice',
      'the copy “later” read user, inherited',
    ])
    expect(finding.evidence.map(({ seq }) => seq)).toEqual([6, 7, 8, 9])
    expect(finding.advice).toContain("new ContextVar('user', { default: … })")
  })

  test('of a run that returned it is not said that it had ended, since it may go on', () => {
    const found = judged(
      'forgotten-reset',
      `
      user is a variable
      base copies work
      work enters
      work sets user = "alice" as t1 @ app.js:3
      work leaves
      work is copied as later @ app.js:9
      later reads user, inherited
    `,
    )
    expect(only(found).evidence.map(({ label }) => label)[1]).toBe('the copy “work” was left')
  })

  test('a run that is over, too', () => {
    const found = of('base copies c\nc enters\nc sets user = 1 as t\nc leaves\nc is copied as d')
    expect(titles(found)).toEqual(['warning: Forgotten reset: user'])
  })

  test('and where somebody looks around in what a task left', () => {
    const found = of(
      'base starts task A\nA sets user = 1 as t\nA settles\nA enters\nA starts task B\nB reads user, inherited\nA leaves',
    )
    expect(titles(found)).toEqual(['warning: Forgotten reset: user'])
  })

  test.each([
    // A run is over when its function returns, and that is all that is known.
    ['run', 'base copies c\nc enters\nc sets user = 1 as t\nc leaves', []],
    ['task', 'base starts task c\nc sets user = 1 as t\nc settles', ['info: Never reset: user']],
  ])('an async function goes on in its context after the %s, and may still reset', (_, work, told) => {
    const going = `${work}\nc copies d\nc starts task Fetch\nFetch reads user, inherited`
    expect(titles(of(going))).toEqual(told)
    expect(of(`${going}\nc resets user by t`).verdict).toBe('clear')
    const never = of(`${going}\ntoken t is collected`)
    expect(titles(never)).toEqual(['info: Never reset: user'])
    expect(only(never).what).toContain('did not reset it. Contexts that were copied from it keep the value. ')
  })

  test('not what was copied before the set, nor what replaced the value', () => {
    const found = of('base starts task A\nearly:\nA sets user = 1 as t\nA settles\nA hands over click as of early')
    expect(titles(found)).toEqual(['info: Never reset: user'])
    expect(only(found).what).toContain('No other context is known that started with the value')
  })

  test('a callback that awaits goes on after it returned, and may still reset', () => {
    const going =
      'base hands over click\nclick sets user = 1 as t\nclick returns\nclick starts task Fetch\nFetch reads user, inherited'
    expect(titles(of(going))).toEqual([])
    expect(of(`${going}\nclick resets user by t`).verdict).toBe('clear')
    const never = of(`${going}\ntoken t is collected`)
    expect(titles(never)).toEqual(['info: Never reset: user'])
    // The task was copied after the callback returned, so nothing is said of when.
    expect(only(never).what).toContain('did not reset it. Contexts that were copied from it keep the value. ')
  })
})

describe('missed on one of the paths', () => {
  const other = `
    base starts task Other
    Other sets user = "eve" as o @ open app.js:3
    Other resets user by o @ open app.js:9
    Other settles
  `
  const missed = `${other}
    base starts task Alice
    Alice sets user = "alice" as t @ open app.js:3
    Alice settles
  `

  test('where the same function reset another set of that line, the note says so, and both lines', () => {
    const found = of(missed)
    expect(titles(found)).toEqual(['info: Never reset: user'])
    const { what, advice, evidence, fix, token } = only(found)
    expect(token).toBe(found.told.token('t'))
    expect(what).toContain(
      'Another time, the same function reset what this line had set: one of its paths may miss that, an early return, say, or an error.',
    )
    expect(advice).toMatch(/^Undo the set on every path: with `using`/)
    expect(evidence.map(({ label, stack }) => [label, found.told.stacks[stack ?? 0]?.[0]?.line])).toEqual([
      ['another set of user by the same line was reset, in task Other', 9],
      ['set user = "alice" in task Alice', 3],
      ['task Alice ended', undefined],
    ])
    expect(fix.map(({ kind, stack }) => [kind, found.told.stacks[stack ?? 0]?.[0]?.line])).toEqual([
      ['using', 3],
      ['drop-reset', 9],
    ])
  })

  test.each<[string, string]>([
    ['the task fails', missed.replace('Alice settles', 'Alice rejects')],
    ['whichever comes first', `${missed.slice(other.length)}${other}`],
    [
      'its token is gone, where a callback only returned',
      missed
        .replace('base starts task Alice', 'base hands over Alice')
        .replace('Alice settles', 'Alice returns\ntoken t is collected'),
    ],
  ])('also where %s', (_, text) => {
    expect(titles(of(text))).toEqual(['info: Never reset: user'])
    expect(only(of(text)).what).toContain('one of its paths may miss that')
  })

  test('of a callback that may go on, when all is over', () => {
    const left = missed
      .replace('base starts task Alice', 'base hands over Alice')
      .replace('Alice settles', 'Alice returns')
    const [found, ...others] = judge(story(left).world, { by: [forgottenResetAtEnd] }).findings
    expect(others).toEqual([])
    expect(found?.severity).toBe('info')
    expect(found?.what).toContain('one of its paths may miss that')
  })

  const goesOn = missed.replace('Alice settles', 'token t is collected')

  test('and where nobody can undo it any more while its work goes on, who starts with the value and reads it is a warning', () => {
    expect(titles(of(goesOn))).toEqual(['info: Never reset: user'])
    const found = of(`${goesOn}\nAlice starts task Next\nNext reads user, inherited`)
    expect(titles(found)).toEqual(['warning: Forgotten reset: user'])
    const { what, evidence, id } = only(found)
    expect(what).toContain('task Next was copied from it afterwards, and read the value.')
    expect(evidence.at(-1)?.label).toBe('task Next read user, inherited')
    expect(id).toBe(only(of(goesOn)).id)
  })

  test.each<[string, string]>([
    ['nobody reads it', `${goesOn}\nAlice starts task Next`],
    [
      'who reads it was made before',
      goesOn.replace('token t', 'Alice starts task Next\nNext reads user, inherited\ntoken t'),
    ],
    [
      'no other set of the line was reset',
      `${goesOn.slice(other.length)}\nAlice starts task Next\nNext reads user, inherited`,
    ],
  ])('it stays a note where %s', (_, text) => {
    expect(titles(of(text))).toEqual(['info: Never reset: user'])
  })

  test.each<[string, string, string[]]>([
    ['its work goes on', missed.replace('Alice settles', ''), []],
    ['it is reset after all', `${missed}\nAlice resets user by t`, []],
    [
      'a callback has returned, and may go on',
      missed.replace('base starts task Alice', 'base hands over Alice').replace('Alice settles', 'Alice returns'),
      [],
    ],
    [
      'a run was left, and may go on',
      missed
        .replace('base starts task Alice', 'base copies Alice\nAlice enters')
        .replace('Alice settles', 'Alice leaves'),
      [],
    ],
    [
      'another function undoes it, as a span does that somebody ends',
      missed.replace('@ open app.js:9', '@ close app.js:9'),
      ['info: Never reset: user'],
    ],
    [
      'it is set in another line',
      missed.replace('o @ open app.js:3', 'o @ open app.js:5'),
      ['info: Never reset: user'],
    ],
    [
      'a function of that name, in another file',
      missed.replace('@ open app.js:9', '@ open lib.js:9'),
      ['info: Never reset: user'],
    ],
    [
      'another variable is reset',
      `lang is a variable\n${missed.replace(/(Other \w+) user/g, '$1 lang')}`,
      ['info: Never reset: user'],
    ],
    [
      'the line of the reset was not taken',
      missed.replace('by o @ open app.js:9', 'by o @ not taken'),
      ['info: Never reset: user'],
    ],
    [
      'a generator sets it, which may be dropped',
      missed.replaceAll('@ open app.js:3', '@ *open app.js:3 < read app.js:20').replace('@ open', '@ *open'),
      ['info: Never reset: user'],
    ],
  ])('not where %s', (_, text, expected) => {
    expect(text).not.toBe(missed)
    const found = of(text)
    expect(titles(found)).toEqual(expected)
    for (const { what } of found.findings) expect(what).not.toContain('one of its paths')
  })
})

describe('in the base context, which never ends', () => {
  const request = `
    base sets user = "ada" as t1 @ app.js:3
    base hands over click
    click reads user, inherited
  `
  test('a warning as soon as something that started with the value reads it', () => {
    const found = of(request)
    expect(titles(found)).toEqual(['warning: Forgotten reset: user'])
    expect(only(found).what).toBe(
      'The base context set user to "ada" and has not reset it; the click callback (context 2) started with that value and read it.',
    )
    expect(only(found).evidence.map(({ label }) => label)).toEqual([
      'set user = "ada" in the base context',
      'the click callback (context 2) was copied from the base context',
      'the click callback (context 2) read user, inherited',
    ])
  })

  test('through any number of copies', () => {
    const found = of(
      'base sets user = 1 as t\nbase hands over click\nclick starts task A\nA copies b\nb reads user, inherited',
    )
    expect(only(found).context).toBe(found.told.context('base'))
  })

  test('says how many there are', () => {
    const found = of(
      `${request}\nbase hands over tick\ntick reads user, inherited\nbase starts task A\nA reads user, inherited`,
    )
    expect(only(found).what).toContain('the click callback (context 2) and 2 more started')
  })

  test('is over when it is reset', () => {
    expect(of(`${request}\nbase resets user by t1`).verdict).toBe('clear')
  })

  test('not by what reads its own value, or another one than that', () => {
    const found = of('base sets user = 1 as a\nbase hands over click\nclick sets user = 2 as b\nclick reads user, own')
    expect(found.verdict).toBe('clear')
    const replaced = of(
      'base sets user = 1 as a\nbase hands over click\nbase sets user = 2 as b\nclick reads user, inherited',
    )
    expect(replaced.verdict).toBe('clear')
  })
})

describe('a reset that was refused', () => {
  const refused =
    'base starts task A\nA sets user = 1 as t\nA hands over timer\ntimer is refused user by t: other-context\nA settles'

  test('is an error of its own, and no note beside it', () => {
    expect(of(refused).verdict).toBe('clear')
  })

  test('leaves the notes of other sets, and the warning of what it left behind', () => {
    const other = `${refused}\nbase starts task B\nB sets user = 2 as u\nB settles`
    expect(titles(of(other))).toEqual(['info: Never reset: user'])
    expect(titles(of(`${refused}\nA is copied as later\nlater reads user, inherited`))).toEqual([
      'warning: Forgotten reset: user',
    ])
  })
})

describe('put back without a token', () => {
  const put = (value: string, preset = '') =>
    judged(
      'forgotten-reset',
      `user is a variable${preset}\nbase sets user = "ada" as a\nbase sets user = ${value} as b\nbase starts task A\nA reads user, inherited`,
    )

  test('what the variable was at first is as good as reset', () => {
    expect(put('null', ', default null').verdict).toBe('clear')
    expect(put('"nobody"', ', default "nobody"').verdict).toBe('clear')
  })

  test('so it is where it was inherited, after any number of sets, and when the tokens are gone', () => {
    expect(
      of(`
        base sets user = "base" as t
        base starts task A
        A sets user = "one" as a
        A sets user = "two" as b
        A sets user = "base" as c
        token a is collected
        token b is collected
        token c is collected
        base resets user by t
        A settles
        A is copied as later
        later reads user, inherited
      `).verdict,
    ).toBe('clear')
  })

  test.each([
    ['another value', put('"bob"', ', default null')],
    ['nothing to go back to', put('null')],
    ['another kind of value', put('"null"', ', default null')],
    ['what only looks the same', put('{}', ', default {}')],
    ['what was taken out of the recording', put('"[redacted]"', ', default "[redacted]"')],
  ])('not so: %s', (_, found) => {
    expect(titles(found)).toEqual(['warning: Forgotten reset: user'])
  })

  test('nor the value of an earlier set, which nobody has undone', () => {
    const found = of(`
      base sets user = 1 as a
      base sets user = 2 as b
      base sets user = 1 as c
      base starts task A
      A reads user, inherited
    `)
    expect(titles(found)).toEqual(['warning: Forgotten reset: user'])
  })
})

describe('in a generator', () => {
  const ended = (place: string) => only(of(`base starts task A\nA sets user = 1 as t @ ${place}\nA settles`)).what

  test('it is said who has the value, and what a generator that is dropped leaves undone', () => {
    expect(ended('*rows app.js:4 < read app.js:20')).toContain(
      'It was set in the generator rows: whoever goes through that has the value from then on, and if it is dropped before its end, nothing after its `yield` ever runs.',
    )
  })

  test.each([
    ['a function that a generator calls', 'enter app.js:4 < *rows app.js:9'],
    ['a function that is no generator', 'rows app.js:4 < read app.js:20'],
    ['a generator that is the task itself', '*rows app.js:4'],
  ])('not said of %s', (_, place) => {
    expect(ended(place)).not.toContain('generator')
  })
})

describe('set by a generator, and read by what was made meanwhile', () => {
  const withReader = (place: string) =>
    only(
      of(`base starts task A
      A sets user = 1 as t @ *rows app.js:4 < read app.js:20
      A starts task B @ ${place}
      B reads user, inherited
      A settles`),
    )

  test('that is told of what was made outside of it', () => {
    const { what, evidence, severity } = withReader('read app.js:22')
    expect(severity).toBe('info')
    expect(what).toContain('Task B, made outside of it, started with the value and read it.')
    expect(evidence.map(({ label }) => label)).toContain('task B read user, inherited')
  })

  test.each([
    ['it was made inside of it', 'work app.js:9 < rows app.js:5 < read app.js:20'],
    ['where it was made is not known', 'not taken'],
  ])('not where %s', (_, place) => {
    const { what, evidence } = withReader(place)
    expect(what).not.toContain('Task B')
    expect(evidence.map(({ label }) => label)).not.toContain('task B read user, inherited')
  })
})

describe('lost', () => {
  test('in the base context, which stays: a warning, certain', () => {
    const found = of('base sets user = 1 as t\ntoken t is collected')
    expect(titles(found)).toEqual(['warning: Forgotten reset: user'])
    expect(only(found).what).toContain('nobody can reset it any more')
    expect(only(found).evidence.at(-1)?.label).toBe('the token was garbage-collected')
  })

  test('in any other context, which goes with its value: a note', () => {
    const copied = of('base copies c\nc enters\nc sets user = 1 as t\nc leaves\ntoken t is collected')
    expect(titles(copied)).toEqual(['info: Never reset: user'])
    const found = of('base starts task A\nA sets user = 1 as t @ a.js:1\ntoken t is collected')
    expect(titles(found)).toEqual(['info: Never reset: user'])
    const ended = of('base starts task A\nA sets user = 1 as t @ a.js:1\nA settles\ntoken t is collected')
    expect(only(ended).id).toBe(only(found).id)
  })

  test('is nothing once the context is gone too, or the value', () => {
    expect(of('base copies c\nc sets user = 1 as t\ntoken t is collected\nc is collected').verdict).toBe('clear')
    expect(
      of('base sets user = 1 as a\nbase sets user = 2 as b\ntoken b is collected\nbase resets user by a').verdict,
    ).toBe('clear')
  })
})

describe('cannot tell', () => {
  test('when facts are missing: the reset may be among them', () => {
    const found = of('base sets user = 1 as t\nbase hands over click\nclick reads user, inherited\n5 facts are lost')
    expect(found.verdict).toBe('cannot-tell')
    expect(found.findings).toEqual([])
    expect(found.why).toBe('5 facts missing: 7–11; a reset, or a set that was never reset, may be among them.')
  })

  test('but can again of what a census confirms', () => {
    const found = of(`
      base sets user = 1 as t
      base hands over click
      click reads user, inherited
      5 facts are lost
      census of user
      - base: user = 1 by t
      - click below base (callback): user = 1
    `)
    expect(found.verdict).toBe('cannot-tell')
    expect(titles(found)).toEqual(['warning: Forgotten reset: user'])
  })

  test('when the recording began late', () => {
    expect(judged('forgotten-reset', 'attached late').why).toMatch(/began late/)
  })
})

describe('in the base context, by code that nothing followed started', () => {
  const strayed = `
    base starts task rower
    base is entered unfollowed @ importRows app.js:9
    base sets user = "of a row" as t @ importRows app.js:10`
  const read = 'base starts task victim\nvictim reads user, inherited'

  test('the value may have been meant for a task: that is said, and how to follow the code', () => {
    const finding = only(of(`${strayed}\n${read}`))
    expect(finding.what).toContain(
      'task victim started with that value and read it. Nothing that is followed started this code: importRows went on after an `await` that nothing saw, of many plain values in a row, or the host called it,',
    )
    expect(finding.what).toMatch(
      /If it belongs to a task, its context was lost on this way, and the value was meant for that one\.$/,
    )
    expect(finding.advice).toMatch(
      /^If importRows awaits .* build with `compileAwait` .* call `install\(\)` before .*\. Otherwise: Undo/,
    )
    expect(finding.evidence.map(({ label }) => label)).toContain('nothing that is followed started importRows')
  })

  test('nothing of that is said of other code', () => {
    const other = strayed.replace('as t @ importRows app.js:10', 'as t @ main app.js:1')
    expect(only(of(`${other}\n${read}`)).what).not.toContain('Nothing that is followed')
  })
})

describe('a context that is run again', () => {
  const twice = `
    user is a variable, default "guest"
    base copies session @ app.js:1
    session enters @ app.js:2
    session sets user = "ada" as t @ app.js:9
    session leaves
    session enters @ app.js:2
    session reads user, own
  `

  test('finds what the run before has left: a note that stays, whoever runs it afterwards', () => {
    for (const then of [
      '',
      'session leaves',
      'session leaves\nsession enters',
      'session leaves\nsession is copied as c',
    ]) {
      const found = judged('forgotten-reset', `${twice}${then}`)
      expect(titles(found)).toEqual([
        then.includes('copied') ? 'warning: Forgotten reset: user' : 'info: Never reset: user',
      ])
    }
    const { what, advice, evidence } = only(judged('forgotten-reset', twice))
    expect(what).toBe(
      'The copy “session” set user to "ada" in a run and did not reset it; a later run of the same context found that value.',
    )
    expect(advice).toContain('Nothing to do if one run is to prepare the context for the next')
    expect(evidence.map(({ label }) => label)).toEqual([
      'set user = "ada" in the copy “session”',
      'the copy “session” was entered again',
      'the copy “session” read user, its own',
    ])
  })

  test.each([
    ['the same run reads it', 'session leaves\n    session enters @ app.js:2\n', ''],
    ['the run before undid it', 'session leaves\n', 'session resets user by t\nsession leaves\n'],
    [
      'the later run sets its own first',
      'session reads',
      'session sets user = "bob" as own @ app.js:30\nsession reads',
    ],
    [
      'what the code of the first run reads after its await',
      'session enters @ app.js:2\n    session reads',
      'session reads',
    ],
    ['nobody reads it', 'session reads user, own', ''],
    ['the later run reads something else', 'session reads user, own', 'session reads theme, default'],
  ])('says nothing of another run where %s', (_, old, now) => {
    const told = twice.replace(old, now)
    expect(told).not.toBe(twice)
    const { findings } = judged('forgotten-reset', told)
    expect(findings.map(({ what }) => what).join()).not.toContain('a later run')
  })

  test('a task that shares a context is no run of it', () => {
    const shared = twice
      .replaceAll(/session (enters|leaves).*/g, '')
      .replace('session reads', 'session runs task two\nsession reads')
    expect(judged('forgotten-reset', shared).verdict).toBe('clear')
  })
})

test('a callback that ends with its set is told that the next one does not find the value; a task is not', () => {
  const advice = (begins: string, ends: string) =>
    only(
      judged('forgotten-reset', `drag is a variable\n${begins}\nA sets drag = 1 as t\nA ${ends}\ntoken t is collected`),
    ).advice
  expect(advice('base hands over A', 'returns')).toMatch(
    /A later callback does not find the value, .* an object that both know\.$/,
  )
  expect(advice('base starts task A', 'settles')).not.toContain('later callback')
})

describe('in the base context, while somebody can undo the set', () => {
  const set = 'user is a variable\nbase sets user = 1 as t @ login app.js:3 < click app.js:9'
  const own = (n: number) =>
    `base starts task Own${n} @ work app.js:${n} < login app.js:4\nOwn${n} reads user, inherited`
  const verdictOf = (...lines: string[]) => titles(judged('forgotten-reset', [set, ...lines].join('\n')))

  test('what its own code makes is to have the value, until nobody can undo it any more', () => {
    expect(verdictOf(own(5))).toEqual([])
    expect(verdictOf(own(5), 'token t is collected')).toEqual(['warning: Forgotten reset: user'])
  })

  test('what other code makes is not, however far below it reads, and however many came before', () => {
    const below =
      'base hands over poll @ start app.js:50\npoll starts task Deep @ poll app.js:51\nDeep reads user, inherited'
    expect(verdictOf(own(5), below)).toEqual(['warning: Forgotten reset: user'])
    const many = Array.from({ length: 40 }, (_, index) => own(100 + index))
    expect(verdictOf(...many, below)).toEqual(['warning: Forgotten reset: user'])
  })
})
