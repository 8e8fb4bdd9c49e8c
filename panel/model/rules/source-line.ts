// One mistake in the code happens many times in a page. Cases of one source line are one finding, told by its newest case.

import type { Seq, StackId } from '../../../runtime/protocol'
import type { World } from '../world'

/**
 * Names where in the code a stack begins: the same line reached in two ways is one line. Without a stack there is nothing to
 * group by, and the fact stands for itself.
 */
export function lineKey(world: World, stack: StackId | null, seq: Seq | number): string {
  if (stack === null) return `#${seq}`
  const frame = world.stacks[stack]?.[0]
  return frame === undefined ? `stack ${stack}` : `${frame.url}:${frame.line}:${frame.column}`
}

export interface Group<Case> {
  /** Stays the same as further cases join. */
  key: string
  newest: Case
  count: number
}

/** Cases come oldest first. */
export function groupBy<Case>(cases: Iterable<Case>, keyOf: (one: Case) => string): Group<Case>[] {
  const groups = new Map<string, Group<Case>>()
  for (const one of cases) {
    const key = keyOf(one)
    const group = groups.get(key)
    if (group === undefined) {
      groups.set(key, { key, newest: one, count: 1 })
    } else {
      group.newest = one
      group.count++
    }
  }
  return [...groups.values()]
}

/** ` (3 times)`, nothing for once. */
export const times = (count: number): string => (count > 1 ? ` (${count.toLocaleString('en-US')} times)` : '')
