// How two contexts are related: where they part, and which came from which.

import type { ContextId } from '../../runtime/protocol'
import type { Effort } from './effort'
import { ancestors } from './entries'
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
}

export function crossing(world: World, made: ContextId, used: ContextId, effort?: Effort): Crossing {
  const ancestor = nearestCommonAncestor(world, made, used, effort)
  if (ancestor === null) return { relation: 'strangers', made, used, ancestor }
  const relation = ancestor === made ? 'used-in-copy' : ancestor === used ? 'used-above' : 'siblings'
  return { relation, made, used, ancestor }
}

function nearestCommonAncestor(world: World, a: ContextId, b: ContextId, effort?: Effort): ContextId | null {
  const aboveA = new Set([a])
  for (const { id } of ancestors(world, a, effort)) aboveA.add(id)
  if (aboveA.has(b)) return b
  for (const { id } of ancestors(world, b, effort)) if (aboveA.has(id)) return id
  return null
}
