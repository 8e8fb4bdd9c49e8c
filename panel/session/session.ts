// What a person does with the panel: look, search, open a file, take one along. It joins the sources to the state that the views
// show, and knows nothing of the screen.

import type { ContextId, Mute, Recording, VariableId } from '../../runtime/protocol'
import { recordingOfAll } from '../model/excerpt'
import type { Finding } from '../model/finding'
import { muteOf, withMute, withoutMute } from '../model/mutes'
import { parseRecording, plainText, toRecording } from '../model/recording'
import type { Redaction } from '../model/redact'
import { parseRules, soundRules } from '../model/redaction-rules'
import { type ContextForm, contextText } from '../model/report/context-text'
import { reportMarkdown } from '../model/report/markdown'
import type { FactGroup } from '../model/selectors/fact-labels'
import { Timeline } from '../model/timeline'
import type { FrameSource } from '../source/frames'
import type { Ask, LiveReply } from '../source/live'
import type { Source } from '../source/source'
import { type Breaks, createBreaks } from './breaks'
import {
  EVERYTHING,
  type Exported,
  type ExportedFile,
  type ExportPreview,
  type ExportRequest,
  exportedFile,
  exportPreview,
  type Outcome,
} from './export'
import { closedFeed, judgedAnew, startFeed } from './feed'
import { type DocumentState, startFrames } from './frames'
import { newestGone } from './gone'
import { keptMutes, type Shelf } from './kept-mutes'
import { startLookingBack } from './looking-back'
import { pastOf } from './past'
import { readRecordingText } from './recording-file'
import { type Language, reproduced } from './reproduce'
import {
  type DocumentKey,
  type Drawer,
  type Filters,
  FRESH_LOOK,
  FRESH_PAGE,
  initialState,
  isGone,
  newestFeed,
  type Part,
  type SessionState,
  selectedContext,
  shownFeed,
  TOP_DOCUMENT,
} from './state'
import { createStore, type Store } from './store'

export type { Ask, LiveReply } from '../source/live'

export interface Session {
  readonly store: Pick<Store<SessionState>, 'state' | 'subscribe'>
  /** Where pages are to pause. */
  readonly breaks: Breaks
  /** Asks the document that is shown what lives in it now. */
  askLive(ask: Ask): Promise<LiveReply>
  /** How many entries of a value are shown, by the path to it: remembered as long as its document is there. None closes it. */
  openValue(key: string, entries: number): void
  /** Turns to a context and stays there. */
  choose(context: ContextId): void
  /** The same from elsewhere in the panel: makes sure that the tree shows it, and a narrow panel its details. */
  reveal(context: ContextId): void
  /** Turns to whatever is current in the page, from now on. */
  followCurrent(): void
  /** Turns to the row of a document, which is not shown for that. */
  mark(document: DocumentKey): void
  /** Shows another document of the page, as it was left. */
  showDocument(document: DocumentKey): void
  foldDocument(): void
  /** Whether to keep what a page told when it is reloaded or goes elsewhere. What was kept goes when that ends. */
  preserve(keep: boolean): void
  /** Shows another document, and selects what is current there. */
  followDocument(document: DocumentKey): void
  collapse(context: ContextId): void
  expand(contexts: Iterable<ContextId>): void
  search(query: string): void
  hideEnded(hide: boolean): void
  filter(filters: Partial<Filters>): void
  show(part: Part): void
  /** Shows what lies in the drawer. */
  openDrawer(drawer: Drawer): void
  /** Shows the world as it was just after the fact of this number, or the newest before it. */
  lookBack(seq: number): void
  /** Shows what goes on again; of a file, its end. */
  goLive(): void
  /** Compares whatever is shown from now on with the selected context, as it is at this moment. */
  pin(): void
  unpin(): void
  /** Turns to what is compared with. */
  showPinned(): void
  /** Which facts the events are. */
  listFacts(groups: ReadonlySet<FactGroup>): void
  listSelectedOnly(only: boolean): void
  /** Opens a problem, or none. */
  openProblem(id: string | null): void
  /** Opens a variable among all, or none. */
  openVariable(variable: VariableId | null): void
  /** Counts it apart from now on, and all others of its line: in every panel, or, where a file is shown, in that. */
  mute(finding: Finding, reason: string): void
  unmute(mute: Mute): void
  /** Shows a recording, gzipped or not, in place of the page; the page goes on being recorded behind it. */
  openFile(file: File): Promise<void>
  closeFile(): void
  dismissRefusal(): void
  /** What is shown, or a part of it, as a file that opens again elsewhere. */
  exportFile(): Promise<ExportedFile>
  export(request: ExportRequest): Promise<Outcome<ExportedFile>>
  /** What that file would hold, and what is taken out of it. */
  previewExport(request: ExportRequest): Promise<Outcome<ExportPreview>>
  /** A test that makes a problem again, or why there is none. What is a secret is none of it. */
  reproduce(finding: Finding, language: Language): Outcome<string>
  /** What is shown, as Markdown for a bug report. */
  report(): Promise<string>
  /** A context of what is shown, at the moment that is shown, as text to paste; null where it is there no more. */
  contextText(context: ContextId, form: ContextForm): Promise<string | null>
  end(): void
}

/** What a session needs to know of the place it runs in. */
export interface SessionPlace {
  toolVersion: string
  describePage(): Promise<{ url: string; title: string }>
  /** The panel as a page with places for a recording, where it is at hand. */
  readonly reportPage?: (() => Promise<string>) | null
  /** Keeps what this person wants taken out of what leaves. */
  readonly redaction?: Shelf
  /** Keeps what this person mutes; without it, the session does. */
  readonly mutes?: Shelf
}

/** `frames` tells of the documents in frames, where the place can reach them. */
export function startSession(
  source: Source,
  place: SessionPlace,
  frames?: FrameSource,
  breaks = createBreaks(),
): Session {
  const store = createStore<SessionState>(initialState())
  const muting = keptMutes(place.mutes)
  const ends = [
    startFeed(
      source,
      (feed) => {
        const { file, page, document } = store.state
        if (feed.epoch === page.epoch) {
          store.set({ page: feed })
          lookingBack.keepUp()
          return
        }
        const kept = keptWith(store.state)
        // Who looks at what was kept is not torn away from it when the next page begins, which may be long after the last one was left.
        const look = kept.some(({ key }) => key === document) ? { looks: FRESH_PAGE.looks } : FRESH_PAGE
        store.set({ page: feed, kept, ...(file === null ? look : {}) })
      },
      muting,
    ),
  ]
  if (frames !== undefined) {
    ends.push(
      startFrames(
        frames,
        (known) => {
          const { file, document } = store.state
          const kept = keptWithFrames(store.state, known)
          const isThere = document === TOP_DOCUMENT || [...known, ...kept].some(({ key }) => key === document)
          const before = newestFeed(store.state).timeline
          store.set({ frames: known, kept, ...(file === null && !isThere ? FRESH_PAGE : {}) })
          // In its place another one may have begun.
          if (isThere && newestFeed(store.state).timeline !== before) store.set(FRESH_LOOK)
          lookingBack.keepUp()
        },
        muting,
      ),
    )
  }

  ends.push(
    muting.subscribe(() => {
      const kept = store.state.kept.map((one) => ({ ...one, feed: judgedAnew(one.feed, muting.mutes) }))
      store.set({ kept })
      lookingBack.judgeAnew()
    }),
  )

  const lookingBack = startLookingBack(store, () => store.state.file?.mutes ?? muting.mutes)

  /** The file that was chosen last. */
  let opening: File | null = null

  async function shownPage(): Promise<Recording['page']> {
    const { file, frames, kept, document } = store.state
    const other = [...frames, ...kept].find(({ key }) => key === document)
    const page = file?.page ?? (other === undefined ? await describe(place) : { url: other.url, title: '' })
    return { url: page.url, title: page.title, exported: new Date().toISOString() }
  }

  async function shown(): Promise<Exported> {
    const { timeline, judgement } = newestFeed(store.state)
    // Not those of other pages.
    const mutes = [...new Set(judgement.muted.map(({ mute }) => mute))]
    const { toolVersion, reportPage = null } = place
    return { timeline, page: await shownPage(), mutes, toolVersion, reportPage }
  }

  /** The same without what this person wants taken out. */
  async function redacted(): Promise<Recording> {
    const { timeline, page, mutes, toolVersion } = await shown()
    return toRecording(timeline, page, toolVersion, { mutes, redaction: redaction() })
  }

  /** What this person wants taken out, as far as it makes sense, beside what always is. */
  function redaction(): Redaction {
    return soundRules(parseRules(place.redaction?.read() ?? null))
  }

  function keepMutes(change: (mutes: readonly Mute[]) => readonly Mute[]): void {
    const { file } = store.state
    if (file === null) {
      muting.change(change)
      return
    }
    const mutes = change(file.mutes)
    store.set({ file: { ...file, mutes, feed: judgedAnew(file.feed, mutes) } })
    lookingBack.judgeAnew()
  }

  return {
    store,
    breaks,
    async askLive(ask) {
      const { live, epoch } = shownFeed(store.state)
      if (live === null || epoch === null || isGone(store.state)) return { state: 'gone', what: 'document' }
      return live.ask({ ...ask, epoch })
    },
    openValue(key, entries) {
      const opened = new Map(store.state.opened)
      if (entries > 0) opened.set(key, entries)
      else opened.delete(key)
      store.set({ opened })
    },
    choose: (context) => store.set({ chosen: context, marked: null }),
    reveal(context) {
      const { contexts } = shownFeed(store.state).world
      const collapsed = new Set(store.state.collapsed)
      for (let above = contexts.get(context)?.parent ?? null; above !== null; ) {
        collapsed.delete(above)
        above = contexts.get(above)?.parent ?? null
      }
      const ended = contexts.get(context)?.state !== 'alive'
      const look = { chosen: context, collapsed, marked: null, folded: false, query: '', part: 'details' } as const
      const isCallback = contexts.get(context)?.kind === 'callback'
      const filters = { hideCallbacks: store.state.filters.hideCallbacks && !isCallback, holds: null }
      store.set({ ...look, filters, ...(ended ? { hideEnded: false } : {}) })
    },
    followCurrent: () => store.set({ chosen: null, marked: null }),
    mark: (document) => store.set({ marked: document }),
    showDocument(document) {
      const { state } = store
      if (document === state.document) {
        store.set({ folded: false })
        return
      }
      const { chosen, collapsed, problem, variable, past, pinned } = state
      const looks = new Map(state.looks).set(state.document, { chosen, collapsed, problem, variable, past, pinned })
      store.set({ document, folded: false, looks, ...(looks.get(document) ?? FRESH_LOOK) })
      lookingBack.keepUp()
      lookingBack.judgeAnew()
    },
    foldDocument: () => store.set({ folded: true }),
    preserve: (keep) => store.set({ preserve: keep, ...(keep ? {} : { kept: [] }) }),
    followDocument(document) {
      this.showDocument(document)
      store.set({ chosen: null, marked: null })
    },
    collapse: (context) => store.set({ collapsed: new Set(store.state.collapsed).add(context) }),
    expand(contexts) {
      const collapsed = new Set(store.state.collapsed)
      for (const context of contexts) collapsed.delete(context)
      store.set({ collapsed })
    },
    search: (query) => store.set({ query }),
    hideEnded: (hide) => store.set({ hideEnded: hide }),
    filter: (filters) => store.set({ filters: { ...store.state.filters, ...filters } }),
    show: (part) => store.set({ part }),
    openDrawer: (drawer) => store.set({ drawer, part: 'drawer' }),
    lookBack: (seq) => lookingBack.lookAt(seq),
    goLive: () => store.set({ past: null }),
    pin() {
      const context = selectedContext(store.state)
      if (context === null) return
      const { world } = shownFeed(store.state)
      store.set({ pinned: { context, past: pastOf(newestFeed(store.state), world.seq) } })
    },
    unpin: () => store.set({ pinned: null }),
    showPinned() {
      const { pinned } = store.state
      if (pinned === null) return
      lookingBack.lookAt(pinned.past.seq)
      this.reveal(pinned.context)
    },
    listFacts: (listed) => store.set({ listed }),
    listSelectedOnly: (selectedOnly) => store.set({ selectedOnly }),
    openProblem: (id) =>
      store.set(id === null ? { problem: null } : { problem: id, part: 'drawer', drawer: 'problems' }),
    openVariable: (variable) =>
      store.set(variable === null ? { variable } : { variable, part: 'drawer', drawer: 'variables' }),
    mute(finding, reason) {
      const mute = muteOf(shownFeed(store.state).world, finding, reason)
      keepMutes((mutes) => withMute(mutes, mute))
    },
    unmute: (mute) => keepMutes((mutes) => withoutMute(mutes, mute)),
    async openFile(chosen) {
      opening = chosen
      const read = await readRecordingText(chosen)
      // While it was read, another one may have been chosen.
      if (opening !== chosen) return
      const { name } = chosen
      const parsed = read.ok ? parseRecording(read.text) : read
      if (!parsed.ok) {
        store.set({ refusal: { name, why: parsed.error } })
        return
      }
      const { recording, ignored } = parsed
      const { page, mutes = [], options } = recording
      const file = { name, page, mutes, ignored, cut: options.cut ?? null, feed: await closedFeed(recording) }
      if (opening !== chosen) return
      store.set({ file, refusal: null, ...FRESH_PAGE })
    },
    closeFile: () => store.set({ file: null, ...FRESH_PAGE }),
    dismissRefusal: () => store.set({ refusal: null }),
    async exportFile() {
      const made = await exportedFile(await shown(), EVERYTHING)
      if (!made.ok) throw new Error(made.error)
      return made.value
    },
    export: async (request) => exportedFile(await shown(), request),
    previewExport: async (request) => exportPreview(await shown(), request),
    reproduce(finding, language) {
      return reproduced(shownFeed(store.state).timeline, finding, language, redaction())
    },
    async report() {
      const recording = await redacted()
      const { timeline } = await closedFeed(recording)
      return reportMarkdown(timeline.head, recording.page, recording.mutes)
    },
    async contextText(context, form) {
      const { past } = store.state
      const told = recordingOfAll(newestFeed(store.state).timeline)
      const { facts, stacks } = toRecording(told, { url: '', title: '', exported: '' }, '', { redaction: redaction() })
      const timeline = new Timeline()
      timeline.append(facts, stacks)
      return contextText(past === null ? timeline.head : timeline.at(past.seq), context, form)
    },
    end() {
      lookingBack.end()
      for (const end of ends) end()
    },
  }
}

/** What is kept when the page is another one now. */
function keptWith({ preserve, kept, page }: SessionState): SessionState['kept'] {
  if (!preserve || page.timeline.facts.length === 0) return kept
  const left: DocumentState = {
    key: `left ${page.epoch}`,
    kind: 'page',
    url: `until ${new Date().toLocaleTimeString('en-GB')}`,
    worker: null,
    feed: page,
    gone: true,
  }
  const others = kept.filter(({ key }) => key !== left.key)
  // Before what was in its frames, which left a moment ago.
  others.splice(others.findLastIndex(({ kind }) => kind === 'page') + 1, 0, left)
  return newestGone(others)
}

/** What is kept when what the page has in it is `known` now: what was there before, and has something to tell. */
function keptWithFrames(
  { preserve, kept, frames }: SessionState,
  known: readonly DocumentState[],
): SessionState['kept'] {
  if (!preserve) return kept
  const isKnown = ({ feed }: DocumentState) => known.some((one) => one.feed.timeline === feed.timeline)
  const left = frames.filter((one) => one.feed.timeline.facts.length > 0 && !isKnown(one))
  if (left.length === 0) return kept
  return newestGone([...kept, ...left.map((one) => ({ ...one, key: `left ${one.feed.epoch}`, gone: true }))])
}

/** A page that hangs must not keep its recording from being saved. */
const PATIENCE = 1000

async function describe(place: SessionPlace): Promise<{ url: string; title: string }> {
  const unknown = { url: '', title: '' }
  const tooLate = new Promise<typeof unknown>((resolve) => setTimeout(resolve, PATIENCE, unknown))
  const { url, title } = await Promise.race([place.describePage().catch(() => unknown), tooLate])
  return { url: plainText(url), title: plainText(title) }
}
