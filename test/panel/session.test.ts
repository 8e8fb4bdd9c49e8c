// What a session makes of what a source tells: what is shown, what is selected, and what a person can open and take along.

import { gzipSync } from 'node:zlib'
import { ContextVar, copyContext } from 'contextvars-devtools'
import { createTask } from 'contextvars-devtools/async'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { parseBatch, parseWhere } from '../../panel/model/recording'
import { difference } from '../../panel/model/selectors/difference'
import { treeRows } from '../../panel/model/selectors/tree'
import { keptMutes, type Shelf } from '../../panel/session/kept-mutes'
import { type Session, startSession } from '../../panel/session/session'
import { pausedContext, selectedContext, shownFeed, TOP_DOCUMENT } from '../../panel/session/state'
import type { Link, SourceListener } from '../../panel/source/source'
import type { ContextId } from '../../runtime/protocol'
import { record } from '../../runtime/recorder'

const user = new ContextVar<string>('user')

/** A page that tells what a real recorder knows when the test says so. */
class Page {
  #recorder = record()
  #told = 0
  #listener: SourceListener | null = null
  readonly session: Session

  constructor() {
    this.session = startSession(
      {
        start: (listener) => {
          this.#listener = listener
          return () => {
            this.#listener = null
          }
        },
      },
      { toolVersion: '1.2.3', describePage: async () => ({ url: 'https://example.test/shop', title: 'Shop' }) },
    )
  }

  get #to(): SourceListener {
    if (this.#listener === null) throw new Error('Nobody listens')
    return this.#listener
  }

  /** Tells everything that is new, and what is current at this moment. */
  push(): void {
    const batch = parseBatch(this.#recorder.since(this.#told))
    const where = parseWhere(this.#recorder.where())
    if (batch === null || where === null) throw new Error('The recorder answers')
    if (this.#told === 0) this.#to.epoch(batch.epoch)
    this.#told = batch.last
    this.#to.batch(batch)
    this.#to.where(where)
    this.#to.link({ state: 'live' })
  }

  /** The same, and waits until the session has a picture of it. */
  async tell(): Promise<void> {
    this.push()
    await vi.advanceTimersByTimeAsync(200)
  }

  async link(link: Link): Promise<void> {
    this.#to.link(link)
    await vi.advanceTimersByTimeAsync(200)
  }

  /** The page goes elsewhere, and is recorded there. */
  navigate(): void {
    this.stop()
    this.#recorder = record()
    this.#told = 0
  }

  stop(): void {
    this.#recorder.stop()
  }
}

let page: Page
let session: Session
const feed = () => shownFeed(session.store.state)
const selected = () => selectedContext(session.store.state)
const paused = () => pausedContext(session.store.state)
const contexts = () => feed().timeline.head.contexts

/** The newest context whose unit has this name, or this kind. */
function find(name: string): ContextId {
  const found = [...contexts().values()].filter((one) => one.name === name || one.kind === name).at(-1)
  if (found === undefined) throw new Error(`There is no context ${name}`)
  return found.id
}

beforeEach(() => {
  vi.useFakeTimers()
  page = new Page()
  session = page.session
})

afterEach(() => {
  session.end()
  page.stop()
  vi.useRealTimers()
})

it('follows what is current until the person chooses, and again when they ask', async () => {
  await page.tell()
  const base = feed().timeline.head.base
  expect(selected()).toBe(base)
  await copyContext().run(async () => {
    user.set('ada')
    await page.tell()
  })
  const copy = find('copy')
  expect(selected()).toBe(copy)
  expect(paused()).toBe(copy)

  await page.tell()
  expect(selected()).toBe(base)
  expect(paused()).toBeNull()

  session.choose(copy)
  await page.tell()
  expect(selected()).toBe(copy)
  session.followCurrent()
  expect(selected()).toBe(base)
})

it('judges what came, and publishes a flood as a few pictures', async () => {
  let pictures = 0
  session.store.subscribe(() => {
    pictures += 1
  })
  const token = user.set('ada')
  user.reset(token)
  expect(() => user.reset(token)).toThrow()
  for (let index = 0; index < 50; index += 1) {
    user.set(`user ${index}`)
    page.push()
    await vi.advanceTimersByTimeAsync(10)
  }
  await vi.advanceTimersByTimeAsync(200)
  expect(feed().judgement.findings.map(({ rule }) => rule)).toContain('token-used-twice')
  // Half a second, and a picture every tenth of it at most.
  expect(pictures).toBeLessThanOrEqual(7)
  expect(feed().version).toBe(feed().timeline.version)
})

it('looks back at a moment, judged as it was, while the page is recorded on, and comes back', async () => {
  const token = user.set('ada')
  await page.tell()
  const then = feed().timeline.head.seq
  user.reset(token)
  expect(() => user.reset(token)).toThrow()
  createTask(() => user.set('eve'), { name: 'Eve' })
  await page.tell()
  const now = contexts().size

  session.lookBack(then)
  const base = feed().timeline.head.base as ContextId
  const held = () => [...(feed().world.contexts.get(base)?.holdings.values() ?? [])].map(({ value }) => value.text)
  expect(held()).toContain('"ada"')
  expect(feed().world.contexts.size).toBeLessThan(now)
  expect(feed().judgement.findings.map(({ rule }) => rule)).not.toContain('token-used-twice')
  // What the moment's fact was about is what is looked at, and it is no pause.
  expect(selected()).toBe(base)
  expect(paused()).toBeNull()

  const picture = feed()
  expect(feed()).toBe(picture)
  createTask(() => user.set('bob'), { name: 'Bob' })
  await page.tell()
  expect(feed().world).toBe(picture.world)
  expect(held()).toContain('"ada"')

  session.goLive()
  expect(contexts().size).toBeGreaterThan(now)
  expect(feed().judgement.findings.map(({ rule }) => rule)).toContain('token-used-twice')
  expect(held()).not.toContain('"ada"')
})

it('looks back in one document, and finds another as it was left', async () => {
  session.preserve(true)
  user.set('ada')
  await page.tell()
  page.navigate()
  await page.tell()
  user.set('eve')
  await page.tell()
  session.lookBack(1)
  const left = session.store.state.kept[0]?.key ?? ''
  session.showDocument(left)
  expect(session.store.state.past).toBeNull()
  session.showDocument(TOP_DOCUMENT)
  expect(session.store.state.past?.seq).toBe(1)
  // The next page has another past.
  page.navigate()
  await page.tell()
  expect(session.store.state.past).toBeNull()
})

it('stays with what was kept of the page that was left, when the next page has its recorder late', async () => {
  session.preserve(true)
  createTask(() => user.set('ada'), { name: 'Ada' })
  await page.tell()
  page.navigate()
  await page.link({ state: 'no-runtime' })
  const left = session.store.state.kept[0]?.key ?? ''
  session.showDocument(left)
  session.choose(find('Ada'))
  await page.tell()
  expect(session.store.state.document).toBe(left)
  expect(selected()).toBe(find('Ada'))
  session.showDocument(TOP_DOCUMENT)
  expect(contexts()).toBe(session.store.state.page.timeline.head.contexts)
  expect(selected()).toBe(feed().timeline.head.base)
})

it('turns to a new document with a fresh look', async () => {
  createTask(() => user.set('ada'), { name: 'Ada' })
  await page.tell()
  session.choose(find('Ada'))
  session.collapse(find('base'))
  session.search('ada')
  page.navigate()
  await page.link({ state: 'looking' })
  await page.tell()
  const { chosen, collapsed, query } = session.store.state
  expect({ chosen, collapsed: collapsed.size, query }).toEqual({ chosen: null, collapsed: 0, query: '' })
  expect(selected()).toBe(feed().timeline.head.base)
})

it('shows nothing of a document that was left, and says since when', async () => {
  await page.tell()
  expect(feed().silentSince).toBeNull()
  vi.setSystemTime(new Date('2026-03-01T12:00:00Z'))
  await page.link({ state: 'looking' })
  vi.setSystemTime(new Date('2026-03-01T12:00:05Z'))
  await page.link({ state: 'no-runtime' })
  expect(contexts().size).toBe(0)
  expect(feed().silentSince).toBe(Date.parse('2026-03-01T12:00:00Z'))
})

it('keeps what was heard of a page that no longer answers', async () => {
  await page.tell()
  await page.link({ state: 'lost', why: 'It is busy.' })
  expect(contexts().size).toBeGreaterThan(0)
  expect(paused()).toBeNull()
})

it('reveals a context that is folded away, filtered out or ended', async () => {
  copyContext().run(() => {
    user.set('ada')
    copyContext().run(() => user.set('grace'))
  })
  await page.tell()
  const copy = find('copy')
  const parent = contexts().get(copy)?.parent ?? copy
  session.collapse(parent)
  session.search('nobody')
  session.hideEnded(true)
  session.filter({ hideCallbacks: true, holds: 'nothing is called so' })
  session.reveal(copy)
  const { chosen, collapsed, hideEnded, query, filters, part } = session.store.state
  expect(chosen).toBe(copy)
  expect(part).toBe('details')
  const rows = treeRows(feed().timeline.head, [], { collapsed, hideEnded, query, ...filters })
  expect(rows.map(({ context }) => context)).toContain(copy)
  // What does not hide it stays as the person wants it.
  expect(filters).toEqual({ hideCallbacks: true, holds: null })
})

it('pins a context as it is at the moment, whatever happens in it later', async () => {
  const copy = copyContext()
  copy.run(() => user.set('ada'))
  await page.tell()
  session.choose(find('copy'))
  session.pin()
  copy.run(() => user.set('grace'))
  await page.tell()
  const { pinned } = session.store.state
  if (pinned === null) throw new Error('It is pinned')
  const { past, context } = pinned
  expect(context).toBe(selected())
  const lines = () =>
    difference({ world: past.world, context }, { world: feed().world, context }).map(
      ({ change, from, to }) => `${change} ${from?.text} ${to?.text}`,
    )
  expect(lines()).toEqual(['changed "ada" "grace"'])

  session.followCurrent()
  session.showPinned()
  expect(selected()).toBe(context)
  expect(lines()).toEqual(['same "ada" "ada"'])
  session.unpin()
  expect(session.store.state.pinned).toBeNull()
})

it('opens a variable among all, also from elsewhere in a narrow panel', async () => {
  user.set('ada')
  await page.tell()
  const [variable = null] = feed().world.variables.keys()
  session.openVariable(variable)
  expect(session.store.state).toMatchObject({ variable, part: 'drawer', drawer: 'variables' })
  session.openVariable(null)
  expect(session.store.state).toMatchObject({ variable: null, drawer: 'variables' })
})

it('opens what it exported, while the page goes on behind it', async () => {
  user.set('ada')
  await page.tell()
  const { name, text } = await session.exportFile()
  expect(name).toMatch(/^example\.test-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d\.ctxsnap\.json$/)
  expect(JSON.parse(text)).toMatchObject({
    tool: { version: '1.2.3' },
    page: { url: 'https://example.test/shop', title: 'Shop' },
  })
  const facts = [...feed().timeline.facts]

  await session.openFile(new File([text], name))
  expect(session.store.state.file?.name).toBe(name)
  expect(feed().link).toEqual({ state: 'closed' })
  expect(feed().timeline.facts).toEqual(facts)

  user.set('grace')
  await page.tell()
  expect(feed().timeline.facts).toHaveLength(facts.length)
  session.closeFile()
  expect(feed().timeline.facts.length).toBeGreaterThan(facts.length)
})

it('opens the file that was chosen last, however long each takes to read', async () => {
  await page.tell()
  const { text } = await session.exportFile()
  const slow = new File([gzipSync(text)], 'first.ctxsnap.json.gz')
  const quick = new File([text], 'second.ctxsnap.json')
  await Promise.all([session.openFile(slow), session.openFile(quick)])
  expect(session.store.state.file?.name).toBe('second.ctxsnap.json')
})

it('exports although the page hangs and does not even tell its address', async () => {
  const hanging = startSession(
    { start: () => () => {} },
    { toolVersion: '1', describePage: () => new Promise(() => {}) },
  )
  const failing = startSession(
    { start: () => () => {} },
    { toolVersion: '1', describePage: () => Promise.reject(new Error('gone')) },
  )
  const files = Promise.all([hanging.exportFile(), failing.exportFile()])
  await vi.advanceTimersByTimeAsync(2000)
  for (const { name, text } of await files) {
    expect(name).toMatch(/^contextvars-/)
    expect(JSON.parse(text)).toMatchObject({ page: { url: '', title: '' } })
  }
  hanging.end()
  failing.end()
})

it('refuses a file in a sentence and stays where it is', async () => {
  await page.tell()
  await session.openFile(new File(['not json'], 'holiday.json'))
  expect(session.store.state.refusal).toEqual({ name: 'holiday.json', why: expect.stringMatching(/no recording/) })
  expect(session.store.state.file).toBeNull()
  session.dismissRefusal()
  expect(session.store.state.refusal).toBeNull()
})

it('counts apart what is muted, at once and in each file that is made of it', async () => {
  const token = user.set('ada')
  user.reset(token)
  expect(() => user.reset(token)).toThrow()
  await page.tell()
  const found = () => feed().judgement.findings.find(({ rule }) => rule === 'token-used-twice')
  const muted = () => feed().judgement.muted.map(({ mute }) => mute)
  const finding = found()
  if (finding === undefined) throw new Error('There is one')
  session.mute(finding, 'a test does that')
  await vi.advanceTimersByTimeAsync(200)
  expect(found()).toBeUndefined()
  expect(muted()).toMatchObject([{ rule: 'token-used-twice', variable: 'user', reason: 'a test does that' }])
  expect(await session.report()).toContain('a test does that')
  // Also where somebody looks at a moment before it was one.
  session.lookBack(1)
  expect(await session.report()).toContain('a test does that')
  session.goLive()

  const { text } = await session.exportFile()
  await session.openFile(new File([text], 'muted.ctxsnap.json'))
  expect(found()).toBeUndefined()
  for (const mute of muted()) session.unmute(mute)
  expect(found()).toBeDefined()
  // What is done in a file stays there.
  session.closeFile()
  expect(found()).toBeUndefined()
  for (const mute of muted()) session.unmute(mute)
  await vi.advanceTimersByTimeAsync(200)
  expect(found()).toBeDefined()
  expect(JSON.parse((await session.exportFile()).text)).not.toHaveProperty('mutes')
})

it('mutes also in what was kept of a page that was left', async () => {
  session.preserve(true)
  const token = user.set('ada')
  user.reset(token)
  expect(() => user.reset(token)).toThrow()
  await page.tell()
  page.navigate()
  await page.tell()
  session.showDocument(session.store.state.kept[0]?.key ?? '')
  const [finding] = feed().judgement.findings
  if (finding === undefined) throw new Error('There is one')
  session.mute(finding, '')
  expect(feed().judgement.muted.map(({ finding }) => finding.id)).toEqual([finding.id])
})

it('hears what another panel muted, and keeps what it mutes', async () => {
  let kept = 'no list'
  let changed = () => {}
  const shelf: Shelf = { read: () => kept, write: (text) => (kept = text), watch: (listener) => (changed = listener) }
  const mutes = keptMutes(shelf)
  expect(mutes.mutes).toEqual([])
  mutes.change((before) => [...before, { rule: 'a', reason: 'b' }])
  expect(kept).toBe('[{"rule":"a","reason":"b"}]')
  let heard = 0
  mutes.subscribe(() => heard++)
  kept = '[{"rule":"c","reason":"d"},{"rule":1}]'
  changed()
  expect([heard, mutes.mutes]).toEqual([1, [{ rule: 'c', reason: 'd' }]])
  // Also what it has not heard of yet.
  kept = '[{"rule":"e","reason":"f"}]'
  mutes.change((before) => [...before, { rule: 'g', reason: 'h' }])
  expect(kept).toBe('[{"rule":"e","reason":"f"},{"rule":"g","reason":"h"}]')
  const forgetful = keptMutes({ read: () => null, write: () => {}, watch: () => {} })
  for (const rule of ['a', 'b']) forgetful.change((before) => [...before, { rule, reason: '' }])
  expect(forgetful.mutes).toHaveLength(2)
})

it('says the same in Markdown, for a bug report', async () => {
  user.set('ada')
  await page.tell()
  expect(await session.report()).toContain('https://example.test/shop')
})

it('keeps secrets out of what leaves the desk, file and report alike', async () => {
  new ContextVar<string>('password').set('hunter2')
  user.set('ada@example.test')
  await page.tell()
  for (const text of [(await session.exportFile()).text, await session.report()]) {
    expect(text).toContain('password')
    expect(text).not.toContain('hunter2')
    expect(text).not.toContain('ada@example.test')
  }
})
