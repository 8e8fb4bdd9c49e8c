// A token undoes its set once. Using it again means that two places believe to own the same undo.

import type { StackId, TokenError } from '../../../runtime/protocol'
import type { Evidence, Rule } from '../finding'
import { scoped } from '../fix'
import { contextPhrase, variableName } from '../selectors/labels'
import type { TokenEntry, World } from '../world'
import { whereSwallowed } from './refusal-swallowed'
import { tokenErrors } from './refusals'
import { type Group, lineOf, times } from './source-line'
import { madeEvidence, refusedEvidence, tokenOf } from './token-evidence'
import { conclude, type Found } from './verdict'

export const tokenUsedTwice: Rule = {
  id: 'token-used-twice',
  title: 'Token used twice',
  why: 'A token undoes one set, once. A second reset with it would bring back a value that was already replaced, so it is refused with a RuntimeError, and whatever the second reset was meant to undo is still set.',
  judge(world) {
    const andSwallowed = whereSwallowed(world, 'used')
    return conclude(
      world,
      tokenErrors(world, 'used'),
      (group) => andSwallowed(group.key, finding(world, group)),
      ({ at }) => at,
      'a refused reset',
    )
  },
}

function finding(world: World, { key, newest: refusal, count }: Group<TokenError>): Found {
  const token = tokenOf(world, refusal)
  const name = variableName(world, refusal.tokenVariable ?? refusal.variable)
  const made = token === undefined ? '' : `, made when ${name} was set to ${token.value.text},`
  return {
    id: `token-used-twice ${key}`,
    rule: 'token-used-twice',
    severity: 'error',
    title: `Token used twice: ${name}${times(count)}`,
    what: `A token of ${name}${made} had been used for a reset already when ${contextPhrase(world, refusal.context)} used it again. The second reset did nothing.`,
    advice: `Let one place own the undo: the block of the set, or one try/finally around the work. If both resets are wanted, set twice and keep both tokens.`,
    fix: scoped(name, token?.stack ?? refusal.tokenStack, resets(world, token, refusal)),
    stack: refusal.stack,
    context: refusal.context,
    variable: refusal.tokenVariable ?? refusal.variable,
    token: refusal.token,
    evidence: [...madeEvidence(world, token), ...firstUse(world, token, refusal), refusedEvidence(world, refusal)],
    crossing: null,
  }
}

/** Both, unless they are of one line. */
function resets(world: World, token: TokenEntry | undefined, refusal: TokenError): (StackId | null)[] {
  const first = token?.closed?.stack ?? refusal.usedStack
  return lineOf(world, first) === lineOf(world, refusal.stack) ? [refusal.stack] : [first, refusal.stack]
}

/** Nothing where the first reset is among the missing facts: the refusal then is all that is known of it. */
function firstUse(world: World, token: TokenEntry | undefined, refusal: TokenError): Evidence[] {
  const closed = token?.closed
  if (token === undefined || closed == null || closed.seq >= refusal.seq) return []
  const label = `first reset of ${variableName(world, token.variable)}`
  return [{ label, seq: closed.seq, context: token.context, stack: closed.stack ?? refusal.usedStack }]
}
