// A token belongs to the variable whose set returned it. Handing it to another one's reset is a mix-up of names.

import type { StackId, TokenError } from '../../../runtime/protocol'
import type { Rule } from '../finding'
import { change } from '../fix'
import { contextPhrase, contextSubject, variableName } from '../selectors/labels'
import type { World } from '../world'
import { whereSwallowed } from './refusal-swallowed'
import { tokenErrors } from './refusals'
import { type Group, times } from './source-line'
import { madeEvidence, refusedEvidence, tokenOf } from './token-evidence'
import { conclude, type Found } from './verdict'

export const tokenOtherVariable: Rule = {
  id: 'token-other-variable',
  title: 'Token of another variable',
  why: 'A token restores the variable that made it, and no other. The reset is refused with a ValueError, and both variables keep the values that they had: neither set was undone.',
  judge(world) {
    const andSwallowed = whereSwallowed(world, 'other-variable')
    return conclude(
      world,
      tokenErrors(world, 'other-variable'),
      (group) => andSwallowed(group.key, finding(world, group)),
      ({ at }) => at,
      'a refused reset',
    )
  },
}

function finding(world: World, { key, newest: refusal, count }: Group<TokenError>): Found {
  const made = variableName(world, refusal.tokenVariable)
  const used = variableName(world, refusal.variable)
  // Two variables of one name are nearly always one variable that was made inside a function, twice.
  const twins = made === used && refusal.tokenVariable !== refusal.variable
  return {
    id: `token-other-variable ${key}`,
    rule: 'token-other-variable',
    severity: 'error',
    title: `Token of another variable: ${made} → ${used}${times(count)}`,
    what: twins
      ? `Two variables are called ${made}: ${contextPhrase(world, refusal.context)} reset one of them with the token that a set of the other had returned.`
      : `${contextSubject(world, refusal.context)} called ${used}.reset with the token that ${made}.set returned. Both variables keep their values, and the token can still be used.`,
    advice: twins
      ? `Make the variable once, at the top level of a module: one made inside a function is a new variable at every call.`
      : `Reset ${made} with that token. With \`using _token = ${made}.set(value)\` there is no name to mix up.`,
    fix: twins
      ? [change('once', madeAt(world, refusal), { name: made })]
      : [change('reset', refusal.stack, { name: made, set: refusal.tokenStack })],
    stack: refusal.stack,
    context: refusal.context,
    variable: refusal.variable,
    token: refusal.token,
    evidence: [...madeEvidence(world, tokenOf(world, refusal)), refusedEvidence(world, refusal)],
    crossing: null,
  }
}

const madeAt = (world: World, { variable }: TokenError): StackId | null => world.variables.get(variable)?.stack ?? null
