// Questions that a page answers by a script which the panel brings: that it is brought once, and that no answer is believed blindly.

import { ContextVar } from 'contextvars-devtools'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { parseLiveAnswer } from '../../panel/model/live-answer'
import { createBreaks } from '../../panel/session/breaks'
import type { BreaksHeld } from '../../panel/source/breaks'
import { withoutCredentials } from '../../panel/source/credentials'
import { inspectedPage, TOP } from '../../panel/source/inspected-page'
import type { Live, LiveReply } from '../../panel/source/live'
import { liveValues } from '../../panel/source/live'
import { askOnDemand } from '../../panel/source/on-demand'
import { type Fact, LENT_VERSION, type LiveQuestion } from '../../runtime/protocol'
import { record } from '../../runtime/recorder'
import { openPage } from './page'

const undo: (() => void)[] = []
afterEach(() => {
  for (const end of undo.splice(0)) end()
})

/** A script that answers what it was asked, and leaves a mark where it is brought. */
const echo = (brought: string[]) => ({
  inject: async (_: unknown, script?: string) => {
    brought.push(String(script))
    lent.liveValues = (question: string) => question
    lent.breakOn = (question: string) => question
  },
})
let lent: Record<string, unknown> = {}
function pageWith(more: object = {}) {
  const brought: string[] = []
  lent = { version: LENT_VERSION }
  const page = openPage(echo(brought) as never)
  page.setOutlet({ lent, ...more })
  return { page, brought }
}

describe('a question', () => {
  it('brings the script once, also where the page declared every name', async () => {
    const { page, brought } = pageWith()
    page.run('let globalThis = 1; let JSON = 3; let window = 4; let outlet = 7; let lent = 8; let page = 9')
    const question = { text: '"\u2028</script>`$' }
    expect(await askOnDemand(page, TOP, 'live-values', question)).toEqual({ answer: JSON.stringify(question) })
    await askOnDemand(page, TOP, 'live-values', question)
    expect(brought).toEqual(['live-values'])
  })

  it('that nobody needs answered brings nothing', async () => {
    const { page, brought } = pageWith()
    expect(await askOnDemand(page, TOP, 'break-on', {}, false)).toBeNull()
    expect(brought).toEqual([])
  })

  it.each([
    ['an older recorder', { lent: undefined }, 'of another version'],
    ['a newer recorder', { lent: { version: LENT_VERSION + 1 } }, 'of another version'],
    ['a forged one', { lent: { version: LENT_VERSION, liveValues: () => 'x'.repeat(2_000_000) } }, 'in the place of'],
  ])('to %s is answered by a sentence', async (_, outlet, why) => {
    const { page } = pageWith(outlet)
    expect(await askOnDemand(page, TOP, 'live-values', {})).toEqual({ why: expect.stringContaining(why) })
  })

  it('to a worker, or to nobody, is answered by a sentence', async () => {
    const { page } = pageWith()
    expect(await askOnDemand(page, { ...TOP, worker: 7 }, 'break-on', {})).toEqual({
      why: 'DevTools lets no extension evaluate in a worker.',
    })
    page.setOutlet(null)
    expect(await askOnDemand(page, TOP, 'break-on', {})).toEqual({ why: 'Nothing is recorded there any more.' })
  })

  it('about a value never rejects, whatever the page does', async () => {
    const question = { ask: 'print', epoch: 'x', context: 1 } as LiveQuestion
    const { page } = pageWith({ lent: { version: LENT_VERSION, liveValues: () => 'no json' } })
    expect(await liveValues(page, TOP).ask(question)).toMatchObject({ state: 'cannot' })
    page.run('this.__contextvars_outlet__ = { get lent() { throw new Error("no") } }')
    expect(await liveValues(page, TOP).ask(question)).toMatchObject({ state: 'cannot' })
  })
})

describe('an answer', () => {
  it.each([
    '',
    'null',
    '[]',
    '{"state":"stored","name":"alert(1)"}',
    '{"state":"stored","name":"constructor"}',
    '{"state":"gone","what":"world"}',
    '{"state":"value","left":-1,"value":{"kind":"null","text":"null"},"recorded":{"kind":"null","text":"null"}}',
    '{"state":"value","left":0,"value":{"kind":"evil","text":""},"recorded":{"kind":"null","text":"null"}}',
    '{"state":"__proto__"}',
  ])('that is none is refused: %s', (text) => {
    expect(parseLiveAnswer(text)).toBeNull()
  })

  it('keeps nothing but what it knows, and text that misleads is spelled out', () => {
    const text =
      '{"state":"value","left":2,"value":{"kind":"string","text":"a\u202eb","__proto__":{"x":1},"y":1},"recorded":{"kind":"null","text":"null"}}'
    expect(parseLiveAnswer(text)).toEqual({
      state: 'value',
      left: 2,
      value: { kind: 'string', text: 'a\\u202eb' },
      recorded: { kind: 'null', text: 'null' },
    })
  })
})

describe('credentials', () => {
  const asked = async (path: [number, string][], reply: LiveReply, name = 'user'): Promise<LiveReply> => {
    const live: Live = { ask: async () => reply }
    const source = withoutCredentials(
      {
        live,
        start(listener) {
          const fact = { seq: 1, at: 0, type: 'var-created', variable: 4, name, default: null, stack: null }
          listener.batch({ facts: [fact as unknown as Fact], stacks: {} } as never)
          return () => {}
        },
      },
      () => false,
    )
    source.start({ link() {}, epoch() {}, batch() {}, where() {}, pace() {}, held() {} })
    const question = {
      ask: 'value',
      epoch: '',
      context: 1,
      variable: 4,
      path,
      count: 1,
      length: 1,
    } as unknown as LiveQuestion
    return (await source.live?.ask(question)) as LiveReply
  }
  const string = (text: string) => ({ kind: 'string', text: JSON.stringify(text) }) as const
  const answerWith = (value: ReturnType<typeof string>): LiveReply => ({
    state: 'value',
    left: 0,
    value,
    recorded: value,
  })

  it('are hidden by the name of the variable, of the path, and by their look', async () => {
    expect(JSON.stringify(await asked([], answerWith(string('swordfish')), 'password'))).not.toContain('swordfish')
    expect(await asked([[0, 'password']], answerWith(string('swordfish')))).toMatchObject({
      value: { text: '[redacted]' },
    })
    expect(
      await asked(
        [
          [0, 'secrets'],
          [0, 'a'],
        ],
        answerWith(string('swordfish')),
      ),
    ).toMatchObject({
      value: { text: '[redacted]' },
    })
    expect(JSON.stringify(await asked([], answerWith(string('Bearer abcdefghijklm'))))).not.toContain('abcdefghijklm')
    expect(await asked([[0, 'name']], answerWith(string('Ada')))).toMatchObject({ value: { text: '"Ada"' } })
  })
})

it('a source tells its document where to pause, when it is found, and when that changes', async () => {
  const brought: string[] = []
  lent = { version: LENT_VERSION }
  const page = openPage(echo(brought) as never)
  const recording = record({ budget: 1 })
  undo.push(() => recording.stop())
  new ContextVar('dish').set(1)
  page.setOutlet(
    Object.assign(Object.create(recording), {
      since: (seq: number) => recording.since(seq),
      packed: (seq: number) => recording.packed(seq),
      where: () => recording.where(),
      lent,
    }),
  )
  const breaks = createBreaks()
  const told: (BreaksHeld | null)[] = []
  undo.push(
    inspectedPage(page, TOP, null, breaks).start({
      link() {},
      epoch() {},
      batch() {},
      where() {},
      pace() {},
      held() {},
      breaks: (held) => told.push(held),
    }),
  )
  await vi.waitFor(() => expect(told).toEqual([null]))
  expect(brought).toEqual([])
  breaks.toggle('set', 'dish')
  await vi.waitFor(() => expect(told).toEqual([null, { state: 'wanted' }]))
  expect(brought).toEqual(['break-on'])
  breaks.switchOn(false)
  await vi.waitFor(() => expect(told).toEqual([null, { state: 'wanted' }, null]))
  breaks.switchOn(true)
  breaks.toggle('set', 'dish')
  expect(breaks.conditions.set).toEqual([])
})
