// Everything that the screen depends on, as one plain value, and the questions that several views ask of it.

import type { ContextId, Mute, Recording, VariableId } from '../../runtime/protocol'
import { NOT_JUDGED } from '../model/rules'
import { FACT_GROUPS, type FactGroup } from '../model/selectors/fact-labels'
import type { World } from '../model/world'
import { emptyFeed, type FeedState } from './feed'
import type { DocumentState } from './frames'
import { type Past, type Pin, seenAt } from './past'

/** A file that was opened in place of the page. */
export interface OpenedFile {
  name: string
  page: Recording['page']
  /** How many facts of it were not understood and left out. */
  ignored: number
  /** What was left out when it was written, where that is said. */
  cut: string | null
  /** What was muted in it, there or here. */
  mutes: readonly Mute[]
  feed: FeedState
}

/** Names a document of the page: the key of a frame, or the top one. */
export type DocumentKey = string
export const TOP_DOCUMENT: DocumentKey = ''

/** What a person looks at in one document. */
export interface Look {
  /** What the person chose to look at; null follows what is current in the page. */
  chosen: ContextId | null
  collapsed: ReadonlySet<ContextId>
  /** The problem that is open, by its id. */
  problem: string | null
  /** The variable that is open among all; null where none is. */
  variable: VariableId | null
  /** The moment that is looked back at; null is live, or the end of a file. */
  past: Past | null
  /** What others are compared with. */
  pinned: Pin | null
}

export interface SessionState extends Look {
  page: FeedState
  /** Documents in frames of the page that have a runtime, and workers. */
  frames: readonly DocumentState[]
  /** How many frames the browser lets nobody evaluate in. */
  closedFrames: number
  /** Whether what a page told is kept when it goes elsewhere, and what was kept, oldest first. */
  preserve: boolean
  kept: readonly DocumentState[]
  /** The document that is shown, and whether its contexts are folded away. */
  document: DocumentKey
  folded: boolean
  /** The row of a document that is selected in the place of a context. */
  marked: DocumentKey | null
  /** How the others looked when they were left. */
  looks: ReadonlyMap<DocumentKey, Look>
  /** What of values is open, and how many entries of it are shown. */
  opened: ReadonlyMap<string, number>
  file: OpenedFile | null
  /** The recording, null for none, that the person last had the page reloaded from, to be recorded: that holds for one load. */
  reloaded: { from: string | null } | null
  /** The name of the file that is being read: of a large one that takes seconds. */
  opening: string | null
  /** The last file that could not be opened, and why. */
  refusal: { name: string; why: string } | null
  query: string
  hideEnded: boolean
  filters: Filters
  /** Which of the three parts a narrow panel shows; a wide one shows all. */
  part: Part
  /** What lies in the drawer, below the others. */
  drawer: Drawer
  /** Which facts the events are, and whether only those of the selected context. */
  listed: ReadonlySet<FactGroup>
  selectedOnly: boolean
}

/** What else the tree leaves out. */
export interface Filters {
  hideCallbacks: boolean
  /** Not what a tracer does on its own account. That is usual, and does not count as a filter. */
  hideUntraced: boolean
  /** Only contexts that hold a variable of this name. */
  holds: string | null
}

export const NO_FILTERS: Filters = { hideCallbacks: false, hideUntraced: true, holds: null }

export const filtersOn = ({ hideCallbacks, holds }: Filters): number => Number(hideCallbacks) + Number(holds !== null)

export type Part = 'contexts' | 'details' | 'drawer'
export type Drawer = 'problems' | 'events' | 'lanes' | 'variables'

/** How the screen is when it turns to other facts: the ids of one recording mean nothing in another. */
export const FRESH_LOOK: Look = {
  chosen: null,
  collapsed: new Set<ContextId>(),
  problem: null,
  variable: null,
  past: null,
  pinned: null,
}

/** The same where the page itself is another one. */
export const FRESH_PAGE = {
  ...FRESH_LOOK,
  query: '',
  document: TOP_DOCUMENT,
  folded: false,
  marked: null,
  looks: new Map<DocumentKey, Look>(),
  opened: new Map<string, number>() as ReadonlyMap<string, number>,
}

/** Reads are many, and change nothing. */
const LISTED = new Set(FACT_GROUPS.filter((group) => group !== 'reads'))

export function initialState(): SessionState {
  const state = {
    page: emptyFeed(),
    frames: [],
    closedFrames: 0,
    kept: [],
    preserve: false,
    file: null,
    reloaded: null,
    opening: null,
    refusal: null,
  } as const
  const screen = {
    hideEnded: false,
    filters: NO_FILTERS,
    part: 'contexts',
    drawer: 'problems',
    listed: LISTED,
    selectedOnly: false,
  } as const
  return { ...state, ...screen, ...FRESH_PAGE }
}

/** What is on the screen: the opened file, else a document of the page; as it was at the moment that is looked back at. */
export function shownFeed(state: SessionState): FeedState {
  const feed = newestFeed(state)
  return state.past === null ? feed : seenAt(feed, state.past)
}

/** The same as it is now, wherever the person looks. */
export function newestFeed(state: SessionState): FeedState {
  return state.file?.feed ?? feedOf(state, state.document)
}

/** What a document told; one that is there no more gives way to the top one. */
export function feedOf(state: SessionState, document: DocumentKey): FeedState {
  return [...state.frames, ...state.kept].find(({ key }) => key === document)?.feed ?? state.page
}

/** Whether the document that is shown is there no more. */
export const isGone = ({ file, frames, kept, document }: SessionState): boolean =>
  file === null && ([...frames, ...kept].find(({ key }) => key === document)?.gone ?? false)

/** Whether the rules have yet to say what they make of the moment that is looked back at. */
export const isBeingJudged = ({ past }: SessionState): boolean => past !== null && past.judgement === NOT_JUDGED

/** Whether the tree has only what lives in the page, since its log is still being read. Who looks for values sees what was read so far. */
export const isOutlined = (state: SessionState): boolean =>
  shownFeed(state).outline !== null && state.query === '' && state.filters.holds === null

/** The contexts that the tree shows. */
export function treeWorld(state: SessionState): World {
  const { outline, world } = shownFeed(state)
  return outline !== null && isOutlined(state) ? outline : world
}

/** The context that the details speak of. */
export function selectedContext(state: SessionState): ContextId | null {
  if (state.marked !== null) return null
  const { where } = shownFeed(state)
  const { contexts, base } = treeWorld(state)
  if (state.chosen !== null && contexts.has(state.chosen)) return state.chosen
  const current = where?.current ?? null
  return current !== null && contexts.has(current) ? current : base
}

/**
 * The context that the page stands in while it is paused; null while it runs. A question from outside is answered between two
 * turns of the page, where the base context is current, unless the page stands still in the middle of one.
 */
export const pausedContext = (state: SessionState): ContextId | null => pausedIn(newestFeed(state))

/** The same of one document. */
export function pausedIn({ where, timeline, link }: FeedState): ContextId | null {
  if (link.state !== 'live' || where === null || where.current === timeline.head.base) return null
  return where.current
}

/** The page is recorded, but not from its start; a reload would mend that, if not for a frame. */
export function beganLate(state: SessionState): boolean {
  const { link, timeline } = shownFeed(state)
  if (state.file === null && state.document !== TOP_DOCUMENT) return false
  return link.state === 'live' && timeline.head.runtime?.late === true
}

/** The page that was reloaded to be recorded is another one by now. */
export const isReloaded = ({ reloaded, page: { epoch } }: SessionState): boolean =>
  reloaded !== null && epoch !== null && epoch !== reloaded.from

/** The page under inspection is not recorded from its first script on, whatever is on the screen. */
export function missedStart({ page: { link, timeline } }: SessionState): boolean {
  return link.state === 'no-runtime' || (link.state === 'live' && timeline.head.runtime?.late === true)
}
