// Which contexts the tree shows for their own sake: what is above them is shown for theirs.

import type { ContextId, VariableId } from '../../../runtime/protocol'
import type { Severity } from '../finding'
import type { ContextEntry, World } from '../world'
import { parseQuery } from './query'
import { searchFor } from './search'
import { goesOn } from './standing'
import { untracedIn } from './untraced'

export interface TreeFilter {
  /** Leaves out what is over and has nothing alive below it. What has an error or a warning stays: it is what people look for. */
  hideEnded: boolean
  /** Shows the contexts that answer it (`query.ts`), and what is above them. */
  query: string
  /** Leaves out callbacks, but for those with an error or a warning. */
  hideCallbacks?: boolean
  /** Leaves out what a tracer does on its own account (`untraced.ts`), but for those with an error or a warning, and what is searched for. */
  hideUntraced?: boolean
  /** Shows the contexts that hold a variable of this name. */
  holds?: string | null
}

/** What is made of a context: left out, shown, or shown as an answer to the query. */
export type Answer = 0 | 1 | 2
export const OUT = 0
export const SHOWN = 1
export const MATCH = 2

export const isSame = (one: TreeFilter, other: TreeFilter): boolean =>
  one.hideEnded === other.hideEnded &&
  one.query === other.query &&
  (one.hideUntraced ?? false) === (other.hideUntraced ?? false) &&
  (one.hideCallbacks ?? false) === (other.hideCallbacks ?? false) &&
  (one.holds ?? null) === (other.holds ?? null)

/** A search opens what leads to its matches. */
export const isSearch = ({ query, holds = null }: TreeFilter): boolean => parseQuery(query) !== null || holds !== null

/** Null where nothing is left out. */
export function answering(
  world: World,
  worst: ReadonlyMap<ContextId, Severity>,
  filter: TreeFilter,
): ((entry: ContextEntry) => Answer) | null {
  const { hideEnded, hideCallbacks = false, hideUntraced = false, holds = null } = filter
  const query = parseQuery(filter.query)
  const isUntraced = hideUntraced && query === null && holds === null ? untracedIn(world) : null
  if (query === null && holds === null && !hideEnded && !hideCallbacks && isUntraced === null) return null
  const answers = query === null ? null : searchFor(world, query)
  const isHolder = holds === null ? null : holderOf(world, holds)
  return (entry) => {
    const isHidden =
      (hideEnded && !goesOn(entry)) || (hideCallbacks && entry.kind === 'callback') || isUntraced?.(entry) === true
    if (isHidden) {
      const severity = worst.get(entry.id)
      if (severity !== 'error' && severity !== 'warning') return OUT
    }
    if (isHolder?.(entry) === false || answers?.(entry) === false) return OUT
    return answers === null ? SHOWN : MATCH
  }
}

/** Variables that were made again share their name. */
function holderOf(world: World, wanted: string): (entry: ContextEntry) => boolean {
  const variables: VariableId[] = []
  for (const { id, name } of world.variables.values()) if (name === wanted) variables.push(id)
  return ({ holdings }) => variables.some((variable) => holdings.has(variable))
}
