// Units of work and their ends: a context was made for a run, a task or a callback, and is over when that is. What is over may
// still be run again (a copy, twice), and then lives again.

import type {
  CallbackRan,
  ContextCollected,
  ContextCreated,
  RunEnded,
  RunStarted,
  RuntimeAttached,
  TaskCreated,
  TaskSettled,
  TaskStarted,
  VariableId,
  VarSet,
  WorkAwaited,
} from '../../runtime/protocol'
import { attach, contextOf, noteResumed } from './entries'
import { holdingsAsOf } from './history'
import { keptByTimer } from './kept-by-timer'
import { noteOutlivedIn } from './outlived-value'
import { noteSettled } from './swallowed'
import { count } from './tally'
import { touchContext, touchOrigin } from './touched'
import type { ContextEntry, Fact, Failure, World } from './world'

export function applyAttached(world: World, fact: RuntimeAttached): void {
  // What is told again has another time.
  world.runtime ??= fact
  world.propagation = fact.propagation
  world.base = fact.base
  const base = contextOf(world, fact.base, fact)
  base.kind = 'base'
  base.placed = true
  touchContext(world, base.id)
}

export function applyCreated(world: World, fact: ContextCreated): void {
  const entry = contextOf(world, fact.context, fact)
  const untouched = entry.lastChange === null && entry.holdings === entry.inherited
  entry.kind = fact.kind
  entry.name = fact.name
  entry.api = fact.api
  entry.stack = fact.stack
  entry.created = fact.seq
  entry.createdAt = fact.at
  entry.asOf = Math.min(fact.asOf, fact.seq - 1)
  attach(world, entry, fact.parent, fact)
  touchContext(world, entry.id)
  if (entry.parent === null) return
  const parent = contextOf(world, entry.parent, fact)
  touchOrigin(world, entry)
  // That it has something below it now tells something of it.
  touchOrigin(world, parent)
  if (!untouched) return
  entry.copiedAfterEnd = isCopiedAfterEnd(entry, parent)
  if (entry.kind !== 'callback' && !entry.copiedAfterEnd && entry.asOf >= (parent.ended?.seq ?? Infinity))
    noteResumed(parent, fact)
  entry.inherited = holdingsAsOf(parent, entry.asOf)
  entry.holdings = entry.inherited
  const kept = keptByTimer(world, entry, fact)
  if (kept !== null) count(world.keptByTimers, `${fact.stack}`, kept)
}

/** A callback is told when it matters, which says nothing of the moment when it was handed over. */
function isCopiedAfterEnd(copy: ContextEntry, { ended, runs }: ContextEntry): boolean {
  return ended !== null && copy.kind !== 'callback' && (copy.api === 'Context.copy' || runs > 0)
}

export function applyRunStarted(world: World, fact: RunStarted): void {
  contextOf(world, fact.outer, fact)
  const entry = contextOf(world, fact.context, fact)
  entry.runs++
  entry.entered = fact.seq
  // The unit of a task or callback context does not come back because somebody looks around in what it left.
  if (isForRuns(entry)) revive(world, entry)
}

export function applyRunEnded(world: World, fact: RunEnded): void {
  const entry = contextOf(world, fact.context, fact)
  entry.runs = Math.max(0, entry.runs - 1)
  if (fact.threw) noteFailure(entry, 'run', fact)
  if (isForRuns(entry)) endIfIdle(world, entry, fact)
}

export function applyTaskCreated(world: World, fact: TaskCreated): void {
  const context = contextOf(world, fact.context, fact)
  const { task, name, parent, stack } = fact
  const known = world.tasks.get(task)
  world.tasks.set(task, {
    id: task,
    name,
    context: context.id,
    parent,
    state: 'created',
    created: fact.seq,
    createdAt: fact.at,
    settledAt: null,
    stack,
  })
  context.task = task
  context.firstTask ??= task
  if (known === undefined) context.tasks++
  revive(world, context)
}

export function applyTaskStarted(world: World, fact: TaskStarted): void {
  const task = world.tasks.edit(fact.task)
  if (task?.state !== 'created') return
  task.state = 'running'
  const context = contextOf(world, task.context, fact)
  // A task that shares the context of another began with what that one has.
  if (context.kind === 'task' && context.firstTask === task.id) context.missed = setSince(world, context, task.created)
}

/** How many writes to the maker are looked at: between a task and its begin, few are made. */
const NEAR = 100

/** What the maker of a context set after that fact, and holds now. */
function setSince(world: World, { parent }: ContextEntry, since: number): ReadonlyMap<VariableId, VarSet> | null {
  const newest = new Map<VariableId, VarSet | null>()
  let change = (parent === null ? undefined : world.contexts.get(parent))?.lastChange ?? null
  for (let left = NEAR; left > 0 && change !== null && change.fact.seq > since; left--) {
    const { fact } = change
    if (!newest.has(fact.variable)) newest.set(fact.variable, fact.type === 'var-set' ? fact : null)
    change = change.previous
  }
  const sets = [...newest].filter((entry): entry is [VariableId, VarSet] => entry[1] !== null)
  return sets.length === 0 ? null : new Map(sets)
}

export function applyTaskSettled(world: World, fact: TaskSettled): void {
  const task = world.tasks.edit(fact.task)
  if (task === undefined || task.settledAt !== null) return
  task.state = fact.outcome
  task.settledAt = fact.at
  const context = contextOf(world, task.context, fact)
  context.tasks = Math.max(0, context.tasks - 1)
  if (fact.outcome === 'rejected') noteFailure(context, 'task', fact)
  noteSettled(world, context, fact)
  endIfIdle(world, context, fact)
}

/** How many failures a context is remembered by: one that fails again and again fails alike. */
const FAILURES = 8

function noteFailure(context: ContextEntry, unit: Failure['unit'], { seq, at }: Fact): void {
  context.failures = [...context.failures.slice(1 - FAILURES), { unit, seq, at }]
}

/** How many works a context is remembered to have waited for: what it reads soon afterwards is what is compared with them. */
const AWAITED = 32

/** Who keeps the promise of a work keeps no context: the work's may be gone by now, and forgotten, and does not come back for that. */
export function applyWorkAwaited(world: World, fact: WorkAwaited): void {
  const context = contextOf(world, fact.context, fact)
  context.awaited = [...context.awaited.slice(1 - AWAITED), fact]
  const work = world.contexts.edit(fact.work)
  if (work !== undefined) work.isAwaited = true
}

export function applyCallbackRan(world: World, fact: CallbackRan): void {
  const entry = contextOf(world, fact.context, fact)
  if (fact.threw) noteFailure(entry, 'callback', fact)
  if (entry.kind === 'callback' || entry.kind === 'unknown') endIfIdle(world, entry, fact)
}

/** A context that we never heard of needs no entry to be gone. */
export function applyContextCollected(world: World, fact: ContextCollected): void {
  const entry = world.contexts.edit(fact.context)
  if (entry === undefined) return
  touchContext(world, entry.id)
  entry.state = 'collected'
  entry.ended ??= { seq: fact.seq, at: fact.at, unseen: true }
}

function isForRuns(entry: ContextEntry): boolean {
  return entry.kind === 'copy' || entry.kind === 'new' || entry.kind === 'restored' || entry.kind === 'unknown'
}

function revive(world: World, entry: ContextEntry): void {
  touchContext(world, entry.id)
  entry.state = 'alive'
  entry.ended = null
}

/** Several tasks may share one context, and a run may begin in it while they go on; the base context is nobody's unit. */
function endIfIdle(world: World, entry: ContextEntry, fact: Fact): void {
  if (entry.kind === 'base' || entry.state !== 'alive' || entry.tasks > 0 || entry.runs > 0) return
  touchContext(world, entry.id)
  entry.state = 'ended'
  entry.ended = { seq: fact.seq, at: fact.at, ...(fact.type === 'run-ended' && { left: true }) }
  if (entry.firstTask !== null && entry.own > 0) noteOutlivedIn(world, entry)
}
