// Code that lost its context and does not know it: a variable with a default has one everywhere, so nothing fails. That nothing which is
// followed started the code is a fact; whose it was is told by its function, where that had set the variable, in a line before, in work that
// still has it. (Of any other code in the base context, such as a page at its start or a handler in HTML, the default is what it is to find.)

import { Effort } from '../effort'
import type { Rule } from '../finding'
import { SETS_ASKED } from '../limits'
import { contextPhrase, contextSubject, variableName } from '../selectors/labels'
import type { StrayRead, TokenEntry, World } from '../world'
import { type Sets, soughtSets } from './sought-sets'
import { groupTallies, LineNames, times } from './source-line'
import { howItStarted, howToFollow, standsAt, strayedFrom, unfollowedCode, unfollowedEvidence } from './strayed-code'
import { madeEvidence } from './token-evidence'
import { conclude, type Found } from './verdict'

export const contextLost: Rule = {
  id: 'context-lost',
  title: 'Context lost',
  why: 'Where a context is lost on the way, at an await that nothing saw or in a callback that is not followed, the code goes on in the base context. A variable with a default is read there as if nobody had set it: nothing fails, and the value is wrong.',
  judge(world) {
    const names = new LineNames(world)
    const effort = new Effort()
    const candidates = [...world.strayReads.values()].reverse()
    const setsOf = soughtSets(world, new Set(candidates.map(({ newest }) => newest.read.variable)))
    const told = new Map<StrayRead, TokenEntry>()
    for (const { newest } of candidates) {
      const set = setByTheSame(world, newest, setsOf(newest.read.variable), effort)
      if (set !== null) told.set(newest, set)
    }
    const groups = groupTallies(
      candidates.filter(({ newest }) => told.has(newest)).reverse(),
      ({ read, entry }) => names.of(read.variable, entry.stack),
      ({ read }) => read.seq,
    )
    return conclude(
      world,
      groups,
      ({ key, newest, count }) => finding(world, key, newest, told.get(newest), count),
      ({ read }) => read.at,
      'code that lost its context',
      effort.isSpent ? 'There is more than can be looked at; of the older code, it cannot be told.' : null,
    )
  },
}

/** The newest set that stood then, in a work that the code very likely belongs to. */
function setByTheSame(world: World, { read, entry }: StrayRead, sets: Sets, effort: Effort): TokenEntry | null {
  if (effort.isSpent) return null
  const moment = { context: read.context, stack: entry.stack, seq: read.seq }
  return (
    sets
      .newestBefore(read.seq, SETS_ASKED, effort)
      .findLast((set) => standsAt(set, read.seq) && strayedFrom(world, moment, set)?.isPastSet === true) ?? null
  )
}

function finding(
  world: World,
  key: string,
  { read, entry }: StrayRead,
  set: TokenEntry | undefined,
  count: number,
): Found {
  const name = variableName(world, read.variable)
  const code = unfollowedCode(world, { context: read.context, stack: entry.stack, seq: read.seq })
  const work = contextPhrase(world, set?.context ?? null)
  return {
    id: `context-lost ${key}`,
    rule: 'context-lost',
    severity: 'warning',
    title: `Context lost: ${name}${times(count)}`,
    what: `${contextSubject(world, read.context)} read the default of ${name}, although the same function had set it${set === undefined ? '' : ` to ${set.value.text} in ${work}, where it stood`}.${code === null ? '' : ` ${howItStarted(code)}`}`,
    advice: `${code === null ? 'Call `install()` before anything keeps a function of the host.' : howToFollow(code)} If the default is expected out here, there is nothing to do.`,
    fix: [],
    stack: entry.stack,
    context: read.context,
    variable: read.variable,
    token: set?.id ?? null,
    evidence: [
      ...madeEvidence(world, set),
      ...(code === null ? [] : [unfollowedEvidence(world, code)]),
      {
        label: `${contextPhrase(world, read.context)} read ${name}, by default`,
        seq: read.seq,
        context: read.context,
        stack: entry.stack,
      },
    ],
    crossing: null,
  }
}
