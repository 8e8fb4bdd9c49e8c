// What changed in a world since somebody looked, so that who looks again and again looks at that alone. Only a world that is looked at
// notes it; one that goes its own way, or of which anything may have changed, is to be looked at as a whole.

import type { ContextId, TokenId, VariableId } from '../../runtime/protocol'
import type { ContextEntry, World } from './world'

/** In the order in which it was touched, and as often. */
export interface Touched {
  /** Made, closed, read by an heir or named by a refusal; and those of values that came to stand somewhere, or stand there no more. */
  readonly tokens: TokenId[]
  /** Told, begun again, ended or collected; and those that are over, of which others were copied or did something for the first time. */
  readonly contexts: ContextId[]
  /** Told. */
  readonly variables: VariableId[]
}

export const nothingTouched = (): Touched => ({ tokens: [], contexts: [], variables: [] })

/** Who looks after more than this, and more than there is, looks at everything, for which no list is needed. */
const MANY = 1_000

export function touchToken(world: World, token: TokenId | null | undefined): void {
  if (token != null && world.touched !== null) note(world, world.touched.tokens, token)
}

export function touchContext(world: World, context: ContextId): void {
  if (world.touched !== null) note(world, world.touched.contexts, context)
}

export function touchVariable(world: World, variable: VariableId): void {
  if (world.touched !== null) note(world, world.touched.variables, variable)
}

/** What is said of a context that is over depends on what was copied from it, and on what came of that. */
export function touchOrigin(world: World, { parent }: ContextEntry): void {
  if (world.touched === null || parent === null) return
  const ended = world.contexts.get(parent)?.ended ?? null
  if (ended !== null) touchContext(world, parent)
}

/** Anything may be different now. */
export function touchEverything(world: World): void {
  world.touched = null
}

function note<Id>(world: World, ids: Id[], id: Id): void {
  if (ids.at(-1) === id) return
  if (ids.push(id) > Math.max(MANY, world.tokens.size + world.contexts.size)) touchEverything(world)
}
