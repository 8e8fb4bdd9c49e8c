// What a person does with the panel: look, search, open a file, take one along. It joins the sources to the state that the views
// show, and knows nothing of the screen.

import type { ContextId, Mute, VariableId } from '../../runtime/protocol'
import type { Finding, RuleId } from '../model/finding'
import { muteOf, withMute, withoutMute } from '../model/mutes'
import { parseRecording, plainText } from '../model/recording'
import { readRecordingText } from '../model/recording-file'
import type { FactGroup } from '../model/selectors/fact-labels'
import { goesOn } from '../model/selectors/standing'
import { untracedIn } from '../model/selectors/untraced'
import type { FrameSource } from '../source/frames'
import type { Ask, LiveReply } from '../source/live'
import type { Source } from '../source/source'
import { type Breaks, createBreaks } from './breaks'
import { startConsoleContext } from './console-context'
import type { Outcome } from './export'
import { closedFeed, judgedAnew, startFeed } from './feed'
import { startFrames } from './frames'
import { keptWith, keptWithFrames } from './gone'
import { type Asking, keptJudging } from './judging'
import { keptMutes, type Shelf } from './kept-mutes'
import { createLeaving, type Leaving, type LeavingPlace } from './leaving'
import { startLookingBack } from './looking-back'
import { pastOf } from './past'
import {
  type DocumentKey,
  type Drawer,
  type Filters,
  FRESH_LOOK,
  FRESH_PAGE,
  initialState,
  isGone,
  newestFeed,
  type OpenedFile,
  type Part,
  type SessionState,
  selectedContext,
  shownFeed,
  TOP_DOCUMENT,
  treeWorld,
} from './state'
import { createStore, type Store } from './store'

export type { Ask, LiveReply } from '../source/live'

export interface Session extends Leaving {
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
  /** Opens a problem, and turns to the context that has it, which the tree shows; or opens none. */
  openProblem(id: string | null): void
  /** Opens a variable among all, or none. */
  openVariable(variable: VariableId | null): void
  /** Counts it apart from now on, and all others of its line: in every panel, or, where a file is shown, in that. */
  mute(finding: Finding, reason: string): void
  unmute(mute: Mute): void
  /** Shows a recording, gzipped or not, in place of the page; the page goes on being recorded behind it. */
  openFile(file: File): Promise<void>
  closeFile(): void
  /** Turns to the page, which is being reloaded to be recorded. */
  followReload(): void
  dismissRefusal(): void
  end(): void
}

/** What a session needs to know of the place it runs in. */
export interface SessionPlace extends LeavingPlace {
  /** Keeps what this person mutes; without it, the session does. */
  readonly mutes?: Shelf
  /** The settings; without them, nothing is asked for. */
  readonly recording?: Asking
  /** Rules that are asked for whatever the settings say. */
  readonly also?: readonly RuleId[]
}

/** A file as a recording to be shown, or why it is none. */
async function openedFile(chosen: Blob, name: string, also: readonly RuleId[]): Promise<Outcome<OpenedFile>> {
  const read = await readRecordingText(chosen)
  if (!read.ok) return read
  const parsed = parseRecording(read.text)
  if (!parsed.ok) return parsed
  const { recording, ignored } = parsed
  const { page, mutes = [], options } = recording
  return {
    ok: true,
    value: { name, page, mutes, ignored, cut: options.cut ?? null, feed: await closedFeed(recording, also) },
  }
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
  const judgedBy = keptJudging(muting, place.recording, place.also)
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
        const kept = keptWith(store.state, judgedBy.judging)
        // Who looks at what was kept is not torn away from it when the next page begins, which may be long after the last one was left.
        const look = kept.some(({ key }) => key === document) ? { looks: FRESH_PAGE.looks } : FRESH_PAGE
        store.set({ page: feed, kept, ...(file === null ? look : {}) })
      },
      judgedBy,
    ),
  ]
  if (frames !== undefined) {
    ends.push(
      startFrames(
        frames,
        (known) => {
          const { file, document } = store.state
          const kept = keptWithFrames(store.state, known, judgedBy.judging)
          const isThere = document === TOP_DOCUMENT || [...known, ...kept].some(({ key }) => key === document)
          const before = newestFeed(store.state).timeline
          store.set({ frames: known, kept, ...(file === null && !isThere ? FRESH_PAGE : {}) })
          // In its place another one may have begun.
          if (isThere && newestFeed(store.state).timeline !== before) store.set(FRESH_LOOK)
          lookingBack.keepUp()
        },
        judgedBy,
        (closedFrames) => store.set({ closedFrames }),
      ),
    )
  }

  ends.push(
    judgedBy.subscribe(() => {
      const kept = store.state.kept.map((one) => ({ ...one, feed: judgedAnew(one.feed, judgedBy.judging) }))
      store.set({ kept })
      judgeFileBy((mutes) => mutes)
      lookingBack.judgeAnew()
    }),
  )

  const lookingBack = startLookingBack(store, () => {
    const { mutes, also } = judgedBy.judging
    return { mutes: store.state.file?.mutes ?? mutes, also }
  })

  /** The file that was chosen last. */
  let opening: File | null = null

  function keepMutes(change: (mutes: readonly Mute[]) => readonly Mute[]): void {
    if (store.state.file === null) {
      muting.change(change)
      return
    }
    judgeFileBy(change)
    lookingBack.judgeAnew()
  }

  /** An opened file, if there is one: it has mutes of its own. */
  function judgeFileBy(change: (mutes: readonly Mute[]) => readonly Mute[]): void {
    const { file } = store.state
    if (file === null) return
    const mutes = change(file.mutes)
    store.set({ file: { ...file, mutes, feed: judgedAnew(file.feed, { ...judgedBy.judging, mutes }) } })
  }

  /** What stays folded where a context is to be seen. */
  function unfoldedTo(context: ContextId): ReadonlySet<ContextId> {
    const { contexts } = treeWorld(store.state)
    const collapsed = new Set(store.state.collapsed)
    for (let above = contexts.get(context)?.parent ?? null; above !== null; ) {
      collapsed.delete(above)
      above = contexts.get(above)?.parent ?? null
    }
    return collapsed
  }

  /** How the screen is where a context is selected and the tree shows it. What has an error or a warning is left out by few filters. */
  function seen(context: ContextId, isConspicuous: boolean): Partial<SessionState> {
    const world = treeWorld(store.state)
    const entry = world.contexts.get(context)
    const { filters, hideEnded } = store.state
    const { hideCallbacks, hideUntraced } = filters
    const look = { chosen: context, collapsed: unfoldedTo(context), marked: null, folded: false, query: '' }
    if (isConspicuous) return { ...look, filters: { ...filters, holds: null } }
    return {
      ...look,
      filters: {
        hideCallbacks: hideCallbacks && entry?.kind !== 'callback',
        hideUntraced: hideUntraced && (entry === undefined || untracedIn(world)?.(entry) !== true),
        holds: null,
      },
      hideEnded: hideEnded && entry !== undefined && goesOn(entry),
    }
  }

  const session: Session = {
    store,
    breaks,
    ...createLeaving(store, place, () => judgedBy.judging.also),
    async askLive(ask) {
      const { live, epoch } = shownFeed(store.state)
      if (live === null || epoch === null || isGone(store.state)) return { state: 'gone', what: 'document' }
      const reply = await live.ask({ ...ask, epoch })
      consoleContext.heard(epoch, ask, reply)
      return reply
    },
    openValue(key, entries) {
      const opened = new Map(store.state.opened)
      if (entries > 0) opened.set(key, entries)
      else opened.delete(key)
      store.set({ opened })
    },
    choose: (context) => store.set({ chosen: context, marked: null }),
    reveal: (context) => store.set({ ...seen(context, false), part: 'details' }),
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
    openProblem(id) {
      if (id === null) {
        store.set({ problem: null })
        return
      }
      const finding = shownFeed(store.state).judgement.findings.find((finding) => finding.id === id)
      const context = finding?.context ?? null
      const isThere = context !== null && treeWorld(store.state).contexts.has(context)
      const look = isThere ? seen(context, finding?.severity !== 'info') : {}
      store.set({ ...look, problem: id, part: 'drawer', drawer: 'problems' })
    },
    openVariable: (variable) =>
      store.set(variable === null ? { variable } : { variable, part: 'drawer', drawer: 'variables' }),
    mute(finding, reason) {
      const mute = muteOf(shownFeed(store.state).world, finding, reason)
      keepMutes((mutes) => withMute(mutes, mute))
    },
    unmute: (mute) => keepMutes((mutes) => withoutMute(mutes, mute)),
    async openFile(chosen) {
      opening = chosen
      const name = plainText(chosen.name)
      store.set({ opening: name, refusal: null })
      const opened = await openedFile(chosen, name, judgedBy.judging.also)
      // While it was read, another one may have been chosen.
      if (opening !== chosen) return
      if (opened.ok) store.set({ file: opened.value, opening: null, ...FRESH_PAGE })
      else store.set({ refusal: { name, why: opened.error }, opening: null })
    },
    closeFile: () => store.set({ file: null, ...FRESH_PAGE }),
    followReload() {
      if (store.state.file !== null) store.set({ file: null, ...FRESH_PAGE })
      store.set({ reloaded: { from: store.state.page.epoch } })
    },
    dismissRefusal: () => store.set({ refusal: null }),
    end() {
      lookingBack.end()
      consoleContext.end()
      for (const end of ends) end()
    },
  }
  const consoleContext = startConsoleContext(store, session.askLive)
  return session
}
