// How two contexts are related: where they part, and which came from which.

import type { ContextId } from '../../runtime/protocol'
import type { Effort } from './effort'
import type { World } from './world'

/**
 * - `used-in-copy`: the second was copied, directly or through others, from the first
 * - `used-above`: the first was copied from the second
 * - `siblings`: both were copied from a third
 * - `strangers`: no common ancestor is known
 */
export type Relation = 'used-in-copy' | 'used-above' | 'siblings' | 'strangers'

export interface Crossing {
  relation: Relation
  made: ContextId
  used: ContextId
  /** The nearest context that both came from; it may be one of them. */
  ancestor: ContextId | null
  /** Where they part: the copy of that one from which the second comes, or else the first. */
  hop: ContextId | null
}

/** A place on the way up, and the one below it that led there. */
type Below = ContextId | null

/** Climbs no further than the effort reaches. Where the page counts its contexts, only as far as they part; elsewhere to the roots. */
export function crossing(world: World, made: ContextId, used: ContextId, effort: Effort): Crossing {
  const meeting = world.counted ? meetByNumber(world, made, used, effort) : meetByNames(world, made, used, effort)
  if (meeting === null) return { relation: 'strangers', made, used, ancestor: null, hop: null }
  const { ancestor, belowMade, belowUsed } = meeting
  const relation = ancestor === made ? 'used-in-copy' : ancestor === used ? 'used-above' : 'siblings'
  return { relation, made, used, ancestor, hop: belowUsed ?? belowMade }
}

interface Meeting {
  ancestor: ContextId
  belowMade: Below
  belowUsed: Below
}

/** Parents have smaller numbers, so the larger of two can be above neither, and is left for its own. */
function meetByNumber({ parents }: World, made: ContextId, used: ContextId, effort: Effort): Meeting | null {
  let [a, b]: [ContextId | 0, ContextId | 0] = [made, used]
  let [belowMade, belowUsed]: [Below, Below] = [null, null]
  let steps = 0
  while (a !== b) {
    if (a === 0 || b === 0 || effort.isSpent) return null
    if (a > b) {
      belowMade = a
      a = parents.get(a) ?? 0
    } else {
      belowUsed = b
      b = parents.get(b) ?? 0
    }
    if (++steps % SOME === 0) effort.spend(SOME)
  }
  effort.spend(steps % SOME)
  return a === 0 ? null : { ancestor: a, belowMade, belowUsed }
}

/** After so many steps it is looked whether there is effort left. */
const SOME = 100

function meetByNames(world: World, made: ContextId, used: ContextId, effort: Effort): Meeting | null {
  const belowMade = new Map<ContextId, Below>()
  for (const [context, below] of wayUp(world, made, effort)) belowMade.set(context, below)
  for (const [context, below] of wayUp(world, used, effort)) {
    const known = belowMade.get(context)
    if (known !== undefined) return { ancestor: context, belowMade: known, belowUsed: below }
  }
  return null
}

function* wayUp({ parents }: World, from: ContextId, effort: Effort): Generator<[ContextId, Below]> {
  let below: Below = null
  let context: ContextId | 0 = from
  while (context !== 0 && !effort.isSpent) {
    effort.spend(1)
    yield [context, below]
    below = context
    context = parents.get(context) ?? 0
  }
}
