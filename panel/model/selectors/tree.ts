// The tree of contexts as the rows that a list shows, top to bottom. Contexts copied from one another form chains of any length,
// so nothing here recurses.

import type { ContextId, ContextKind } from '../../../runtime/protocol'
import type { Finding, Severity } from '../finding'
import type { ContextState, World } from '../world'
import { entryLabel } from './labels'
import { searchFor } from './search'

export { contextLabel } from './labels'

export interface TreeRow {
  context: ContextId
  depth: number
  /** `Alice` (a task's name), `setTimeout`, `base`, `copy`, `click`. */
  label: string
  kind: ContextKind
  state: ContextState
  /** How many variables it holds, and how many of them were set here. */
  holds: number
  own: number
  /** How many tokens made here are open. */
  open: number
  /** Of the findings about this very context. */
  worst: Severity | null
  /** It answers the query itself, rather than lead to what does. */
  matches: boolean
  hasChildren: boolean
  expanded: boolean
  /** Among the shown children of its parent, from 1. */
  position: number
  siblings: number
}

export interface TreeOptions {
  collapsed: ReadonlySet<ContextId>
  /** Leaves out what is over and has nothing alive below it. What has an error or a warning stays: it is what people look for. */
  hideEnded: boolean
  /** Shows the contexts whose label, kind, variables or values contain it, and what is above them. */
  query: string
}

export function treeRows(world: World, findings: readonly Finding[], options: TreeOptions): TreeRow[] {
  const worst = worstByContext(findings)
  const { shown, matching } = filtered(world, worst, options)
  const rows: TreeRow[] = []
  const path: Level[] = [levelOf([...world.roots], shown)]
  for (let level = path.at(-1); level !== undefined; level = path.at(-1)) {
    const context = level.children[level.next]
    level.next++
    const entry = context === undefined ? undefined : world.contexts.get(context)
    if (entry === undefined) {
      if (level.next > level.children.length) path.pop()
      continue
    }
    const hasChildren = shown === null ? entry.children.length > 0 : entry.children.some((child) => shown.has(child))
    // A search opens what leads to its matches.
    const expanded = hasChildren && (options.query !== '' || !options.collapsed.has(entry.id))
    rows.push({
      context: entry.id,
      depth: path.length - 1,
      label: entryLabel(world, entry),
      kind: entry.kind,
      state: entry.state,
      holds: entry.holdings.size,
      own: entry.own,
      open: entry.state === 'collected' ? 0 : entry.open,
      worst: worst.get(entry.id) ?? null,
      matches: matching.has(entry.id),
      hasChildren,
      expanded,
      position: level.next,
      siblings: level.children.length,
    })
    if (expanded) path.push(levelOf(entry.children, shown))
  }
  return rows
}

/** Siblings, and how many of them have been shown. */
interface Level {
  children: readonly ContextId[]
  next: number
}

function levelOf(children: readonly ContextId[], shown: Shown): Level {
  return { children: shown === null ? children : children.filter((child) => shown.has(child)), next: 0 }
}

const RANK: Record<Severity, number> = { error: 3, warning: 2, info: 1 }

function worstByContext(findings: readonly Finding[]): Map<ContextId, Severity> {
  const worst = new Map<ContextId, Severity>()
  for (const { context, severity } of findings) {
    if (context === null) continue
    const known = worst.get(context)
    if (known === undefined || RANK[severity] > RANK[known]) worst.set(context, severity)
  }
  return worst
}

/** Null where nothing is left out. */
type Shown = ReadonlySet<ContextId> | null

interface Filtered {
  shown: Shown
  /** What answers the query. */
  matching: ReadonlySet<ContextId>
}

function filtered(world: World, worst: ReadonlyMap<ContextId, Severity>, options: TreeOptions): Filtered {
  const query = options.query.trim()
  const matching = new Set<ContextId>()
  if (query === '' && !options.hideEnded) return { shown: null, matching }
  const answers = query === '' ? null : searchFor(world, query)
  const shown = new Set<ContextId>()
  for (const entry of world.contexts.values()) {
    const severity = worst.get(entry.id)
    const isWanted = !options.hideEnded || entry.state === 'alive' || severity === 'error' || severity === 'warning'
    if (!isWanted || answers?.(entry) === false) continue
    if (answers !== null) matching.add(entry.id)
    // Each context is added once, so all the climbing together visits each once.
    let id: ContextId | null = entry.id
    while (id !== null && !shown.has(id)) {
      shown.add(id)
      id = world.contexts.get(id)?.parent ?? null
    }
  }
  return { shown, matching }
}
