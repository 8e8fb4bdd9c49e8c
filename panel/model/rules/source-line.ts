// One mistake in the code happens many times in a page. Cases of one source line are one finding, told by its newest case.

import { type Frame, NOT_TAKEN, type StackId, type StackTable } from '../../../runtime/protocol'
import { grouped } from '../selectors/grouped'
import type { Tally } from '../tally'
import type { World } from '../world'

/**
 * Names what a case is about (a variable) and where in the code its stack begins: the same line reached in two ways is one line.
 * Cases without a stack have nothing more to tell them apart. Names are made once for each stack: this is asked of every case.
 */
export class LineNames {
  readonly #stacks: StackTable
  readonly #prefix: string
  readonly #names = new Map<StackId | null, Map<number, string>>()
  /** Stacks that were asked for, and that nobody has told yet. */
  readonly #untold = new Set<StackId>()

  constructor({ stacks }: World, prefix = '') {
    this.#stacks = stacks
    this.#prefix = prefix
  }

  of(about: number, stack: StackId | null): string {
    const ofStack = this.#names.get(stack) ?? new Map<number, string>()
    const known = ofStack.get(about)
    if (known !== undefined) return known
    const frame = this.frameOf(stack)
    const line = frame === undefined ? (isKnown(stack) ? `stack ${stack}` : 'somewhere') : lineOfFrame(frame)
    const name = `${this.#prefix}${about} ${line}`
    this.#names.set(stack, ofStack.set(about, name))
    return name
  }

  /** Where a stack begins. */
  frameOf(stack: StackId | null): Frame | undefined {
    const frames = stack === null ? undefined : this.#stacks[stack]
    if (frames === undefined && isKnown(stack)) this.#untold.add(stack)
    return frames?.[0]
  }

  /** Whether a stack was told that was not when it was asked for: its line is known now. */
  get areOutdated(): boolean {
    for (const stack of this.#untold) if (this.#stacks[stack] !== undefined) return true
    return false
  }
}

const isKnown = (stack: StackId | null): stack is StackId => stack !== null && stack !== NOT_TAKEN

/** Where in the code a stack begins; null where that is not known. */
export function lineOf(world: World, stack: StackId | null): string | null {
  const frame = stack === null ? undefined : world.stacks[stack]?.[0]
  return frame === undefined ? null : lineOfFrame(frame)
}

const lineOfFrame = ({ url, line, column }: Frame): string => `${url}:${line}:${column}`

export interface Group<Case> extends Tally<Case> {
  /** Stays the same as further cases join. */
  key: string
}

/** The same for what is counted already, by its stack: several stacks may begin with one line. `seqOf` says in which order they happened. */
export function groupTallies<Case>(
  tallies: Iterable<Tally<Case>>,
  keyOf: (one: Case) => string,
  seqOf: (one: Case) => number,
): Group<Case>[] {
  const groups = new Map<string, Group<Case>>()
  for (const { oldest, newest, count } of tallies) {
    const key = keyOf(newest)
    const before = groups.get(key)
    const first = before !== undefined && seqOf(before.oldest) < seqOf(oldest) ? before.oldest : oldest
    // Of tallies, the one that happened last comes last.
    groups.set(key, { key, oldest: first, newest, count: count + (before?.count ?? 0) })
  }
  return [...groups.values()]
}

/** ` (3 times)`, nothing for once. */
export const times = (count: number): string => (count > 1 ? ` (${grouped(count)} times)` : '')
