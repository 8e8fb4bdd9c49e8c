// The sets of variables that were looked up in vain, so that a lookup is explained without a pass over all that was ever set. They are
// collected when somebody first asks, and added to afterwards.

import type { ContextId, TokenId, VariableId } from '../../../runtime/protocol'
import type { Effort } from '../effort'
import { firstWhere } from '../first-where'
import type { Touched } from '../touched'
import type { TokenEntry, World } from '../world'
import { type Kept, keep } from './kept'

/** What it takes to pass one set, of what it takes to climb to a context. */
const STEP = 1 / 8

/** Of one variable, in the order of their tokens, in which they were made. Columns of numbers: some lookups pass many of them. */
export class Sets {
  readonly #entries: World['tokens']
  readonly #tokens: TokenId[] = []
  readonly #made: number[] = []
  /** The number of the reset; 0 without one. */
  readonly #reset: number[] = []
  /** Where those of each context are. */
  readonly #inContexts = new Map<ContextId, number[]>()
  /** Whether each was made after those before it: a liar's may not be. */
  #inOrder = true

  constructor({ tokens }: World) {
    this.#entries = tokens
  }

  get size(): number {
    return this.#tokens.length
  }

  /** Takes a set, or that it was reset. Answers false for one that belongs between others. */
  note({ id, context, made, closed, state }: TokenEntry): boolean {
    const reset = closed === null || state === 'lost' ? 0 : closed.seq
    if (id <= (this.#tokens.at(-1) ?? 0)) {
      const known = firstWhere(this.size, (index) => (this.#tokens[index] ?? 0) >= id)
      this.#reset[known] = reset
      return this.#tokens[known] === id
    }
    this.#inOrder &&= made >= (this.#made.at(-1) ?? 0)
    const index = this.#tokens.push(id) - 1
    this.#made.push(made)
    this.#reset.push(reset)
    const inContext = this.#inContexts.get(context)
    if (inContext === undefined) this.#inContexts.set(context, [index])
    else inContext.push(index)
    return true
  }

  /** The newest set in that context before fact `seq`. */
  newestIn(context: ContextId, seq: number, effort: Effort): TokenEntry | null {
    const among = this.#inContexts.get(context)
    return among === undefined ? null : this.#entry(this.#newest(among, seq, effort))
  }

  /** The first set in that context. */
  oldestIn(context: ContextId): TokenEntry | null {
    return this.#entry(this.#inContexts.get(context)?.[0] ?? -1)
  }

  /** The newest sets before fact `seq`, so many at most, oldest first. */
  newestBefore(seq: number, most: number, effort: Effort): TokenEntry[] {
    const found: TokenEntry[] = []
    for (let index = this.#end(null, seq) - 1; index >= 0 && found.length < most; index--) {
      effort.spend(STEP)
      const set = this.#madeAt(index) < seq ? this.#entry(index) : null
      if (set !== null) found.push(set)
    }
    return found.reverse()
  }

  /** Those that were made after a token, so many at most, oldest first. */
  after(token: TokenId, most: number, effort: Effort): TokenEntry[] {
    const first = firstWhere(this.size, (index) => (this.#tokens[index] ?? 0) > token)
    const found: TokenEntry[] = []
    for (let index = first; index < this.size && found.length < most; index++) {
      effort.spend(STEP)
      const set = this.#entry(index)
      if (set !== null) found.push(set)
    }
    return found
  }

  /** Those that had not been reset by fact `seq`, of the sets before it. */
  standingAt(seq: number, effort: Effort): StandingSets {
    const stands = (index: number): boolean => {
      const reset = this.#reset[index] ?? 0
      return reset === 0 || reset > seq
    }
    return {
      newest: () => this.#entry(this.#newest(null, seq, effort, stands)),
      newestAmong: (contexts, before) => {
        let newest = -1
        for (const context of contexts) {
          const among = this.#inContexts.get(context)
          if (among !== undefined) newest = Math.max(newest, this.#newest(among, before, effort, stands))
        }
        return this.#entry(newest)
      },
    }
  }

  /** Where the newest that passes is, before fact `seq`, of those or of all; -1 without one. */
  #newest(among: readonly number[] | null, seq: number, effort: Effort, passes = (_index: number) => true): number {
    for (let place = this.#end(among, seq) - 1; place >= 0; place--) {
      effort.spend(STEP)
      const index = among === null ? place : (among[place] ?? -1)
      if (this.#madeAt(index) < seq && passes(index)) return index
    }
    return -1
  }

  /** Behind all of those, or of all, that were made before fact `seq`; with a liar's, behind the last. */
  #end(among: readonly number[] | null, seq: number): number {
    const { length } = among ?? this.#tokens
    if (!this.#inOrder) return length
    return firstWhere(length, (place) => this.#madeAt(among === null ? place : (among[place] ?? -1)) >= seq)
  }

  #madeAt(index: number): number {
    return this.#made[index] ?? 0
  }

  #entry(index: number): TokenEntry | null {
    const token = this.#tokens[index]
    return token === undefined ? null : (this.#entries.get(token) ?? null)
  }
}

export interface StandingSets {
  newest(): TokenEntry | null
  /** The newest of those that were set in one of the contexts, before fact `before`, which is that one or an earlier. */
  newestAmong(contexts: Iterable<ContextId>, before: number): TokenEntry | null
}

class SoughtSets implements Kept {
  readonly #sets = new Map<VariableId, Sets>()

  catchUp(world: World, { tokens }: Touched): boolean {
    if (this.#sets.size === 0) return true
    for (const id of tokens) {
      const token = world.tokens.get(id)
      if (token !== undefined && this.#sets.get(token.variable)?.note(token) === false) return false
    }
    return true
  }

  /** Those that are not known yet are found in one pass. */
  of(world: World, variables: Iterable<VariableId>): (variable: VariableId) => Sets {
    const found = new Map<VariableId, Sets>()
    for (const variable of variables) if (!this.#sets.has(variable)) found.set(variable, new Sets(world))
    if (found.size > 0) for (const token of world.tokens.values()) found.get(token.variable)?.note(token)
    for (const [variable, sets] of found) this.#sets.set(variable, sets)
    return (variable) => this.#sets.get(variable) ?? new Sets(world)
  }
}

const kept = keep(() => new SoughtSets())

/** Of each of the variables. */
export const soughtSets = (world: World, variables: Iterable<VariableId>): ((variable: VariableId) => Sets) =>
  kept(world).of(world, variables)
