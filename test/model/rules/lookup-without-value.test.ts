import { describe, expect, test } from 'vitest'
import { judged, only, titles } from './found'

function of(text: string) {
  const told = `user is a variable\n${text}`
  // The same, asked with a value for nobody, is no mistake.
  const asked = told.replaceAll(/misses (\w+)/g, 'reads $1, fallback')
  expect(judged('lookup-without-value', asked).findings).toEqual([])
  return judged('lookup-without-value', told)
}

describe('found, and why there was no value', () => {
  test.each([
    [
      'never set',
      'base misses user',
      'The base context asked for user, which has no default, and nothing had set it.',
      /^Set user before this code runs, or give the variable a default/,
      [],
    ],
    [
      'set after the copy: a stale snapshot',
      'base starts task A\nbase sets user = 1 as t\nA misses user',
      'Task A asked for user, which has no default. The base context set it after this context had been copied from there: a copy keeps the values of its moment.',
      /^Set user before the task or callback is created/,
      ['task A was copied from the base context', 'set user = 1 in the base context'],
    ],
    [
      'set after the copy, two levels up',
      'base starts task A\nA copies b\nbase sets user = 1 as t\nb misses user',
      /set it after this context had been copied/,
      /^Set user before/,
      ['the copy “b” was copied from task A', 'set user = 1 in the base context'],
    ],
    [
      'set after the callback was handed over, which is announced later',
      'early:\nbase sets user = 1 as t\nbase hands over click as of early\nclick misses user',
      /set it after this context had been copied/,
      /^Set user before/,
      ['set user = 1 in the base context', 'the click callback (context 2) was copied from the base context'],
    ],
    [
      'reset before the lookup',
      'base sets user = 1 as t\nbase resets user by t\nbase misses user',
      /It had been set in the base context, and was reset before the lookup/,
      /^Keep the value until .* write `return await`, so that the reset comes after it; a function that is called later keeps the value as `wrap\(fn\)`\.$/,
      ['set user = 1 in the base context', 'reset user in the base context'],
    ],
    [
      'reset before the copy',
      'base sets user = 1 as t\nbase resets user by t\nbase starts task A\nA misses user',
      /was reset before this context was copied/,
      /^If this code belongs to the work that had set it, begin it before the reset\. If it does not, set user/,
      ['set user = 1 in the base context', 'reset user in the base context', 'task A was copied from the base context'],
    ],
    [
      'set in a task that was started from here',
      'base starts task A\nA sets user = 1 as t\nA settles\nbase misses user',
      'The base context asked for user, which has no default. It had never been set in this context. Elsewhere it had been set, in task A, a copy made from here: what a copy sets never reaches the context that it came from.',
      /^Return the value/,
      ['task A was copied from the base context', 'set user = 1 in task A'],
    ],
    [
      'set further below: the copy that left from here is the one to know',
      'base starts task A\nA starts task B\nB copies c\nc sets user = 1 as t\nA misses user',
      /Elsewhere it had been set, in the copy “c”, a copy made from here/,
      /^Return the value/,
      ['task B was copied from task A', 'set user = 1 in the copy “c”'],
    ],
    [
      'set in a sibling',
      'base starts task A\nbase starts task B\nA sets user = 1 as t\nB misses user',
      'Task B asked for user, which has no default. It had never been set in this context, nor in any that it was copied from. Elsewhere it had been set, in task A: contexts see only what was set in those that they were copied from.',
      /^If this function was handed over for later, to a queue, say, hand it over as `wrap\(fn\)`.* Otherwise set user in a context that this one is copied from/,
      ['task B was copied from the base context', 'set user = 1 in task A'],
    ],
    [
      'never set, where a message is heard',
      'base hands over message\nmessage misses user',
      /nothing had set it\.$/,
      /^A message brings no values along\. If it comes from another thread or frame of yours, use `carryContext`/,
      ['the message callback (context 2) was copied from the base context'],
    ],
    [
      'set only later',
      'base misses user\nbase sets user = 1 as t',
      'The base context asked for user, which has no default. It had never been set in this context. The base context set it only afterwards.',
      /^Set user before the work/,
      ['set user = 1 in the base context'],
    ],
    [
      'by a task that came to its end here, which is told later',
      `base starts task A
A sets user = 1 as t
base starts task B
B misses user
A loses an await to B: nobody saw it`,
      'Task B asked for user, which has no default. It had never been set in this context, nor in any that it was copied from. Elsewhere it had been set, in task A; and task A came to its end in this context (nobody saw it). If this code belongs to task A, its context was lost there.',
      /^Await a native promise/,
      ['set user = 1 in task A', 'task B was copied from the base context', 'task A went on in task B: nobody saw it'],
    ],
    [
      'lost at an await that was seen to be lost',
      'base starts task A\nA sets user = 1 as t\nA loses an await: The promise is frozen\nbase misses user',
      /an await was not followed \(The promise is frozen\)/,
      /^Await native promises/,
      ['set user = 1 in task A'],
    ],
  ])('%s', (_, text, what, advice, labels) => {
    const found = of(text)
    expect(titles(found)).toEqual(['error: Lookup without a value: user'])
    const finding = only(found)
    if (typeof what === 'string') expect(finding.what).toBe(what)
    else expect(finding.what).toMatch(what)
    expect(finding.advice).toMatch(advice)
    const seen = [...finding.evidence].sort((a, b) => a.seq - b.seq).map(({ label }) => label)
    expect(seen.filter((label) => !label.startsWith('get user'))).toEqual(labels)
  })

  test('set by a task that who asks had waited for: that is named, whatever others set', () => {
    const finding = only(
      of(`base starts task A
base starts task login @ serve app.js:2
A waits for login
base waits for login @ serve app.js:3
login sets user = "ada" as t @ login app.js:9
login settles
base starts task other
other sets user = "bob" as s
other settles
base misses user @ serve app.js:4
base waits for other`),
    )
    expect(finding.what).toContain('in task login, a copy made from here and waited for: what a copy sets')
    expect(finding.evidence.map(({ label, stack }) => `${label} @${stack}`)).toEqual([
      'get user failed in the base context @4',
      'task login was copied from the base context @1',
      'the base context waited for task login @2',
      'set user = "ada" in task login @3',
    ])
  })

  test('nothing follows await: the lookup after it falls to the base context', () => {
    const found = judged(
      'lookup-without-value',
      'attached, await not followed\nuser is a variable\nbase copies c\nc enters\nc sets user = 1 as t\nc leaves\nbase misses user',
    )
    expect(only(found).what).toContain('nothing is installed that follows await')
    expect(only(found).advice).toContain('contextvars-devtools/async')
  })

  test('an await was not followed: what was reset before it, or set after it, was not lost there', () => {
    const found = of(`base starts task A
      A sets user = 1 as a
      A sets user = 2 as b
      A resets user by b to 1
      A loses an await: why
      A sets user = 3 as c
      base misses user`)
    expect(only(found).what).toContain('an await was not followed (why)')
    expect(only(found).evidence.map(({ label }) => label)).toContain('set user = 1 in task A')
  })

  test.each([
    ['the newest value that still stands', 'B resets user by b', 'task A'],
    ['the newest one where none stands any more', 'B resets user by b\nA resets user by a', 'task B'],
  ])('nothing follows await: what was lost may be %s', (_, resets, where) => {
    const sets = 'base starts task A\nbase starts task B\nA sets user = 1 as a\nB sets user = 2 as b'
    const found = judged(
      'lookup-without-value',
      `attached, await not followed\nuser is a variable\n${sets}\n${resets}\nbase misses user`,
    )
    expect(only(found).evidence.map(({ label }) => label)).toContain(
      `set user = ${where === 'task A' ? 1 : 2} in ${where}`,
    )
  })
})

describe('asked outside of every unit, while one that holds the value goes on', () => {
  const either =
    'The base context asked for user, which has no default. It had never been set in this context. Elsewhere it had been set, in task A, a copy made from here, which had not ended. Either the value is expected out here: what a copy sets never reaches the context that it came from. Or this code belongs to task A and its context was lost on the way, at an `await` of several plain values in a row or in a callback that is not followed.'

  test('either the value is expected there, or the context was lost: nobody can tell', () => {
    const finding = only(of('base starts task A\nA sets user = 1 as t @ work a.js:3\nbase misses user @ audit a.js:9'))
    expect(finding.what).toBe(either)
    expect(finding.advice).toBe(
      'If the value is expected out here, return the value instead of leaving it in the variable, or set user here, before the copy is made. If the context was lost, leave out awaits of plain values or build with `compileAwait` of contextvars-devtools/vite, and hand a callback that is not followed over as `wrap(fn)`.',
    )
  })

  test('the end of the task, afterwards, changes nothing', () => {
    const story = 'base starts task A\nA sets user = 1 as t\nbase misses user\nA resets user by t\nA settles'
    expect(only(of(story)).what).toBe(either)
  })

  test.each([
    ['the function that set it asks', 'work a.js:3', 'work a.js:9'],
    ['it asks through another', 'work a.js:3', 'audit a.js:20 < work a.js:9'],
    ['it had it set by another', 'setUser a.js:30 < work a.js:3', 'work a.js:9'],
  ])('%s: most likely the context was lost', (_, setBy, askedBy) => {
    const finding = only(
      of(
        `base starts task A @ main a.js:1\nA sets user = 1 as t @ ${setBy} < main a.js:1\nbase misses user @ ${askedBy}`,
      ),
    )
    expect(finding.what).toBe(
      'The base context asked for user, which has no default. It had never been set in this context. Elsewhere it had been set, in task A, a copy made from here, by the same function, work. Most likely this code belongs to task A and its context was lost on the way, at an `await` of several plain values in a row or in a callback that is not followed. Or else the value is expected out here: what a copy sets never reaches the context that it came from.',
    )
    expect(finding.advice).toMatch(/^If the context was lost, .*`wrap\(fn\)`\. If the value is expected/)
  })

  test.each([
    ['who started the task is in the stack of its set, too', 'main a.js:2'],
    ['a function of that name in another file', 'work b.js:9'],
    ['functions without a name', 'a.js:9'],
  ])('no function in common: %s', (_, askedBy) => {
    const finding = only(
      of(
        `base starts task A @ main a.js:1\nA sets user = 1 as t @ work a.js:3 < a.js:2 < main a.js:1\nbase misses user @ ${askedBy}`,
      ),
    )
    expect(finding.what).toBe(either)
  })

  test('a callback that returned may await, which only a function in common tells', () => {
    const clicked = 'base hands over click\nclick sets user = 1 as t @ onClick a.js:3\nclick returns'
    expect(only(of(`${clicked}\nbase misses user @ onClick a.js:9`)).what).toContain('Most likely this code belongs to')
    expect(only(of(`${clicked}\nbase misses user @ audit a.js:9`)).what).not.toContain('lost')
  })

  test('in a callback that came from outside', () => {
    const finding = only(
      of(
        'base starts task A\nA sets user = 1 as t @ work a.js:3\nbase hands over message\nmessage misses user @ audit a.js:9',
      ),
    )
    expect(finding.what).toContain(
      'in task A, which had not ended. Either the value is expected out here: contexts see only what was set in those that they were copied from. Or this code belongs to task A',
    )
  })

  test.each([
    [
      'in a unit of its own',
      'base starts task A\nbase starts task B\nA sets user = 1 as t @ w a.js:1\nB misses user @ w a.js:2',
    ],
    [
      'of a task that settled',
      'base starts task A\nA sets user = 1 as t @ w a.js:1\nA settles\nbase misses user @ w a.js:2',
    ],
    [
      'of a value that was reset',
      'base starts task A\nA sets user = 1 as t @ w a.js:1\nA resets user by t\nbase misses user @ w a.js:2',
    ],
    [
      'of a run, whose end is certain',
      'base copies c\nc enters\nc sets user = 1 as t @ w a.js:1\nc leaves\nbase misses user @ w a.js:2',
    ],
  ])('nothing is said of a loss %s', (_, text) => {
    expect(only(of(text)).what).not.toContain('lost')
  })
})

describe('where nothing follows events, a listener for messages is not known as one', () => {
  const told = (text: string) => only(judged('lookup-without-value', text)).advice
  const never = 'attached, await not followed\nuser is a variable\nbase starts task A'

  test('what may be one is told how a message brings values along', () => {
    expect(told(`${never}\nbase misses user`)).toMatch(
      /^Set user before .* If a message started this code, .*`carryContext`/,
    )
  })

  test.each([
    ['a task', `${never}\nA misses user`],
    ['code where events are followed', 'user is a variable\nbase misses user'],
    ['what was set too late', `${never}\nbase misses user\nbase sets user = 1 as t`],
  ])('not %s', (_, text) => {
    expect(told(text)).not.toContain('message')
  })
})

describe('code that nothing followed started', () => {
  const set = 'base starts task A @ main a.js:1\nA sets user = 1 as t @ work a.js:3'
  const entered = `${set}\nbase is entered unfollowed @ flush lib.js:9`

  test('is told by its outermost function, which is certain; whose it is, is not', () => {
    const finding = only(of(`${entered}\nbase misses user @ audit a.js:9 < flush lib.js:10`))
    expect(finding.what).toBe(
      'The base context asked for user, which has no default. It had never been set in this context. Nothing that is followed started this code: flush went on after an `await` that nothing saw, of many plain values in a row, or the host called it, through an API that is not followed or was kept before `install()`. Elsewhere it had been set, in task A: if the code belongs there, its context was lost on this way.',
    )
    expect(finding.advice).toBe(
      'If flush awaits many plain values in a row, build with `compileAwait` of contextvars-devtools/vite. If the host calls it, hand it over as `wrap(fn)`, or call `install()` before anything keeps a function of the host. If the value is expected out here, set user here, or return it.',
    )
    const evidence = [...finding.evidence].sort((a, b) => a.seq - b.seq)
    expect(evidence.map(({ label }) => label)).toEqual([
      'set user = 1 in task A',
      'nothing that is followed started flush',
      'get user failed in the base context',
    ])
  })

  test('names the function that set it, too', () => {
    const finding = only(of(`${set}\nbase is entered unfollowed @ work a.js:3\nbase misses user @ work a.js:4`))
    expect(finding.what).toContain('in task A, by the same function, work: if the code belongs there')
  })

  test('explains what it handed over', () => {
    const finding = only(of(`${entered}\nbase hands over timer @ flush lib.js:11\ntimer misses user @ audit a.js:9`))
    expect(finding.what).toContain('started this code: flush went on')
  })

  test('without a name, it is known by its line', () => {
    const nameless = `${set}\nbase is entered unfollowed @ lib.js:9\nbase misses user @ audit a.js:9 < `
    expect(only(of(`${nameless}lib.js:9`)).what).toContain('started this code: a function without a name went on')
    expect(only(of(`${nameless}lib.js:10`)).what).not.toContain('the host called it')
  })

  test.each([
    ['another function', `${entered}\nbase misses user @ flush a.js:9`],
    ['code in a unit of its own', `${entered}\nbase starts task B\nB misses user @ flush lib.js:9`],
    ['a value that nothing had set', 'base is entered unfollowed @ flush lib.js:9\nbase misses user @ flush lib.js:9'],
    [
      'a value that was reset here',
      `${entered}\nbase sets user = 2 as b\nbase resets user by b\nbase misses user @ flush lib.js:9`,
    ],
  ])('does not explain %s', (_, text) => {
    expect(only(of(text)).what).not.toContain('the host called it')
  })
})

test('an await that goes on in a copy has its values, and loses none', () => {
  const finding = only(
    of('base starts task A\nA sets user = 1 as t\nA loses an await to a copy: A thenable\nbase misses user'),
  )
  expect(finding.what).not.toContain('A thenable')
})

describe('a context that began empty', () => {
  test.each([
    [
      'of spawn',
      'base sets user = 1 as t\nbase spawns task S\nS misses user',
      'Task S asked for user, which has no default. It had never been set in this context: spawn starts with an empty context.',
      'Begin with a copy of the current context if it should inherit, or set user inside.',
    ],
    [
      'of what spawn started',
      'base sets user = 1 as t\nbase spawns task S\nS hands over timer\ntimer misses user',
      'The timer callback (context 3) asked for user, which has no default. It had never been set in this context, nor in any that it was copied from: spawn starts with an empty context, of which this is a copy.',
      'Begin with a copy of the current context if it should inherit, or set user inside.',
    ],
    [
      'of new Context()',
      'base sets user = 1 as t\nn is new\nn misses user',
      'The new context “n” asked for user, which has no default. It had never been set in this context: `new Context()` starts with an empty context.',
      'Begin with a copy of the current context if it should inherit, or set user inside.',
    ],
  ])('%s', (_, text, what, advice) => {
    const finding = only(of(text))
    expect(finding.what).toBe(what)
    expect(finding.advice).toBe(advice)
    expect(finding.evidence.map(({ label }) => label)).toContainEqual(expect.stringMatching(/ began empty$/))
  })

  test('is no reason where nothing had set it, or it was reset there', () => {
    expect(only(of('base spawns task S\nS misses user')).what).toMatch(/nothing had set it\.$/)
    const reset = 'base spawns task S\nS sets user = 1 as t\nS resets user by t\nS misses user'
    expect(only(of(reset)).what).toContain('was reset before the lookup')
  })
})

describe('what is said of a lookup stays said', () => {
  const later = `
    base starts task late
    late sets user = 9 as t9 @ work a.js:1
    late settles
    base starts task again
    again sets user = 10 as t10 @ work a.js:1
  `
  test.each([
    ['with nothing set', 'base misses user @ work a.js:5'],
    ['with nothing set, in a task', 'base starts task A\nA misses user @ work a.js:5'],
    [
      'with a set elsewhere',
      'base starts task A\nbase starts task B\nA sets user = 1 as t\nB misses user @ work a.js:5',
    ],
    ['with a set below', 'base starts task A\nA sets user = 1 as t\nbase misses user @ work a.js:5'],
    ['with a stale snapshot', 'base starts task A\nbase sets user = 1 as t\nA misses user @ work a.js:5'],
  ])('%s', (_, text) => {
    const [before, after] = [only(of(text)), only(of(`${text}\n${later}`))]
    expect(after).toEqual(before)
  })

  test('a set above that came after the copy, and even after the lookup, is proven', () => {
    const finding = only(of('base starts task A\nA misses user\nbase sets user = 1 as t'))
    expect(finding.what).toBe(
      'Task A asked for user, which has no default. It had never been set in this context, nor in any that it was copied from. The base context set it only afterwards.',
    )
  })

  test('its own children before anybody else’s', () => {
    const finding = only(
      of(
        'base starts task A\nA starts task B\nB sets user = 1 as b\nB settles\nbase starts task C\nC sets user = 2 as c\nA misses user',
      ),
    )
    expect(finding.what).toContain('Elsewhere it had been set, in task B, a copy made from here:')
  })

  test('nothing is certain of facts that are missing', () => {
    const gap = '4 facts are lost\nuser is a variable\nbase misses user'
    expect(only(judged('lookup-without-value', gap)).what).toMatch(/and no set of it is known\.$/)
    const sibling = 'base starts task A\nbase starts task B\nA sets user = 1 as t\n4 facts are lost\nB misses user'
    expect(only(of(sibling)).what).toContain(
      'No set of it in this context, nor in any that it was copied from, is known. Elsewhere',
    )
  })
})

test('clear, when every lookup had an answer', () => {
  expect(of('base sets user = 1 as t\nbase reads user, own').verdict).toBe('clear')
})

test('counted by source line and variable', () => {
  const found = of(
    'lang is a variable\nbase misses user @ a.js:1\nbase misses user @ a.js:1\nbase misses lang @ a.js:1',
  )
  expect(titles(found)).toEqual([
    'error: Lookup without a value: user (2 times)',
    'error: Lookup without a value: lang',
  ])
})

test('without a stack, by variable', () => {
  const found = of('lang is a variable\nbase misses user\nbase misses user\nbase misses lang')
  expect(titles(found)).toEqual([
    'error: Lookup without a value: user (2 times)',
    'error: Lookup without a value: lang',
  ])
})

test('cannot tell of lookups among missing facts', () => {
  const found = of('4 facts are lost\nbase misses user')
  expect(found.verdict).toBe('cannot-tell')
  expect(found.findings).toHaveLength(1)
})

describe('code that may be another one’s, called by what both share when the first was over', () => {
  const told = (text: string) => only(of(text))
  const queued = `base starts task A
    base starts task B
    A sets user = "ada" as a @ serve app.js:3
    B sets user = "bob" as b @ serve app.js:3
    A resets user by a
    A settles
    A misses user @ job app.js:9`

  test('is said to be so if it is', () => {
    const { what, advice, evidence } = told(queued)
    expect(what).toMatch(
      /was reset before the lookup\. By then task A had ended, and task B had set it at the same line, where it stands: if the code belongs there, something that both share, such as a queue, called it in the context of task A\.$/,
    )
    expect(advice).toMatch(
      /^If the code belongs to task B, hand it to what both share as `wrap\(fn\)`, which keeps the context\. Otherwise: Keep/,
    )
    expect(evidence.map(({ label }) => label)).toContain('set user = "bob" in task B')
  })

  test('also in a copy that the first had made', () => {
    const inCopy = queued.replace('A misses', 'A hands over then\n    then misses')
    expect(told(inCopy).what).toContain('By then task A had ended')
  })

  test.each([
    ['the first goes on', queued.replace('    A settles\n', '')],
    ['the other had reset it', queued.replace('    A misses', '    B resets user by b\n    A misses')],
    [
      'the other had set it at another line',
      queued.replace('"bob" as b @ serve app.js:3', '"bob" as b @ serve app.js:4'),
    ],
    ['the lines were not recorded', queued.replaceAll('@ serve app.js:3', '@ not taken')],
    [
      'the first is a callback, which may go on after its end',
      queued.replace('base starts task A', 'base hands over A').replace('A settles', 'A returns'),
    ],
  ])('and not where %s', (_, text) => {
    const { what, advice } = told(text)
    expect(what).not.toContain('By then')
    expect(advice).not.toMatch(/If the code belongs to|what both share/)
  })
})
