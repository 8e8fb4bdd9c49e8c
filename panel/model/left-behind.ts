// What a work leaves in its copy of a context: who waited for the work and made the copy may have meant to find it. Values of their own
// are what copies are for, so little of it is worth a word: only what one copy alone was given, and what was asked for afterwards, in
// vain.

import type { VariableId, VarRead, WorkAwaited } from '../../runtime/protocol'
import type { ContextEntry, Holding, LeftInCopy, World } from './world'

/** How many of its writes are looked at. */
const NEAR = 100

/** What the context found the default of, and had waited for the one who set it; null where nothing says so. */
export function leftInCopy(world: World, context: ContextEntry, read: VarRead): LeftInCopy | null {
  const { variable } = read
  // The base context belongs to everybody: who reads there need not be who waited.
  if (context.kind === 'base' || context.awaited.length === 0) return null
  const awaited = context.awaited.findLast(({ work }) => leftIn(world, context, work, variable) !== null)
  const token = awaited === undefined ? null : (leftIn(world, context, awaited.work, variable)?.token ?? null)
  if (awaited === undefined || token === null || hasWritten(context, variable)) return null
  return isOnlyOne(world, { read, awaited, token }) ? { read, awaited, token } : null
}

/** Whether no other copy was given one: who makes one after the other, each with its own, does not ask for any of them. */
export function isOnlyOne(world: World, { read: { context, variable }, awaited: { work } }: LeftInCopy): boolean {
  return (world.contexts.get(context)?.setBelow.get(variable) ?? work) === work
}

/**
 * What a work that was awaited has in its copy of this very context, when it is over. Where this one has nothing, the work itself set
 * it.
 */
function leftIn(world: World, { id }: ContextEntry, work: WorkAwaited['work'], variable: VariableId): Holding | null {
  const copy = world.contexts.get(work)
  // Of a work that failed, nobody expects anything.
  if (copy?.parent !== id || copy.state === 'alive' || hasFailed(world, copy)) return null
  const value = copy.holdings.get(variable)
  return value === undefined || isDefault(world, variable, value) ? null : value
}

function isDefault(world: World, variable: VariableId, { value }: Holding): boolean {
  const preset = world.variables.get(variable)?.default
  // What was taken out of a recording stands in brackets, and may have been different.
  return preset?.kind === value.kind && preset.text === value.text && !value.text.includes('[')
}

const hasFailed = (world: World, { task }: ContextEntry): boolean =>
  task !== null && world.tasks.get(task)?.state === 'rejected'

/** Who sets it for a while and finds the default afterwards finds what is meant to be there. */
function hasWritten({ lastChange }: ContextEntry, variable: VariableId): boolean {
  let change = lastChange
  for (let left = NEAR; left > 0 && change !== null; left--) {
    if (change.fact.variable === variable) return true
    change = change.previous
  }
  return false
}
