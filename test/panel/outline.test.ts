// A panel that is opened on a page which was recorded for long: what lives is there first, and all else when it was read.

import { ContextVar, copyContext } from 'contextvars-devtools'
import { afterEach, expect, it, vi } from 'vitest'
import { NOT_JUDGED } from '../../panel/model/rules'
import { startSession } from '../../panel/session/session'
import { isOutlined, type SessionState, selectedContext, shownFeed, treeWorld } from '../../panel/session/state'
import { inspectedPage } from '../../panel/source/inspected-page'
import { type ContextId, OUTLET_KEY } from '../../runtime/protocol'
import { Recording } from '../../runtime/recorder/recording'
import { openPage } from './page'

const undo: (() => void)[] = []
afterEach(() => {
  for (const end of undo.splice(0)) end()
})

const outletOf = (page: object): Recording => Reflect.get(page, OUTLET_KEY)

const step = new ContextVar<number>('step')
const kept: unknown[] = []

/** A page whose log has so many facts, and the session of a panel that is opened on it. */
function opened(facts: number, bring = () => import('../../runtime/on-demand/outline')) {
  const recording = new Recording({ stacks: 'none' })
  undo.push(() => recording.stop())
  const last = (): number => JSON.parse(recording.where()).last
  while (last() < facts) {
    for (let index = 0; index < 100; index++) {
      const context = copyContext()
      kept.push(context)
      context.run(() => step.set(index))
    }
  }
  Reflect.defineProperty(globalThis, OUTLET_KEY, { value: recording, configurable: true })
  undo.push(() => Reflect.deleteProperty(globalThis, OUTLET_KEY))
  const brought: string[] = []
  const page = openPage({
    async inject(_, script) {
      brought.push(String(script))
      vi.resetModules()
      await bring()
    },
  })
  page.setOutlet(recording)
  const session = startSession(inspectedPage(page), {
    toolVersion: '1.2.3',
    describePage: async () => ({ url: '', title: '' }),
  })
  undo.push(() => session.end())
  const pictures: SessionState[] = []
  undo.push(session.store.subscribe(() => pictures.push(session.store.state)))
  const isRead = () => {
    const { timeline, version, outline } = shownFeed(session.store.state)
    expect(timeline.head.seq).toBe(last())
    expect(version).toBe(timeline.version)
    expect(outline).toBeNull()
  }
  return { session, page, pictures, isRead, brought }
}

it('the tree is whole from its first picture on, before any fact, and the rules wait for what it holds', async () => {
  const { session, page, pictures, isRead } = opened(60_000)
  const answers: string[] = []
  page.answered = (answer) => answers.push(answer.slice(0, answer.indexOf('\n')))
  await vi.waitFor(isRead, 20_000)
  expect(answers.indexOf('recorder')).toBeGreaterThan(answers.indexOf('answer'))
  const { contexts } = shownFeed(session.store.state).timeline.head
  const filled = pictures.filter((state) => treeWorld(state).contexts.size > 0)
  const before = filled.filter((state) => shownFeed(state).outline !== null)
  expect(before.length).toBeGreaterThan(0)
  expect(filled.every((state) => treeWorld(state).contexts.size === contexts.size)).toBe(true)
  expect(before.every((state) => shownFeed(state).judgement === NOT_JUDGED)).toBe(true)
  expect(before.every((state) => selectedContext(state) === treeWorld(state).base)).toBe(true)
  expect(shownFeed(session.store.state).judgement.findings.length).toBeGreaterThan(0)
}, 40_000)

it('who looks for values sees what was read so far', async () => {
  const { session, pictures, isRead } = opened(60_000)
  await vi.waitFor(() => expect(pictures.some(isOutlined)).toBe(true), 20_000)
  session.search('step')
  const from = pictures.length
  const { state } = session.store
  expect(treeWorld(state)).toBe(shownFeed(state).timeline.head)
  await vi.waitFor(isRead, 20_000)
  expect(pictures.slice(from).some(isOutlined)).toBe(false)
}, 40_000)

it('what a context holds is copied when it was read, and not before', async () => {
  const { session, isRead } = opened(60_000)
  const copy = () => session.contextText(treeWorld(session.store.state).base ?? (0 as ContextId), 'text')
  const early = new Promise((resolve) => {
    const end = session.store.subscribe(() => {
      if (!isOutlined(session.store.state)) return
      end()
      resolve(copy())
    })
  })
  expect(await early).toEqual({ ok: false, error: 'Not copied: what it holds is still being read.' })
  await vi.waitFor(isRead, 20_000)
  expect(copy().ok).toBe(true)
}, 40_000)

it('of a document that goes before it was read, what was read is all there is', async () => {
  const { session, page } = opened(60_000)
  session.preserve(true)
  const another = new Recording({ stacks: 'none' })
  undo.push(() => another.stop())
  const end = session.store.subscribe(() => {
    const { outline, timeline } = session.store.state.page
    if (outline === null || timeline.facts.length === 0) return
    end()
    page.setOutlet(another)
  })
  await vi.waitFor(() => expect(session.store.state.kept).toHaveLength(1), 20_000)
  const [{ feed }] = session.store.state.kept as [SessionState['kept'][number]]
  expect(feed.timeline.head.seq).toBeLessThan(60_000)
  expect(feed.outline).toBeNull()
  expect(feed.world).toBe(feed.timeline.head)
  expect(feed.judgement).not.toBe(NOT_JUDGED)
}, 40_000)

it('a document that was recorded for long, too, is read from its own start', async () => {
  const { page, pictures, isRead } = opened(40_000)
  await vi.waitFor(isRead, 20_000)
  const another = new Recording({ stacks: 'none' })
  undo.push(() => another.stop())
  while (JSON.parse(another.where()).last < 35_000) copyContext().run(() => step.set(1))
  const asked: number[] = []
  const packed = another.packed.bind(another)
  another.packed = (seq) => {
    asked.push(seq)
    return packed(seq)
  }
  Reflect.defineProperty(globalThis, OUTLET_KEY, { value: another, configurable: true })
  page.setOutlet(another)
  const from = pictures.length
  page.tell('navigated')
  await vi.waitFor(() => expect(asked.length).toBeGreaterThan(0), 20_000)
  expect(asked[0]).toBe(0)
  await vi.waitFor(() => expect(pictures.slice(from).some(isOutlined)).toBe(true), 20_000)
}, 40_000)

it('a short log is read without asking what lives', async () => {
  const { isRead, brought, pictures } = opened(20_000)
  await vi.waitFor(isRead, 20_000)
  expect(brought).toEqual([])
  expect(pictures.every((state) => shownFeed(state).outline === null)).toBe(true)
}, 40_000)

it.each([
  ['does not run', async () => {}],
  [
    'has no end',
    async () =>
      Object.assign(outletOf(globalThis).lent, {
        outline(question: string) {
          const { from } = JSON.parse(question)
          const rows = Array.from({ length: 60_000 }, (_, index) => [index === 0 ? from : 1, 0, 0]).flat()
          const looks = [['copy', null, null, false]]
          return JSON.stringify({ part: { last: 60_000, next: from + 60_000, looks, rows } })
        },
      }),
  ],
  ['is forged', async () => Object.assign(outletOf(globalThis).lent, { outline: () => '{"part":1}' })],
])(
  'where the script %s, the tree grows as the log is read',
  async (_, bring) => {
    const { isRead, pictures } = opened(40_000, bring as never)
    await vi.waitFor(isRead, 20_000)
    expect(pictures.every((state) => shownFeed(state).outline === null)).toBe(true)
  },
  40_000,
)

it('what a page makes up of facts to come keeps no tree from being replaced', async () => {
  const looks = [['base', null, null, false]]
  const part = { last: Number.MAX_SAFE_INTEGER, next: null, looks, rows: [1, 0, 0] }
  const forged = () => JSON.stringify({ part })
  const bring = async () => Object.assign(outletOf(globalThis).lent, { outline: forged })
  const { isRead, pictures } = opened(40_000, bring as never)
  await vi.waitFor(isRead, 20_000)
  expect(pictures.some((state) => shownFeed(state).outline !== null)).toBe(true)
}, 40_000)
