// A default is one object. Who adds to it adds to what everybody reads who has no value of their own.

import type { DefaultChanged, PreviewKind } from '../../../runtime/protocol'
import type { Evidence, Rule } from '../finding'
import { change } from '../fix'
import { contextPhrase, contextSubject, variableName } from '../selectors/labels'
import type { World } from '../world'
import { type Group, groupTallies } from './source-line'
import { conclude, type Found } from './verdict'

export const defaultChanged: Rule = {
  id: 'default-changed',
  title: 'Default that changes',
  why: 'The default of a variable is one object for all contexts. What is added to it in one is found by every other that has no value of its own: the next request starts with what the last one left there.',
  judge(world) {
    const groups = groupTallies(
      world.changedDefaults.values(),
      ({ variable }) => `${variable}`,
      ({ seq }) => seq,
    )
    return conclude(
      world,
      groups,
      (group) => finding(world, group),
      ({ at }) => at,
      'a default that was changed',
    )
  },
}

function finding(world: World, { key, newest: fact }: Group<DefaultChanged>): Found {
  const { variable, context, value, seq, stack } = fact
  const name = variableName(world, variable)
  const made = world.variables.get(variable)
  const before = made?.default
  const isFreezable = before != null && FREEZABLE.has(before.kind)
  return {
    id: `default-changed ${key}`,
    rule: 'default-changed',
    severity: 'info',
    title: `Default that changes: ${name}`,
    what: `The default of ${name} ${before == null ? 'was another' : `was ${before.text}`} when it was made. ${contextSubject(world, context)}, which has no value of its own, found ${value.text}: somebody had changed that very object, which all contexts share.`,
    advice: `Set a fresh object where the work begins, \`${name}.set(…)\`, and replace it instead of changing it. ${isFreezable ? 'A default that is frozen is safe: who changes it is told. ' : ''}If it is meant to be one for all, there is nothing to do.`,
    fix: isFreezable ? [change('freeze', made?.stack ?? null, { name })] : [],
    // It is one object, wherever its change was found.
    stack: made?.stack ?? null,
    context,
    variable,
    token: null,
    evidence: [
      ...madeEvidence(world, fact),
      { label: `${contextPhrase(world, context)} read the default of ${name}: ${value.text}`, seq, context, stack },
    ],
    crossing: null,
  }
}

/** `Object.freeze` does not keep a map or a set from being filled. */
const FREEZABLE: ReadonlySet<PreviewKind> = new Set(['array', 'object'])

/** Nothing where the variable is older than what is known. */
function madeEvidence(world: World, { variable, seq }: DefaultChanged): Evidence[] {
  const made = world.variables.get(variable)
  if (made === undefined || made.created >= seq) return []
  const label = `new variable ${made.name}, default ${made.default?.text ?? 'unknown'}`
  return [{ label, seq: made.created, context: null, stack: made.stack }]
}
