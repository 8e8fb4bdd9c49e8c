// The entries that a fact speaks of, ready to be edited. A fact may name what the world never heard of (after a gap, a late
// attachment, or from a page that lies): an entry of kind `unknown` then stands for it, so that nothing here ever throws.

import {
  CONTEXT_WITH,
  type ContextId,
  type Fact,
  VARIABLE_RUN,
  type VariableId,
  type VarRead,
  ZONE_FORK,
} from '../../runtime/protocol'
import { Children } from './children'
import type { Effort } from './effort'
import { shareHoldings, shareMoments } from './history'
import { Ledger } from './ledger'
import { MOST_STEPS } from './limits'
import type { ContextEntry, Holding, VariableEntry, VariableUse, World } from './world'

/** Copies what may be edited; `inherited` is never edited, and `holdings` may be `inherited` itself until the first write. */
export function copyContextEntry(entry: ContextEntry): ContextEntry {
  return shareMoments(entry, {
    ...entry,
    holdings: shareHoldings(entry),
    setBelow: entry.setBelow === NOTHING_BELOW ? NOTHING_BELOW : entry.setBelow.fork(),
    reads: entry.reads === NO_READS ? NO_READS : entry.reads.fork(),
  })
}

/** Most contexts hold nothing of their own and are not read: one ledger stands for all that is empty, and is never written. */
const NOTHING = new Ledger<VariableId, Holding>()
const NOTHING_BELOW: ContextEntry['setBelow'] = new Ledger()
const NO_READS = new Ledger<VariableId, VarRead>()
const NO_FAILURES: ContextEntry['failures'] = []
const NO_REFUSALS: ContextEntry['refused'] = []
const NO_WORK: ContextEntry['awaited'] = []

/** Adds a context without parent, holding nothing. */
export function addContext(world: World, id: ContextId, fact: Fact): ContextEntry {
  const entry: ContextEntry = {
    id,
    parent: null,
    placed: false,
    listed: false,
    children: Children.none,
    kind: 'unknown',
    name: null,
    api: null,
    state: 'alive',
    created: fact.seq,
    createdAt: fact.at,
    asOf: fact.seq - 1,
    stack: null,
    copiedAfterEnd: false,
    ended: null,
    resumed: null,
    isAwaited: false,
    task: null,
    firstTask: null,
    missed: null,
    awaited: NO_WORK,
    failures: NO_FAILURES,
    tasks: 0,
    refused: NO_REFUSALS,
    runs: 0,
    entered: null,
    open: 0,
    own: 0,
    inherited: NOTHING,
    holdings: NOTHING,
    setBelow: NOTHING_BELOW,
    reads: NO_READS,
    given: null,
    lastChange: null,
    changes: 0,
    unknownUntil: null,
  }
  world.contexts.set(id, entry)
  world.parents.set(id, 0)
  world.roots.add(id)
  return entry
}

export function contextOf(world: World, id: ContextId, fact: Fact): ContextEntry {
  return world.contexts.edit(id) ?? addContext(world, id, fact)
}

/** Code runs in a context whose unit of work is over: an async function that went on after an await. */
export function noteResumed(entry: ContextEntry, { seq, at }: Fact): void {
  if (entry.ended !== null && entry.runs === 0) entry.resumed = { seq, at }
}

/** Whether it is given values before anything runs there. */
export const beginsWithValues = ({ kind, api }: ContextEntry): boolean =>
  kind === 'restored' || api === VARIABLE_RUN || api === CONTEXT_WITH || api === ZONE_FORK

export function noteRead(entry: ContextEntry, fact: VarRead): void {
  if (entry.reads === NO_READS) entry.reads = NO_READS.fork()
  entry.reads.set(fact.variable, fact)
}

/** What a copy sets, its parent knows: of two copies it is enough that there are several. */
export function noteSetBelow(world: World, { id, parent }: ContextEntry, variable: VariableId): void {
  const known = parent === null ? 0 : world.contexts.get(parent)?.setBelow.get(variable)
  if (known === 0 || known === id) return
  const entry = parent === null ? undefined : world.contexts.edit(parent)
  if (entry === undefined) return
  if (entry.setBelow === NOTHING_BELOW) entry.setBelow = NOTHING_BELOW.fork()
  entry.setBelow.set(variable, known === undefined ? id : 0)
}

const UNUSED: VariableUse = { sets: null, sames: null, defaults: null, isRead: false, isGiven: false }

export function variableOf(world: World, id: VariableId, fact: Fact): VariableEntry {
  const known = world.variables.edit(id)
  if (known !== undefined) return known
  const entry: VariableEntry = {
    id,
    name: `variable ${id}`,
    default: null,
    created: fact.seq,
    createdAt: fact.at,
    stack: null,
    ...UNUSED,
  }
  world.variables.set(id, entry)
  return entry
}

/** Puts `entry` below `parent`, unless that would close a circle, which only a page that lies can ask for. */
export function attach(world: World, entry: ContextEntry, parent: ContextId | null, fact: Fact): void {
  if (entry.placed) return
  entry.placed = true
  if (parent === null || isAbove(world, entry, parent)) return
  world.roots.delete(entry.id)
  const above = contextOf(world, parent, fact)
  const { children } = above
  world.counted &&= parent < entry.id && (children.at(children.length - 1) ?? 0) < entry.id
  above.children = children.with(entry.id)
  hang(world, entry, parent)
}

/** What hangs below it comes along. */
export function hang(world: World, entry: ContextEntry, parent: ContextId | null): void {
  entry.parent = parent
  world.parents.set(entry.id, parent ?? 0)
}

function isAbove(world: World, entry: ContextEntry, below: ContextId): boolean {
  if (entry.id === below) return true
  if (entry.children.length === 0 || (world.counted && below < entry.id)) return false
  // Who makes us climb without end is a liar, too.
  if (world.climbed > MOST_STEPS) return true
  let id: ContextId | null = below
  while (id !== null && id !== entry.id) {
    world.climbed++
    id = world.contexts.get(id)?.parent ?? null
  }
  return id !== null
}

/** The contexts above this one, nearest first; no further than the effort reaches. */
export function* ancestors(world: World, id: ContextId, effort?: Effort): Generator<ContextEntry> {
  let parent = world.contexts.get(id)?.parent ?? null
  while (parent !== null && !effort?.isSpent) {
    effort?.spend(1)
    const entry = world.contexts.get(parent)
    if (entry === undefined) return
    yield entry
    parent = entry.parent
  }
}
