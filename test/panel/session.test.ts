// What a session makes of what a source tells: what is shown, what is selected, and what a person can open and take along.

import { gzipSync } from 'node:zlib'
import { Context, ContextVar, copyContext } from 'contextvars-devtools'
import { createTask } from 'contextvars-devtools/async'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { parseBatch, parseWhere } from '../../panel/model/recording'
import { toRecording } from '../../panel/model/recording-text'
import { difference } from '../../panel/model/selectors/difference'
import { treeRows } from '../../panel/model/selectors/tree'
import { EVERYTHING, type ExportedFile } from '../../panel/session/export'
import type { Asking } from '../../panel/session/judging'
import { keptMutes, type Shelf } from '../../panel/session/kept-mutes'
import { type Session, startSession } from '../../panel/session/session'
import { isReloaded, pausedContext, selectedContext, shownFeed, TOP_DOCUMENT } from '../../panel/session/state'
import type { Link, SourceListener } from '../../panel/source/source'
import type { ContextId, PreviewSize, StackId } from '../../runtime/protocol'
import { record } from '../../runtime/recorder'
import { story } from '../model/story'

const user = new ContextVar<string>('user')

/** All that is shown, as a file. */
async function exported(session: Session): Promise<ExportedFile> {
  const made = await session.export(EVERYTHING)
  if (!made.ok) throw new Error(made.error)
  return made.value
}

/** As they are at that moment. */
const settingsOf = (page: { previews: PreviewSize }) => ({
  get previews() {
    return page.previews
  },
})

/** What is shown, as a report. */
async function reported(session: Session): Promise<string> {
  const made = await session.report()
  if (!made.ok) throw new Error(made.error)
  return made.value
}

/** A page that tells what a real recorder knows when the test says so. */
class Page {
  #recorder = record({ budget: 1 })
  #told = 0
  #listener: SourceListener | null = null
  readonly session: Session
  /** What the person wants taken out, as it is kept. */
  rules: string | null = null
  /** Hears what is asked for. */
  readonly heard = new Set<() => void>()
  readonly choices: { outlived: 'ignored' | 'told'; effectless: 'ignored'; listeners: 'ignored' } = {
    outlived: 'ignored',
    effectless: 'ignored',
    listeners: 'ignored',
  }
  previews: PreviewSize = 'usual'
  readonly asking: Asking = {
    choices: this.choices,
    settings: settingsOf(this),
    subscribe: (listener) => {
      this.heard.add(listener)
      return () => this.heard.delete(listener)
    },
  }

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
      {
        toolVersion: '1.2.3',
        browser: 'Chrome 156 on Linux x86_64',
        recording: this.asking,
        describePage: async () => ({ url: 'https://example.test/shop', title: 'Shop' }),
        redaction: { read: () => this.rules, write: () => {}, watch: () => {} },
      },
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

  /** The page takes the settings. */
  async hold(): Promise<void> {
    this.#to.held({ state: 'wanted' })
    await vi.advanceTimersByTimeAsync(200)
  }

  async link(link: Link): Promise<void> {
    this.#to.link(link)
    await vi.advanceTimersByTimeAsync(200)
  }

  /** The page goes elsewhere, and is recorded there. */
  navigate(): void {
    this.stop()
    this.#recorder = record({ budget: 1 })
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

it('takes the page for one that was reloaded when another recording answers, and not before', async () => {
  await page.tell()
  expect(isReloaded(session.store.state)).toBe(false)
  session.followReload()
  expect(isReloaded(session.store.state)).toBe(false)
  await page.link({ state: 'looking' })
  await page.tell()
  expect(isReloaded(session.store.state)).toBe(false)
  page.navigate()
  await page.link({ state: 'no-runtime' })
  expect(isReloaded(session.store.state)).toBe(false)
  await page.tell()
  expect(isReloaded(session.store.state)).toBe(true)
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
  expect(filters).toEqual({ hideCallbacks: true, hideUntraced: true, holds: null })
})

it('goes on hiding what ended where it reveals what may go on', async () => {
  const told = story(`
    user is a variable
    base copies work
    work enters
    work leaves
    base copies over
    over enters
    over leaves
    work sets user = 1 as t`)
  const recording = toRecording(told.timeline, { url: '', title: '', exported: '2026-03-01T12:00:00Z' }, '0.1.0')
  await session.openFile(new File([JSON.stringify(recording)], 'a.ctxsnap.json'))
  session.hideEnded(true)
  session.reveal(told.context('work'))
  expect(session.store.state.hideEnded).toBe(true)
  session.reveal(told.context('over'))
  expect(session.store.state.hideEnded).toBe(false)
})

it('turns to the context of a problem that is opened, and unfolds the tree for it', async () => {
  copyContext().run(() => {
    const token = user.set('ada')
    user.reset(token)
    expect(() => user.reset(token)).toThrow()
  })
  await page.tell()
  const [base, copy] = [find('base'), find('copy')]
  const problem = feed().judgement.findings.find(({ rule }) => rule === 'token-used-twice')
  session.choose(base)
  session.collapse(base)
  session.openProblem(problem?.id ?? null)
  expect(selected()).toBe(copy)
  const { collapsed, part, drawer, problem: opened } = session.store.state
  expect([part, drawer, opened]).toEqual(['drawer', 'problems', problem?.id])
  expect(collapsed.has(base)).toBe(false)
  session.choose(base)
  session.openProblem(null)
  expect(selected()).toBe(base)
})

it('takes off the filters that would hide the context of a problem that is opened, and no others', async () => {
  copyContext().run(() => {
    const token = user.set('ada')
    user.reset(token)
    expect(() => user.reset(token)).toThrow()
  })
  await createTask(() => void user.set('left')).result
  await page.tell()
  const { findings } = feed().judgement
  const open = (severity: string) => {
    session.search('nowhere')
    session.hideEnded(true)
    session.filter({ hideCallbacks: true, holds: 'nothing' })
    const problem = findings.find((finding) => finding.severity === severity)
    if (problem?.context == null) throw new Error(`There is a problem of the kind ${severity}`)
    session.openProblem(problem.id)
    const { query, hideEnded, filters } = session.store.state
    const rows = treeRows(feed().world, findings, { collapsed: new Set(), query, hideEnded, ...filters })
    expect(rows.map(({ context }) => context)).toContain(problem.context)
    return hideEnded
  }
  // What has an error or a warning is never hidden for having ended.
  expect(open('error')).toBe(true)
  expect(open('info')).toBe(false)
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
  const { name, text } = await exported(session)
  expect(name).toMatch(/^example\.test-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d\.ctxsnap\.json$/)
  expect(JSON.parse(text)).toMatchObject({
    tool: { version: '1.2.3' },
    page: { url: 'https://example.test/shop', title: 'Shop', browser: 'Chrome 156 on Linux x86_64' },
  })
  const facts = [...feed().timeline.facts]

  await session.openFile(new File([text], name))
  expect(session.store.state.file?.name).toBe(name)
  expect(feed().link).toEqual({ state: 'closed' })
  expect(feed().timeline.facts).toEqual(facts)
  expect(JSON.parse((await exported(session)).text).page.browser).toBe('Chrome 156 on Linux x86_64')

  user.set('grace')
  await page.tell()
  expect(feed().timeline.facts).toHaveLength(facts.length)
  session.closeFile()
  expect(feed().timeline.facts.length).toBeGreaterThan(facts.length)
})

it('exports a moment of the past, and says in each file what was left out of the one before', async () => {
  for (const name of ['ada', 'grace', 'lin']) user.set(name)
  await page.tell()
  const moment = feed().timeline.facts.at(-2)?.seq ?? 0
  const made = await session.export({ ...EVERYTHING, upTo: moment })
  if (!made.ok) throw new Error(made.error)
  await session.openFile(new File([made.value.text], made.value.name))
  expect(feed().timeline.head.seq).toBe(moment)
  const left = session.store.state.file?.cut
  expect(left).toBe(`What came after fact ${moment} is left out.`)

  const again = await session.export({ ...EVERYTHING, after: moment - 1 })
  if (!again.ok) throw new Error(again.error)
  expect(JSON.parse(again.value.text).options.cut).toMatch(left ?? '')
  expect(JSON.parse(again.value.text).options.cut).toContain('What came up to fact')
  expect(JSON.parse((await exported(session)).text).options.cut).toBe(left)
})

it('opens the file that was chosen last, however long each takes to read', async () => {
  await page.tell()
  const { text } = await exported(session)
  const slow = new File([gzipSync(text)], 'first.ctxsnap.json.gz')
  const quick = new File([text], 'second.ctxsnap.json')
  await Promise.all([session.openFile(slow), session.openFile(quick)])
  expect(session.store.state.file?.name).toBe('second.ctxsnap.json')
})

it('exports what was shown when that was asked for, whatever is shown when the page has answered', async () => {
  const file = JSON.parse((await exported(session)).text)
  const cut = { ...file, options: { ...file.options, cut: 'The first half is left out.' } }
  const waiting = startSession(
    { start: () => () => {} },
    { toolVersion: '1', describePage: () => new Promise(() => {}) },
  )
  const made = exported(waiting)
  await waiting.openFile(new File([JSON.stringify(cut)], 'cut.ctxsnap.json'))
  await vi.advanceTimersByTimeAsync(2000)
  waiting.end()
  expect(JSON.parse((await made).text).options).not.toHaveProperty('cut')
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
  const files = Promise.all([exported(hanging), exported(failing)])
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

it('says which file is being opened, and only of the last one what became of it', async () => {
  await page.tell()
  const { text } = await exported(session)
  const first = session.openFile(new File(['not json'], 'holiday.json'))
  expect(session.store.state.opening).toBe('holiday.json')
  const second = session.openFile(new File([text], 'desk\u202e.ctxsnap.json'))
  expect(session.store.state.opening).toBe('desk\\u202e.ctxsnap.json')
  await Promise.all([first, second])
  expect(session.store.state).toMatchObject({
    opening: null,
    refusal: null,
    file: { name: 'desk\\u202e.ctxsnap.json' },
  })
})

it('judges a file anew, with its own mutes, where a rule is asked for', async () => {
  await page.tell()
  await session.openFile(new File([(await exported(session)).text], 'desk.ctxsnap.json'))
  const { judgement } = feed()
  page.choices.outlived = 'told'
  for (const hear of page.heard) hear()
  expect(feed().judgement).not.toBe(judgement)
  expect(session.store.state.file?.mutes).toEqual([])
  page.choices.outlived = 'ignored'
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
  expect(await reported(session)).toContain('a test does that')
  // Also where somebody looks at a moment before it was one.
  session.lookBack(1)
  expect(await reported(session)).toContain('a test does that')
  session.goLive()

  const { text } = await exported(session)
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
  expect(JSON.parse((await exported(session)).text)).not.toHaveProperty('mutes')
})

it('takes along with a part what is muted there, and nothing of what is muted elsewhere', async () => {
  const [one, other] = [new Context(), copyContext()]
  one.run(() => {
    const token = user.set('ada')
    user.reset(token)
    expect(() => user.reset(token)).toThrow()
  })
  other.run(() => user.set('bob'))
  await page.tell()
  const finding = feed().judgement.findings.find(({ rule }) => rule === 'token-used-twice')
  if (finding === undefined) throw new Error('There is one')
  session.mute(finding, 'a test does that')
  await vi.advanceTimersByTimeAsync(200)
  const reasons = async (context: ContextId | null) => {
    const made = await session.export({ ...EVERYTHING, context })
    return made.ok && (JSON.parse(made.value.text).mutes ?? []).map(({ reason }: { reason: string }) => reason)
  }
  const parts = [null, find('new'), find('copy')]
  expect(await Promise.all(parts.map(reasons))).toEqual([['a test does that'], ['a test does that'], []])
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
  expect(await reported(session)).toContain('https://example.test/shop')
})

it('says in a file that its pictures are small, where the page was recorded so, and it says that elsewhere', async () => {
  page.previews = 'small'
  user.set('ada')
  await page.tell()
  const cutOf = async () => JSON.parse((await exported(session)).text).options.cut
  expect(await cutOf()).toBeUndefined()
  await page.hold()
  expect(await cutOf()).toMatch(/small pictures/)
  const { text } = await exported(session)
  page.previews = 'usual'
  expect(await cutOf()).toBeUndefined()
  await session.openFile(new File([text], 'small.ctxsnap.json'))
  expect(session.store.state.file?.cut).toMatch(/small pictures/)
  expect(await cutOf()).toMatch(/small pictures/)
})

it('keeps secrets out of what leaves the desk, file and report alike', async () => {
  new ContextVar<string>('password').set('hunter2')
  user.set('ada@example.test')
  await page.tell()
  for (const text of [(await exported(session)).text, await reported(session)]) {
    expect(text).toContain('password')
    expect(text).not.toContain('hunter2')
    expect(text).not.toContain('ada@example.test')
  }
})

it('copies a call stack as engines write it, as long as it is known', async () => {
  user.set('ada')
  await page.tell()
  const setAt = feed().timeline.facts.find(({ type }) => type === 'var-set')
  if (setAt?.type !== 'var-set' || setAt.stack === null) throw new Error('It has its stack')
  const copied = session.stackText(setAt.stack)
  expect(copied).toEqual({ ok: true, value: expect.stringMatching(/^ {4}at .+ \(.*session\.test\.ts:\d+:\d+\)\n/) })
  const position = session.stackText(setAt.stack, 0)
  expect(position).toEqual({ ok: true, value: expect.stringMatching(/^\S*session\.test\.ts:\d+:\d+$/) })
  expect(session.stackText(9_999 as StackId)).toEqual({ ok: false, error: 'This call stack is there no more.' })
})

it('takes out of all that is copied what somebody wants taken out, and copies nothing where that cannot be', async () => {
  const token = user.set('ORD-17')
  user.reset(token)
  expect(() => user.reset(token)).toThrow()
  user.set('ORD-18')
  await page.tell()
  const [finding] = feed().judgement.findings
  const base = selectedContext(session.store.state)
  const setAt = finding?.stack ?? null
  if (finding === undefined || base === null || setAt === null) throw new Error('There is one')
  const copies = async () => [
    await session.report(),
    session.reproduce(finding, 'python'),
    ...(['text', 'json', 'markdown'] as const).map((form) => session.contextText(base, form)),
    session.stackText(setAt),
  ]
  expect(JSON.stringify(await copies())).toContain('ORD-18')
  page.rules = JSON.stringify({ names: '', patterns: 'ORD-\\d+' })
  for (const made of await copies()) {
    expect(made.ok).toBe(true)
    expect(JSON.stringify(made)).not.toContain('ORD-1')
  }
  for (const pattern of ['(?<=ORD-)\\d+', '(']) {
    page.rules = JSON.stringify({ names: '', patterns: `ORD-\\d+\n${pattern}` })
    for (const made of await copies()) {
      const error = expect.stringMatching(/^Not copied\. “.+” .+\. Mend it in Export, under “Take out more”\.$/)
      expect(made).toEqual({ ok: false, error })
    }
  }
})
