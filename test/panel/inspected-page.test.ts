// Reading a page by evaluating in it: a real recorder, in a global scope that the page has made as hostile as it likes.

import { ContextVar } from 'contextvars-devtools'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { record } from '../../runtime/recorder'
import { type Heard, listen, openPage } from './page'

const name = new ContextVar<number>('number')

/** Ends what a test started, whatever became of the test. */
const undo: (() => void)[] = []
afterEach(() => {
  for (const end of undo.splice(0)) end()
  vi.useRealTimers()
})

function recorder(options?: Parameters<typeof record>[0]) {
  const recording = record(options)
  undo.push(() => recording.stop())
  return recording
}

function read(page: Parameters<typeof listen>[0]): Heard {
  const heard = listen(page)
  undo.push(heard.stop)
  return heard
}

/** Every name that an expression could be tempted to use. */
const shadows =
  'let globalThis = 1; let Symbol = 2; let JSON = 3; let window = 4; let self = 5; let Object = 6; const outlet = 7'

const sets = (heard: Heard) => heard.facts.flatMap((fact) => (fact.type === 'var-set' ? [fact.value.text] : []))
const linkStates = (heard: Heard) => heard.links.map((link) => link.state)

describe('a recorded page', () => {
  it('is read from its first fact, and on as facts come, without a hole', async () => {
    const page = openPage()
    page.setOutlet(recorder())
    name.set(1)
    const heard = read(page)
    await vi.waitFor(() => expect(sets(heard)).toEqual(['1']))
    name.set(2)
    name.set(3)
    await vi.waitFor(() => expect(sets(heard)).toEqual(['1', '2', '3']))
    expect(heard.facts.map((fact) => Number(fact.seq))).toEqual(heard.facts.map((_, index) => index + 1))
    expect(linkStates(heard)).toEqual(['live'])
    expect(heard.wheres.at(-1)?.current).not.toBeNull()
  })

  it('is read although the page declared every name that an expression could use', async () => {
    const page = openPage()
    page.setOutlet(recorder())
    page.run(shadows)
    name.set(1)
    const heard = read(page)
    await vi.waitFor(() => expect(sets(heard)).toEqual(['1']))
  })

  it('is read to the end at once when it has more than one answer holds', async () => {
    const page = openPage()
    page.setOutlet(recorder())
    for (let index = 0; index < 10_000; index += 1) name.set(index)
    const heard = read(page)
    await vi.waitFor(() => expect(sets(heard)).toHaveLength(10_000))
    // Answers of some thousand facts each, fewer where a busy machine makes them take their time, and no question that finds nothing.
    expect(page.evaluations).toBeLessThan(12)
  })

  it('is read from the start again when another document answers', async () => {
    const page = openPage()
    const first = recorder()
    page.setOutlet(first)
    for (let index = 0; index < 20; index += 1) name.set(index)
    const heard = read(page)
    await vi.waitFor(() => expect(sets(heard)).toHaveLength(20))
    first.stop()
    page.navigate()
    page.setOutlet(recorder())
    name.set(77)
    await vi.waitFor(() => expect(sets(heard)).toEqual(['77']))
    expect(heard.epochs).toHaveLength(2)
    expect(heard.facts[0]?.seq).toBe(1)
    expect(linkStates(heard)).toEqual(['live', 'looking', 'live'])
  })

  it('stops being asked when nobody listens any more', async () => {
    const page = openPage()
    page.setOutlet(recorder())
    const heard = read(page)
    await vi.waitFor(() => expect(linkStates(heard)).toEqual(['live']))
    vi.useFakeTimers()
    heard.stop()
    const asked = page.evaluations
    await vi.advanceTimersByTimeAsync(10_000)
    expect(page.evaluations).toBe(asked)
  })
})

describe('a page that is not recorded', () => {
  it('is not named so while its document is still empty: nothing could have put a recorder there', async () => {
    vi.useFakeTimers()
    const page = openPage()
    page.run('var document = { readyState: "loading", documentElement: null }')
    const heard = read(page)
    await vi.advanceTimersByTimeAsync(5000)
    expect(linkStates(heard)).toEqual([])
    page.run('document.documentElement = {}')
    await vi.advanceTimersByTimeAsync(3000)
    expect(linkStates(heard)).toEqual(['no-runtime'])
  })

  it('is named so, and glanced at in case it brings a runtime', async () => {
    vi.useFakeTimers()
    const page = openPage()
    const heard = read(page)
    await vi.advanceTimersByTimeAsync(3000)
    expect(linkStates(heard)).toEqual(['no-runtime'])
    const asked = page.evaluations
    await vi.advanceTimersByTimeAsync(10_000)
    expect(page.evaluations - asked).toBeLessThanOrEqual(10)
  })

  it('gets the recorder when a runtime announced itself, and is read from then on', async () => {
    const page = openPage({
      async inject() {
        page.setOutlet(recorder())
      },
    })
    page.run('this[Symbol.for("contextvars.hook")] = { version: 1, runtimes: [{}] }')
    page.run(shadows)
    const heard = read(page)
    await vi.waitFor(() => expect(linkStates(heard)).toEqual(['live']))
    expect(heard.facts[0]).toMatchObject({ type: 'runtime-attached', late: true })
  })

  it('says so when the recorder does not start there', async () => {
    vi.useFakeTimers()
    let injections = 0
    const page = openPage({
      async inject() {
        injections += 1
      },
    })
    page.run('this[Symbol.for("contextvars.hook")] = { version: 1, runtimes: [{}] }')
    const heard = read(page)
    await vi.advanceTimersByTimeAsync(60_000)
    expect(heard.links).toEqual([{ state: 'lost', why: 'The recorder did not start in this page.' }])
    expect(injections).toBeLessThan(25)
  })

  it('is not asked for what another document knew', async () => {
    const page = openPage()
    const recording = recorder()
    page.setOutlet(recording)
    name.set(1)
    const heard = read(page)
    await vi.waitFor(() => expect(sets(heard)).toEqual(['1']))
    page.navigate()
    await vi.waitFor(() => expect(linkStates(heard)).toEqual(['live', 'looking', 'no-runtime']))
    // Back to the document of before, out of the back/forward cache: whole again.
    page.navigate()
    page.setOutlet(recording)
    await vi.waitFor(() => expect(heard.epochs).toHaveLength(2))
    await vi.waitFor(() => expect(sets(heard)).toEqual(['1']))
    expect(heard.facts[0]?.seq).toBe(1)
  })
})

describe('a page that answers badly', () => {
  it.each([
    ['an outlet that throws', '({ since() { throw 1 }, where() { throw 1 } })'],
    ['an outlet without methods', '({})'],
    ['numbers', '({ since: () => 5, where: () => 6 })'],
    ['no JSON', '({ since: () => "<html>", where: () => "{" })'],
    ['JSON of something else', '({ since: () => "[]", where: () => "null" })'],
    ['line breaks', String.raw`({ since: () => "\n\n\n", where: () => "\n" })`],
    ['a batch of nonsense', `({ since: () => '{"facts":[{"seq":"x"}]}', where: () => '{"epoch":1}' })`],
    ['a symbol in the place of Symbol', '(globalThis.Symbol = null, { since: 1 })'],
  ])('%s: is lost, in words, and the panel goes on asking', async (_, outlet) => {
    vi.useFakeTimers()
    const page = openPage()
    page.setOutlet(page.run(outlet) as object)
    const heard = read(page)
    await vi.advanceTimersByTimeAsync(5000)
    expect(linkStates(heard)).toEqual(['lost'])
    expect(heard.links[0]).toHaveProperty('why', expect.stringMatching(/\w/))
    expect(heard.facts).toEqual([])
    page.setOutlet(recorder())
    await vi.advanceTimersByTimeAsync(6000)
    expect(linkStates(heard)).toEqual(['lost', 'live'])
  })

  it('never answers: is lost after some seconds, and found again', async () => {
    vi.useFakeTimers()
    let busy = true
    const page = openPage()
    const { evaluate } = page
    page.evaluate = (expression) => (busy ? new Promise(() => {}) : evaluate(expression))
    page.setOutlet(recorder())
    const heard = read(page)
    await vi.advanceTimersByTimeAsync(4000)
    expect(heard.links).toEqual([])
    await vi.advanceTimersByTimeAsync(8000)
    expect(heard.links).toEqual([{ state: 'lost', why: 'The page does not answer: it is busy, or it crashed.' }])
    busy = false
    await vi.advanceTimersByTimeAsync(11_000)
    expect(linkStates(heard)).toEqual(['lost', 'live'])
  })

  it('lets nobody in: is out of reach, in the browser’s words', async () => {
    vi.useFakeTimers()
    const page = openPage({ evaluate: async () => ({ refused: 'Operation failed: Permission denied' }) })
    const heard = read(page)
    await vi.advanceTimersByTimeAsync(3000)
    expect(heard.links).toEqual([{ state: 'unreachable', why: 'Operation failed: Permission denied' }])
  })

  it('is asked again at once after a navigation, however long it was silent', async () => {
    vi.useFakeTimers()
    const page = openPage()
    page.setOutlet(page.run('({})') as object)
    const heard = read(page)
    await vi.advanceTimersByTimeAsync(120_000)
    page.navigate()
    page.setOutlet(recorder())
    await vi.advanceTimersByTimeAsync(60)
    expect(linkStates(heard)).toEqual(['lost', 'looking', 'live'])
  })
})

describe('a page that goes elsewhere', () => {
  it('takes a question with it, which is put to the next page at once', async () => {
    vi.useFakeTimers()
    const page = openPage()
    const { evaluate } = page
    page.evaluate = () => new Promise(() => {})
    const heard = read(page)
    await vi.advanceTimersByTimeAsync(1000)
    page.evaluate = evaluate
    page.navigate()
    page.setOutlet(recorder())
    await vi.advanceTimersByTimeAsync(10)
    expect(heard.links).toEqual([{ state: 'live' }])
  })
})

describe('a hidden panel', () => {
  it('asks about once a second, and at once when it is shown', async () => {
    vi.useFakeTimers()
    const page = openPage()
    page.setOutlet(recorder())
    const heard = read(page)
    await vi.advanceTimersByTimeAsync(5000)
    page.tell('hidden')
    await vi.advanceTimersByTimeAsync(1000)
    const before = page.evaluations
    await vi.advanceTimersByTimeAsync(10_000)
    expect(page.evaluations - before).toBeLessThanOrEqual(11)
    name.set(5)
    page.tell('shown')
    await vi.advanceTimersByTimeAsync(1)
    expect(sets(heard)).toEqual(['5'])
  })
})
