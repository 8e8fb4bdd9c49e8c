// What a timer keeps alive: each of its calls has a copy of the context that started it, with the values of that moment. As long as the
// timer is not cleared, nobody lets go of them, whatever became of the work.

import type { ContextCreated, TokenId } from '../../runtime/protocol'
import type { ContextEntry, KeptByTimer, World } from './world'

/** More than anybody reads. */
const MOST = 10

/** Of a call of it, told when the work that started it was over: what of its values was undone there. Null where it keeps none. */
export function keptByTimer(world: World, { inherited }: ContextEntry, call: ContextCreated): KeptByTimer | null {
  if (call.kind !== 'callback' || call.api !== 'setInterval' || call.parent === null) return null
  const ended = world.contexts.get(call.parent)?.ended ?? null
  if (ended === null || ended.seq >= call.seq || call.asOf >= ended.seq) return null
  const tokens: TokenId[] = []
  for (const { token: id } of inherited.values()) {
    const token = id === null ? undefined : world.tokens.get(id)
    // What was never reset is told as that; what the base context has is there for all.
    if (token?.state !== 'used' || world.contexts.get(token.context)?.kind === 'base') continue
    if (tokens.push(token.id) === MOST) break
  }
  return tokens.length === 0 ? null : { call, tokens: tokens.sort((a, b) => a - b) }
}
