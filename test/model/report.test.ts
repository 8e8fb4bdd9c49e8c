import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { advance, emptyWorld } from '../../panel/model/advance'
import { reportMarkdown } from '../../panel/model/report/markdown'
import { reportText } from '../../panel/model/report/text'
import { randomFacts } from './random-facts'
import { story } from './story'

const page = { url: 'https://shop.example/<cart>', title: 'My *cart*\n# of <b>', exported: '2026-01-02T03:04:05.000Z' }

const told = story(`
  user is a variable @ app.js:1
  lang is a variable, default "en" @ app.js:2
  base sets user = "ada" as t1 @ signIn app.js:3
  base starts task Alice @ app.js:4
  Alice sets lang = "fr" as l1 @ app.js:5
  Alice hands over click @ app.js:6
  click reads user, inherited
  base starts task Bob @ app.js:7
  Bob settles
`)

test('the report for a terminal', () => {
  expect(reportText(told.world)).toBe(`Contextvars: runtime 0.1.0 (application); complete 1–13

base (1 not reset)
│    user = "ada"  app.js:3:1
├─ Alice (task, 1 not reset)
│  │    lang = "fr"  app.js:5:1
│  │    + 1 inherited
│  └─ click (callback)
│          + 2 inherited
└─ Bob (task, ended)
        + 1 inherited

Problems: 1 warning

warning  Forgotten reset: user
         The base context set user to "ada" and has not reset it; the click callback (context 3) started with that value and read it.
         → Undo the set where its work ends: with \`using\`, at the end of its block (then leave out what resets it on other paths), or by a reset in a \`finally\`. Where a promise is returned, write \`return await\`, so that the undo waits for it. A value that is meant to stay is a default: \`new ContextVar('user', { default: … })\`.
           using _token = user.set(value)  app.js:3:1
         #5 set user = "ada" in the base context  app.js:3:1
         #9 the click callback (context 3) was copied from task Alice  app.js:6:1
         #10 the click callback (context 3) read user, inherited

Not everything could be judged:
  The recording ends when 2 sets were still to be reset by work that goes on, or may; one that is never reset may be among them.
`)
})

test('a recording that ends when all is undone, or over, knows all', () => {
  const ended = 'user is a variable\nbase starts task A\nA sets user = 1 as t\nA settles'
  const undone = 'user is a variable\nbase starts task A\nA sets user = 1 as t\nA resets user by t'
  for (const text of [ended, undone]) expect(reportText(story(text).world)).not.toContain('Not everything')
  expect(reportText(story(ended.replace('A settles', '')).world)).toContain('when 1 set was still to be reset')
  const left = ended.replace('starts task A', 'hands over A').replace('A settles', 'A returns')
  expect(reportText(story(left).world)).toContain('when 1 set was still to be reset')
})

describe('the report for a bug tracker', () => {
  test('escapes what the page says, and keeps our code', () => {
    const text = reportMarkdown(told.world, { page })
    expect(text).toMatch(/^# Contexts of My \\\*cart\\\* \\# of \\<b\\>\n/)
    expect(text).toContain('- Page: https://shop.example/\\<cart\\>')
    expect(text).toContain('### warning: Forgotten reset: user')
    expect(text).toContain('\n```js\nusing _token = user.set(value) // app.js:3:1\n```\n')
    expect(text).toContain('- \\#5 set user = "ada" in the base context — app.js:3:1')
  })

  test('says once what a rule is about', () => {
    const twice = story('user is a variable\nbase misses user @ app.js:1\nbase misses user @ app.js:2')
    const text = reportMarkdown(twice.world, { page })
    expect(text.match(/^### error: Lookup without a value: user$/gm)).toHaveLength(2)
    expect(text.match(/^A lookup finds what was set in this context.+LookupError\.$/gm)).toHaveLength(1)
  })

  test('says what wrote the recording, and folds the tree', () => {
    const tool = { name: 'contextvars-devtools', version: '0.<1>' }
    const text = reportMarkdown(told.world, { page: { ...page, browser: 'Firefox 153 on *Linux*' }, tool })
    expect(text).toContain('- Browser: Firefox 153 on \\*Linux\\*\n')
    expect(text).toContain('\n- By: contextvars-devtools 0.\\<1\\>\n')
    expect(text).toMatch(/\n<details>\n<summary>Contexts: \d+<\/summary>\n\n```text\nbase.+\n```\n\n<\/details>\n$/s)
  })

  test('keeps the tree within its fence', () => {
    const evil = story('user is a variable\nbase sets user = "```` x" as t')
    const [fence] = /^`+(?=text$)/m.exec(reportMarkdown(evil.world, { page })) ?? []
    expect(fence).toBe('`````')
  })
})

test('what is not known is said', () => {
  const text = reportText(story('312 facts are lost\nbase copies a').world)
  expect(text).toContain('Contextvars: no runtime; 312 facts missing: 1–312')
  expect(text).toContain('Not everything could be judged:')
  expect(reportText(story('attached, await not followed').world)).toContain('await is not followed')
  expect(reportText(emptyWorld())).toContain('nothing recorded yet')
})

test('reports of anything are text of bounded size', () => {
  fc.assert(
    fc.property(randomFacts, (facts) => {
      const world = emptyWorld()
      for (const fact of facts) advance(world, fact)
      for (const text of [reportText(world), reportMarkdown(world, { page })]) {
        expect(text).not.toMatch(/undefined \(|\[object/)
        expect(text.endsWith('\n')).toBe(true)
      }
    }),
  )
})

test('a tree that is too large, or too deep, is cut and says so', () => {
  const many = Array.from({ length: 600 }, (_, n) => `c${n} copies c${n + 1}`).join('\n')
  const lines = reportText(story(many).world).split('\n')
  // The base context, and a root that nobody announced.
  expect(lines).toContain('… and 102 more contexts')
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(250)
})

test('a line that the recorder did not look for is told as that, in every report', () => {
  const { world } = story(`
    user is a variable @ app.js:1
    stacks are sampled by budget
    base sets user = "ada" as t1 @ not taken
    base resets user by t1 @ app.js:3
    base is refused user by t1: used @ app.js:4
    base sets user = "bob" as t2 @ not taken
  `)
  expect(world.level).toMatchObject({ stacks: 'sampled', every: 16, why: 'budget' })
  expect(reportText(world)).toContain('user = "bob"  line not recorded')
  expect(reportText(world)).toMatch(/set user = "ada" in the base context {2}line not recorded/)
  expect(reportMarkdown(world, { page })).toContain('— line not recorded')
})
