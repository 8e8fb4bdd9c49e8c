// The rows of the tree as one plain walk makes them, each time anew: what the tree that is kept is compared with.

import type { Finding, Severity } from '../../../panel/model/finding'
import { entryLabel, kindLabel } from '../../../panel/model/selectors/labels'
import { parseQuery } from '../../../panel/model/selectors/query'
import { searchFor } from '../../../panel/model/selectors/search'
import { standingOf } from '../../../panel/model/selectors/standing'
import type { TreeOptions, TreeRow } from '../../../panel/model/selectors/tree'
import { untracedIn } from '../../../panel/model/selectors/untraced'
import type { ContextEntry, World } from '../../../panel/model/world'
import type { ContextId, VariableId } from '../../../runtime/protocol'

export function plainRows(world: World, findings: readonly Finding[], options: TreeOptions): TreeRow[] {
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
    const hasChildren =
      shown === null ? entry.children.length > 0 : [...entry.children].some((child) => shown.has(child))
    // A search opens what leads to its matches.
    const expanded = hasChildren && (isSearch(options) || !options.collapsed.has(entry.id))
    rows.push({
      context: entry.id,
      depth: path.length - 1,
      label: entryLabel(world, entry),
      kind: entry.kind,
      what: kindLabel(entry),
      state: standingOf(entry),
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
    if (expanded) path.push(levelOf([...entry.children], shown))
  }
  return rows
}

const isSearch = ({ query, holds = null }: TreeOptions): boolean => parseQuery(query) !== null || holds !== null

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
  const { hideEnded, hideCallbacks = false, hideUntraced = false, holds = null } = options
  const query = parseQuery(options.query)
  const matching = new Set<ContextId>()
  const isUntraced = hideUntraced && query === null && holds === null ? untracedIn(world) : null
  if (query === null && holds === null && !hideEnded && !hideCallbacks && isUntraced === null)
    return { shown: null, matching }
  const answers = query === null ? null : searchFor(world, query)
  const isHolder = holds === null ? null : holderOf(world, holds)
  const shown = new Set<ContextId>()
  for (const entry of world.contexts.values()) {
    const severity = worst.get(entry.id)
    const isHidden =
      (hideEnded && !['alive', 'may-go-on'].includes(standingOf(entry))) ||
      (hideCallbacks && entry.kind === 'callback') ||
      isUntraced?.(entry) === true
    if (isHidden && severity !== 'error' && severity !== 'warning') continue
    if (isHolder?.(entry) === false || answers?.(entry) === false) continue
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

/** Variables that were made again share their name. */
function holderOf(world: World, wanted: string): (entry: ContextEntry) => boolean {
  const variables: VariableId[] = []
  for (const { id, name } of world.variables.values()) if (name === wanted) variables.push(id)
  return ({ holdings }) => variables.some((variable) => holdings.has(variable))
}
