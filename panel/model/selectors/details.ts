// What one context holds, where each value came from, and what happened in it.

import type {
  ContextId,
  ContextKind,
  Millis,
  Preview,
  Seq,
  StackId,
  TokenId,
  VariableId,
} from '../../../runtime/protocol'
import { ancestors } from '../entries'
import { isInherited } from '../values'
import type { ContextEntry, Holding, TaskEntry, TokenState, World } from '../world'
import { type ContextEvent, contextEvents } from './events'
import { contextLabel, kindLabel, variableName } from './labels'
import { isJudgedByReturn, type Standing, standingOf } from './standing'

export interface HeldRow {
  variable: VariableId
  name: string
  /** `default` and `unset` are variables that this context does not hold; `unset` only if somebody asked for it here. */
  from: 'own' | 'inherited' | 'default' | 'unset'
  /** Null for unset. */
  value: Preview | null
  setIn: ContextId | null
  seq: Seq | null
  at: Millis | null
  stack: StackId | null
  token: { id: TokenId; state: TokenState } | null
  /** An own value over an inherited one: the inherited value. */
  changed: { from: Preview } | null
}

export interface ContextDetails {
  context: ContextId
  label: string
  kind: ContextKind
  /** In a word: a `zone` is of no kind of its own. */
  what: string
  state: Standing
  api: string | null
  /** Root first, itself last; of a chain of copies, which may be of any length, its end. */
  path: { context: ContextId; label: string }[]
  pathIsCut: boolean
  created: { seq: Seq; at: Millis; stack: StackId | null }
  ended: { seq: Seq; at: Millis } | null
  /** Whether that is known of a function that returned, after which an async one may go on; and when it did last. */
  returned: boolean
  resumed: { seq: Seq; at: Millis } | null
  task: TaskEntry | null
  /** Own, then inherited, then default, then unset; by name. */
  rows: HeldRow[]
  /** Newest last, at most `MOST_EVENTS`. */
  events: ContextEvent[]
}

export function contextDetails(world: World, context: ContextId): ContextDetails | null {
  const entry = world.contexts.get(context)
  if (entry === undefined) return null
  const { kind, api, ended, resumed } = entry
  const label = contextLabel(world, context)
  const path = pathTo(world, entry)
  return {
    context,
    label,
    kind,
    what: kindLabel(entry),
    state: standingOf(entry),
    api,
    path: path.map(({ id }) => ({ context: id, label: contextLabel(world, id) })),
    pathIsCut: path[0]?.parent != null,
    created: { seq: entry.created, at: entry.createdAt, stack: entry.stack },
    ended,
    returned: isJudgedByReturn(entry),
    // What went on after an earlier run is nothing that followed the newest.
    resumed: resumed !== null && resumed.seq > (ended?.seq ?? 0) ? resumed : null,
    task: entry.task === null ? null : (world.tasks.get(entry.task) ?? null),
    rows: heldRows(world, entry),
    events: contextEvents(world, entry),
  }
}

const LONGEST_PATH = 100

function pathTo(world: World, entry: ContextEntry): ContextEntry[] {
  const path = [entry]
  for (const above of ancestors(world, entry.id)) {
    if (path.length === LONGEST_PATH) break
    path.push(above)
  }
  return path.reverse()
}

const ORDER: Record<HeldRow['from'], number> = { own: 0, inherited: 1, default: 2, unset: 3 }

function heldRows(world: World, entry: ContextEntry): HeldRow[] {
  const rows: HeldRow[] = []
  for (const holding of entry.holdings.values()) rows.push(heldRow(world, entry, holding))
  const missed = missedHere(world, entry)
  for (const { id, default: value, created, stack } of world.variables.values()) {
    if (entry.holdings.has(id) || (value === null && !missed.has(id))) continue
    rows.push({
      variable: id,
      name: variableName(world, id),
      from: value === null ? 'unset' : 'default',
      value,
      setIn: null,
      // A default comes from where the variable was made.
      seq: value === null ? null : created,
      at: null,
      stack: value === null ? null : stack,
      token: null,
      changed: null,
    })
  }
  return rows.sort((a, b) => ORDER[a.from] - ORDER[b.from] || compare(a.name, b.name) || a.variable - b.variable)
}

/** Independent of the reader's language, so that every desk shows the same order. */
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

function heldRow(world: World, entry: ContextEntry, holding: Holding): HeldRow {
  const inherited = isInherited(entry, holding)
  const token = holding.token === null ? undefined : world.tokens.get(holding.token)
  const before = entry.inherited.get(holding.variable)
  return {
    variable: holding.variable,
    name: variableName(world, holding.variable),
    from: inherited ? 'inherited' : 'own',
    value: holding.value,
    setIn: holding.setIn,
    seq: holding.seq,
    at: holding.at,
    stack: holding.stack,
    token: token === undefined ? null : { id: token.id, state: token.state },
    changed: inherited || before === undefined ? null : { from: before.value },
  }
}

function missedHere(world: World, entry: ContextEntry): Set<VariableId> {
  const missed = new Set<VariableId>()
  for (const [variable, read] of entry.reads) if (read.from === 'miss' || read.from === 'fallback') missed.add(variable)
  for (const refusal of world.refusals) {
    if (refusal.type === 'lookup-error' && refusal.context === entry.id) missed.add(refusal.variable)
  }
  return missed
}
