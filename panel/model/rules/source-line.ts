// One mistake in the code happens many times in a page. Cases of one source line are one finding, told by its newest case.

import { NOT_TAKEN, type StackId } from '../../../runtime/protocol'
import type { Tally } from '../tally'
import type { World } from '../world'

/**
 * Names what a case is about (a variable) and where in the code its stack begins: the same line reached in two ways is one line.
 * Cases without a stack have nothing more to tell them apart. Names are made once for each stack: this is asked of every token.
 */
export function namedByLine(world: World, prefix = ''): (about: number, stack: StackId | null) => string {
  const names = new Map<StackId | null, Map<number, string>>()
  return (about, stack) => {
    const ofStack = names.get(stack) ?? new Map<number, string>()
    const known = ofStack.get(about)
    if (known !== undefined) return known
    const name = `${prefix}${about} ${lineOf(world, stack) ?? (isKnown(stack) ? `stack ${stack}` : 'somewhere')}`
    names.set(stack, ofStack.set(about, name))
    return name
  }
}

const isKnown = (stack: StackId | null): boolean => stack !== null && stack !== NOT_TAKEN

/** Where in the code a stack begins; null where that is not known. */
export function lineOf(world: World, stack: StackId | null): string | null {
  const frame = stack === null ? undefined : world.stacks[stack]?.[0]
  return frame === undefined ? null : `${frame.url}:${frame.line}:${frame.column}`
}

export interface Group<Case> extends Tally<Case> {
  /** Stays the same as further cases join. */
  key: string
}

/** The same for what is counted already, by its stack: several stacks may begin with one line. */
export function groupTallies<Case>(tallies: Iterable<Tally<Case>>, keyOf: (one: Case) => string): Group<Case>[] {
  const groups = new Map<string, Group<Case>>()
  for (const { newest, count } of tallies) {
    const key = keyOf(newest)
    groups.set(key, { key, newest, count: count + (groups.get(key)?.count ?? 0) })
  }
  return [...groups.values()]
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
