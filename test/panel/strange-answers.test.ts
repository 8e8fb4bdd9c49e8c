// A page that forges the recorder's answers, each of them well made: what was read before is kept, and what is strange is said.

import { afterEach, describe, expect, it, vi } from 'vitest'
import { type Heard, listen, openPage } from './page'

const undo: (() => void)[] = []
afterEach(() => {
  for (const end of undo.splice(0)) end()
  vi.useRealTimers()
})

/** A script for the page: a log that counts, and what `lie` makes of an honest answer to the question of number `asked`. */
const forger = (lie: string) => `(() => {
  let asked = 0
  const fact = (seq) => ({ seq, at: seq, type: "task-started", task: 1 })
  const answers = (after) => {
    const last = 5 + asked
    const facts = Array.from({ length: last - after }, (_, index) => fact(after + 1 + index))
    const where = { epoch: "e", last, current: null, task: null }
    const batch = { protocol: 1, epoch: "e", facts, stacks: {}, last, bytes: 1, capacity: 2 }
    if (asked > 1) (${lie})({ batch, where, asked, after, fact })
    return { batch, where }
  }
  let next = 0
  return {
    where() { asked += 1; return JSON.stringify(answers(next).where) },
    since(after) { next = after; return JSON.stringify(answers(after).batch) },
  }
})()`

function read(outlet: string): Heard {
  const page = openPage()
  page.setOutlet(page.run(outlet) as object)
  const heard = listen(page)
  undo.push(heard.stop)
  return heard
}

describe('a page that answers in the recorder’s place', () => {
  it.each([
    ['counts backwards', '({ batch }) => batch.facts.reverse().push(batch.facts[0])', 'it counts its facts backwards.'],
    ['repeats', '({ batch, fact }) => batch.facts.unshift(fact(1))', 'it counts its facts backwards.'],
    [
      'tells more than it has',
      '({ batch, fact }) => batch.facts.push(fact(2 ** 53 - 1))',
      'it tells more facts than it has.',
    ],
    ['tells nothing', '({ batch }) => { batch.facts = [] }', 'it has facts that it does not tell.'],
    ['forgets', '({ batch }) => { batch.facts = []; batch.last = 1 }', 'it takes back what it told.'],
    ['is two documents', '({ batch }) => { batch.epoch = "other" }', 'it speaks of two documents at once.'],
  ])('%s', async (_, lie, why) => {
    vi.useFakeTimers()
    const heard = read(forger(lie))
    await vi.advanceTimersByTimeAsync(5_000)
    expect(heard.links).toEqual([
      { state: 'live' },
      { state: 'lost', why: `Something in this page answers in the place of the recorder: ${why}` },
    ])
    // What was told before the lies.
    expect(heard.facts.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6])
    expect(heard.epochs).toEqual(['e'])
  })

  it('tells facts of tomorrow: is read on', async () => {
    vi.useFakeTimers()
    const heard = read(forger('({ batch }) => { batch.facts = [{ type: "x" }] }'))
    await vi.advanceTimersByTimeAsync(5_000)
    expect(heard.links).toEqual([{ state: 'live' }])
  })

  it('names another recording in every answer', async () => {
    vi.useFakeTimers()
    const heard = read(`(() => {
      let epoch = 0
      const rest = { facts: [], stacks: {}, last: 0, bytes: 1, capacity: 2 }
      return {
        where: () => JSON.stringify({ epoch: "e" + ++epoch, last: 0, current: null, task: null }),
        since: () => JSON.stringify({ protocol: 1, epoch: "e" + epoch, ...rest }),
      }
    })()`)
    await vi.advanceTimersByTimeAsync(60_000)
    expect(heard.epochs).toEqual(['e1', 'e2', 'e3'])
    expect(heard.links.at(-1)).toEqual({
      state: 'lost',
      why: 'This page names another recording again and again. Reload it to look at one.',
    })
  })

  it('sends more than any recorder', async () => {
    vi.useFakeTimers()
    const heard = read('({ where: () => "x".repeat(70 * 2 ** 20), since: () => "" })')
    await vi.advanceTimersByTimeAsync(1_000)
    expect(heard.links).toEqual([
      { state: 'lost', why: 'Something in this page answers with more than a recorder ever says at once.' },
    ])
  })

  it('sends nothing but line breaks', async () => {
    vi.useFakeTimers()
    const heard = read(String.raw`({ where: () => "\n".repeat(60 * 2 ** 20), since: () => "" })`)
    await vi.advanceTimersByTimeAsync(1_000)
    expect(heard.links).toEqual([
      { state: 'lost', why: 'Something in this page answers in the place of the recorder.' },
    ])
  })

  it.each([
    ['a long story', 'throw new Error("no ".repeat(1e6))'],
    ['commands for a terminal', String.raw`throw new Error("\u001b[2J\n\u202e")`],
    ['nothing', 'throw undefined'],
    ['an object that throws', 'throw { get message() { throw 1 }, toString() { throw 2 } }'],
    ['an outlet that throws when it is looked at', 'return Symbol()'],
  ])('throws %s', async (_, work) => {
    vi.useFakeTimers()
    const heard = read(`({ where() { ${work} }, since() { ${work} } })`)
    await vi.advanceTimersByTimeAsync(1_000)
    expect(heard.links).toEqual([{ state: 'lost', why: expect.stringMatching(/^[^\p{Cc}\u202e]{5,310}[.!?…]$/u) }])
  })
})
