// The tree of contexts as the rows that a list shows, top to bottom. Contexts copied from one another form chains of any length,
// so nothing here recurses.

import type { ContextId, ContextKind } from '../../../runtime/protocol'
import type { Finding, Severity } from '../finding'
import { isInherited } from '../values'
import type { ContextEntry, ContextState, World } from '../world'
import { contextLabel } from './labels'

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
  const matching = new Set<ContextId>()
  const shown = shownContexts(world, worst, options, matching)
  const rows: TreeRow[] = []
  const pending: Pending[] = []
  enter(pending, world.roots, 0, shown)
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const entry = world.contexts.get(next.context)
    if (entry === undefined) continue
    const hasChildren = shown === null ? entry.children.length > 0 : entry.children.some((child) => shown.has(child))
    // A search opens what leads to its matches.
    const expanded = hasChildren && (options.query !== '' || !options.collapsed.has(entry.id))
    rows.push({
      context: entry.id,
      depth: next.depth,
      label: contextLabel(world, entry.id),
      kind: entry.kind,
      state: entry.state,
      holds: entry.holdings.size,
      own: countOwn(entry),
      open: entry.state === 'collected' ? 0 : entry.open,
      worst: worst.get(entry.id) ?? null,
      matches: matching.has(entry.id),
      hasChildren,
      expanded,
      position: next.position,
      siblings: next.siblings,
    })
    if (expanded) enter(pending, entry.children, next.depth + 1, shown)
  }
  return rows
}

interface Pending {
  context: ContextId
  depth: number
  position: number
  siblings: number
}

/** Pushes siblings in reverse, so that the first is the next to come. */
function enter(pending: Pending[], children: readonly ContextId[], depth: number, shown: Shown): void {
  const visible = shown === null ? children : children.filter((child) => shown.has(child))
  for (let index = visible.length - 1; index >= 0; index--) {
    const context = visible[index]
    if (context !== undefined) pending.push({ context, depth, position: index + 1, siblings: visible.length })
  }
}

function countOwn(entry: ContextEntry): number {
  if (entry.holdings === entry.inherited) return 0
  let own = 0
  for (const holding of entry.holdings.values()) if (!isInherited(entry, holding)) own++
  return own
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

/** Adds what answers the query to `matching`. */
function shownContexts(
  world: World,
  worst: ReadonlyMap<ContextId, Severity>,
  options: TreeOptions,
  matching: Set<ContextId>,
): Shown {
  const query = options.query.trim().toLowerCase()
  if (query === '' && !options.hideEnded) return null
  const shown = new Set<ContextId>()
  for (const entry of world.contexts.values()) {
    const severity = worst.get(entry.id)
    const wanted = !options.hideEnded || entry.state === 'alive' || severity === 'error' || severity === 'warning'
    if (!wanted || (query !== '' && !matches(world, entry, query))) continue
    if (query !== '') matching.add(entry.id)
    // Each context is added once, so all the climbing together visits each once.
    let id: ContextId | null = entry.id
    while (id !== null && !shown.has(id)) {
      shown.add(id)
      id = world.contexts.get(id)?.parent ?? null
    }
  }
  return shown
}

function matches(world: World, entry: ContextEntry, query: string): boolean {
  if (contextLabel(world, entry.id).toLowerCase().includes(query)) return true
  if (entry.kind.includes(query) || entry.api?.toLowerCase().includes(query)) return true
  for (const { variable, value } of entry.holdings.values()) {
    if (world.variables.get(variable)?.name.toLowerCase().includes(query)) return true
    if (value.text.toLowerCase().includes(query)) return true
  }
  return false
}
