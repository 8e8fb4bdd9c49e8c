import { describe, expect, test } from 'vitest'
import { judged, only, titles } from './found'

const turns = `
  user is a variable
  base sets user = "ada" as t1 @ load app.js:3
  base sets user = "bob" as t2 @ load app.js:3
  base resets user by t1 @ load app.js:5
  base resets user by t2 to "ada" @ load app.js:5
`

describe('found', () => {
  test('where two calls of one function take turns, with both sets and both resets', () => {
    const found = judged('out-of-order-reset', turns)
    expect(titles(found)).toEqual(['warning: Reset out of order: user'])
    const { what, advice, evidence, token } = only(found)
    expect(token).toBe(found.told.token('t2'))
    expect(what).toBe(
      'The base context set user to "ada", then to "bob", and reset the older one first: the reset of the newer one brought "ada" back, which still stands there. One line made both sets: two calls of it took turns in one context.',
    )
    expect(advice).toContain('as a task')
    expect(evidence.map(({ label, seq, stack }) => `${seq} ${label} @${stack}`)).toEqual([
      '4 set user = "ada" in the base context @1',
      '5 set user = "bob" in the base context @1',
      '6 reset user by the older token in the base context @2',
      '7 reset user by the newer token: "ada" again @2',
    ])
  })

  test('where two places of one piece of work undo in the wrong order', () => {
    const { what, advice } = only(
      judged('out-of-order-reset', turns.replace('"bob" as t2 @ load app.js:3', '"bob" as t2 @ app.js:8')),
    )
    expect(what).not.toContain('took turns')
    expect(advice).toMatch(/^Reset the newest set first/)
  })

  test('where two generators take turns, which no task keeps apart', () => {
    const inGenerator = turns
      .replaceAll('@ load app.js:3', '@ *load app.js:3 < main app.js:20')
      .replaceAll('@ load app.js:5', '@ *load app.js:5 < main app.js:21')
    const { advice, fix } = only(judged('out-of-order-reset', inGenerator))
    expect(advice).toMatch(/^A generator has no context of its own, so what load sets is its caller’s, too: /)
    expect(fix).toEqual([])
  })

  test('once for one line, however many calls take turns there', () => {
    const found = judged(
      'out-of-order-reset',
      `
      user is a variable
      base starts task Work
      Work sets user = 1 as t1 @ app.js:3
      Work sets user = 2 as t2 @ app.js:3
      Work sets user = 3 as t3 @ app.js:3
      Work resets user by t1 @ app.js:5
      Work resets user by t2 to 1 @ app.js:5
      Work resets user by t3 to 2 @ app.js:5
      `,
    )
    expect(titles(found)).toEqual(['warning: Reset out of order: user (2 times)'])
    expect(only(found).what).toContain('Task Work set user to 2, then to 3')
  })
})

test('where the lines are not known, no cause is made up; nor that a value stands that an outer reset took away', () => {
  const told = `
    user is a variable
    base sets user = 0 as outer
    base sets user = 1 as t1 @ not taken
    base sets user = 2 as t2 @ not taken
    base resets user by t1 to 0
    base resets user by t2 to 1
    base resets user by outer
  `
  const { what } = only(judged('out-of-order-reset', told))
  expect(what).toMatch(/the reset of the newer one brought 1 back\.$/)
})

describe('clear', () => {
  test.each([
    ['sets that are undone newest first', 'base resets user by t2 to 1\nbase resets user by t1'],
    ['an older token that undoes both, the newer one never used', 'base resets user by t1'],
    [
      'one that is set anew between',
      'base resets user by t2 to 1\nbase sets user = 3 as t3\nbase resets user by t3 to 1',
    ],
  ])('%s', (_, resets) => {
    const told = `user is a variable\nbase sets user = 1 as t1\nbase sets user = 2 as t2\n${resets}`
    expect(judged('out-of-order-reset', told).verdict).toBe('clear')
  })

  test('what a copy inherited from a set that was undone where it was made: the copy keeps it', () => {
    const told = `
      user is a variable
      base sets user = 1 as t1
      base starts task Work
      base resets user by t1
      Work sets user = 2 as t2
      Work resets user by t2 to 1
    `
    expect(judged('out-of-order-reset', told).verdict).toBe('clear')
  })

  test('two variables whose resets cross', () => {
    const told = `
      user is a variable
      theme is a variable
      base sets user = 1 as t1
      base sets theme = 2 as t2
      base resets user by t1
      base resets theme by t2
    `
    expect(judged('out-of-order-reset', told).verdict).toBe('clear')
  })
})

test('a reset that fell into a gap is not made up', () => {
  const told = judged('out-of-order-reset', turns.replace(/base resets user by t1.*/, '2 facts are lost'))
  expect(told.verdict).toBe('cannot-tell')
  expect(told.findings).toEqual([])
})

test('a page that makes it in ever more lines is told of the newest, and no memory grows with it', () => {
  const lines = Array.from(
    { length: 1_200 },
    (_, n) => `
    base sets user = 1 as a${n}
    base sets user = 2 as b${n}
    base resets user by a${n}
    base resets user by b${n} to 1 @ app.js:${n + 1}`,
  )
  const { told, findings } = judged('out-of-order-reset', `user is a variable\n${lines.join('\n')}`)
  expect(told.world.outOfOrder.size).toBe(1_000)
  expect(findings.at(-1)?.id).toContain('app.js:1200:')
})
