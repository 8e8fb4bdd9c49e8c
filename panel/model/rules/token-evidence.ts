// What is known of the token of a refused reset, from the world where it saw the set, from the refusal itself where it did not.

import type { TokenError } from '../../../runtime/protocol'
import type { Evidence } from '../finding'
import { refusalLabel } from '../selectors/events'
import { contextPhrase, variableName } from '../selectors/labels'
import type { TokenEntry, World } from '../world'

export function tokenOf(world: World, refusal: TokenError): TokenEntry | undefined {
  return refusal.token === null ? undefined : world.tokens.get(refusal.token)
}

/** The set that made the token, in a context that may need another phrase; nothing where that fact is missing. */
export function madeEvidence(world: World, token: TokenEntry | undefined, where?: string): Evidence[] {
  if (token === undefined) return []
  const { variable, value, context, made, stack } = token
  const label = `set ${variableName(world, variable)} = ${value.text} in ${where ?? contextPhrase(world, context)}`
  return [{ label, seq: made, context, stack }]
}

export function refusedEvidence(world: World, refusal: TokenError): Evidence {
  const label = `${refusalLabel(world, refusal)}, in ${contextPhrase(world, refusal.context)}`
  return { label, seq: refusal.seq, context: refusal.context, stack: refusal.stack }
}
