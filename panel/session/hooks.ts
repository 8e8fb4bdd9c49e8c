// The session, as React components read it. Derived rows are kept until the facts or the look change, so that a component asks
// for an answer and never for a computation.

import { createContext, useContext, useEffect, useMemo, useReducer, useSyncExternalStore } from 'react'
import type { ContextId, Millis } from '../../runtime/protocol'
import { type ContextDetails, contextDetails } from '../model/selectors/details'
import { type DifferenceRow, difference } from '../model/selectors/difference'
import { FactList } from '../model/selectors/fact-list'
import type { FactReader } from '../model/selectors/fact-reader'
import { LaneBook } from '../model/selectors/lanes'
import { taskAround } from '../model/selectors/task-around'
import { Tree } from '../model/selectors/tree'
import { VariableHistory } from '../model/selectors/variable-history'
import { HolderCounts, type VariableRow, variableRows } from '../model/selectors/variables'
import type { Timeline } from '../model/timeline'
import type { World } from '../model/world'
import type { BreaksState } from './breaks'
import type { FeedState } from './feed'
import type { DocumentState } from './frames'
import type { Road } from './road'
import { ContextRows, documentName, documentsOf, type Rows, withDocuments } from './rows'
import type { Session } from './session'
import { newestFeed, type SessionState, selectedContext, shownFeed, treeWorld } from './state'

const SessionContext = createContext<Session | null>(null)
export const SessionProvider = SessionContext.Provider

export function useSession(): Session {
  const session = useContext(SessionContext)
  if (session === null) throw new Error('useSession is called below a SessionProvider')
  return session
}

/** A part of the state; the component renders again when this part is another one. */
export function useSessionState<Part>(part: (state: SessionState) => Part): Part {
  const { store } = useSession()
  return useSyncExternalStore(store.subscribe, () => part(store.state))
}

export const useFeed = (): FeedState => useSessionState(shownFeed)
export const useSelected = (): ContextId | null => useSessionState(selectedContext)

/** Where pages are to pause. */
export function useBreaks(): BreaksState {
  const { breaks } = useSession()
  return useSyncExternalStore(breaks.subscribe, () => breaks.state)
}

/** Of the variables of the page and of what it has in it. */
export function useVariableNames(): readonly string[] {
  const documents = useDocuments()
  const names = new Set<string>()
  for (const { feed, gone } of documents) {
    if (!gone) for (const { name } of feed.timeline.head.variables.values()) if (name !== null) names.add(name)
  }
  return [...names]
}

/** A part of how the recording that is shown comes here. */
export function useRoad<Part>(part: (road: Road) => Part): Part {
  const { road } = useFeed()
  return useSyncExternalStore(road.subscribe, () => part(road.state))
}

export interface ShownDocument extends DocumentState {
  name: string
}

/** Every document of the page, the one at the top first; none for a file. */
export function useDocuments(): readonly ShownDocument[] {
  const page = useSessionState((state) => state.page)
  const frames = useSessionState((state) => state.frames)
  const kept = useSessionState((state) => state.kept)
  const file = useSessionState((state) => state.file)
  return useMemo(
    () => documentsOf({ page, frames, kept, file }).map((one) => ({ ...one, name: documentName(one) })),
    [page, frames, kept, file],
  )
}

export function useRows(): Rows {
  const contexts = useRowsOf(shownFeed, treeWorld)
  const page = useSessionState((state) => state.page)
  const frames = useSessionState((state) => state.frames)
  const kept = useSessionState((state) => state.kept)
  const file = useSessionState((state) => state.file)
  const document = useSessionState((state) => state.document)
  const folded = useSessionState((state) => state.folded)
  return useMemo(
    () => withDocuments({ page, frames, kept, file, document, folded }, contexts),
    [contexts, page, frames, kept, file, document, folded],
  )
}

/** The contexts in the order of the tree, those included that came after the moment that is looked back at. */
export const useLaneRows = (): ContextRows => useRowsOf(newestFeed, (state) => newestFeed(state).world)

/** What happened in each context, up to date or about to be. */
export function useLaneBook(): LaneBook {
  const { timeline, version } = useSessionState(newestFeed)
  const book = useMemo(() => new LaneBook(timeline), [timeline])
  useReading(book, version, READ_INTO_BOOKS)
  return book
}

/** The trees of a recording, which whoever shows it shares: as it is now, and as it was at the moment that is looked back at. */
const trees = new WeakMap<Timeline, { newest: Tree; past: Tree | null }>()

/** That of the past goes when nobody looks back any more: it keeps a world that may be large. */
function treeOf(timeline: Timeline, isPast: boolean, isLookedBackAt: boolean): Tree {
  const known = trees.get(timeline) ?? { newest: new Tree(), past: null }
  trees.set(timeline, known)
  if (!isLookedBackAt) known.past = null
  if (!isPast) return known.newest
  known.past ??= known.newest.fork()
  return known.past
}

/** That of what lives goes with it. */
const outlined = new WeakMap<World, Tree>()

function outlineTree(world: World): Tree {
  const tree = outlined.get(world) ?? new Tree()
  outlined.set(world, tree)
  return tree
}

function useRowsOf(feed: (state: SessionState) => FeedState, worldOf: (state: SessionState) => World): ContextRows {
  const { timeline, outline, version, judgement } = useSessionState(feed)
  const world = useSessionState(worldOf)
  const collapsed = useSessionState((state) => state.collapsed)
  const hideEnded = useSessionState((state) => state.hideEnded)
  const query = useSessionState((state) => state.query)
  const filters = useSessionState((state) => state.filters)
  const isLookedBackAt = useSessionState((state) => state.past !== null)
  const tree = world === outline ? outlineTree(world) : treeOf(timeline, world !== timeline.head, isLookedBackAt)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the world is edited in place, its version says when
  const changes = useMemo(() => {
    const { rewrites: retold } = timeline
    tree.update(world, judgement.findings, { collapsed, hideEnded, query, ...filters, retold })
    return tree.version
  }, [tree, timeline, world, version, judgement, collapsed, hideEnded, query, filters])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the tree is edited in place, its version says when
  return useMemo(() => new ContextRows(tree), [tree, changes])
}

export function useDetails(): ContextDetails | null {
  const { version } = useFeed()
  const world = useSessionState(treeWorld)
  const selected = useSelected()
  // biome-ignore lint/correctness/useExhaustiveDependencies: the world is edited in place, its version says when
  return useMemo(() => (selected === null ? null : contextDetails(world, selected)), [world, version, selected])
}

/** The context of the task that this one belongs to. */
export function useTaskAround(context: ContextId | null): ContextId | null {
  const { world } = useFeed()
  return context === null ? null : taskAround(world, context)
}

/** How what is selected differs from what is pinned; null where that is the same context at the same moment, or nothing is pinned. */
export function useDifference(): readonly DifferenceRow[] | null {
  const { world, version } = useFeed()
  const selected = useSelected()
  const pinned = useSessionState((state) => state.pinned)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the world is edited in place, its version says when
  return useMemo(() => {
    if (pinned === null || selected === null) return null
    const { context, past } = pinned
    if (context === selected && past.seq === world.seq) return null
    return difference({ world: past.world, context }, { world, context: selected })
  }, [world, version, selected, pinned])
}

/** Facts that are looked at before the screen may turn to something else: where each is only asked about, where it is noted down, and where its words are searched. */
const LOOKED_AT = 100_000
const READ_INTO_BOOKS = 30_000
const SEARCHED = 10_000

/** Reads on, with every version of the facts and until all were looked at; answers how many looks it took. */
function useReading(reader: FactReader, version: number, most: number): number {
  const [looks, lookOn] = useReducer((count: number) => count + 1, 0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the timeline grows in place, its version says when
  useMemo(() => reader.update(most), [reader, version, looks, most])
  // biome-ignore lint/correctness/useExhaustiveDependencies: each look is followed by the next until all facts were looked at
  useEffect(() => {
    if (reader.isComplete) return
    const timer = setTimeout(lookOn)
    return () => clearTimeout(timer)
  }, [reader, version, looks])
  return looks
}

/** The facts that are listed as events, up to date or about to be. */
export function useFactList(): FactList {
  const { timeline, version } = useSessionState(newestFeed)
  const groups = useSessionState(({ listed }) => listed)
  const context = useSessionState((state) => (state.selectedOnly ? selectedContext(state) : null))
  const query = useSessionState((state) => state.query)
  const list = useMemo(() => new FactList(timeline, { groups, context, query }), [timeline, groups, context, query])
  useReading(list, version, query === '' ? LOOKED_AT : SEARCHED)
  return list
}

export interface Variables {
  rows: readonly VariableRow[]
  history: VariableHistory
}

/** Every variable of the world that is shown. */
export function useVariables(): Variables {
  const { timeline, world, version } = useFeed()
  const newest = useSessionState((state) => newestFeed(state).version)
  const history = useMemo(() => new VariableHistory(timeline), [timeline])
  const looks = useReading(history, newest, READ_INTO_BOOKS)
  const holders = useMemo(() => new HolderCounts(), [])
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is edited in place says by its version when
  return useMemo(() => {
    holders.follow(world)
    return { rows: variableRows(world, history, holders), history }
  }, [history, holders, world, version, newest, looks])
}

/**
 * What the page's clock says now, as well as it is known from here; it ticks once a second while the page is recorded, and stands where
 * somebody looks back.
 */
export function usePageClock(): Millis {
  const { world, heardAt, link } = useFeed()
  const past = useSessionState((state) => state.past)
  const live = link.state === 'live' && past === null
  const [, tick] = useReducer((ticks: number) => ticks + 1, 0)
  useEffect(() => {
    if (!live) return
    const timer = setInterval(tick, 1000)
    return () => clearInterval(timer)
  }, [live])
  const since = live ? performance.now() - heardAt : 0
  return (world.at + since) as Millis
}
