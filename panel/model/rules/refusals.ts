// The mistakes that the runtime refused, by what they are and the line of code that makes them: each is read once, however often the
// rules are asked.

import type { LookupFailed, ReentryFailed, TokenError } from '../../../runtime/protocol'
import type { World } from '../world'
import { type Kept, keep } from './kept'
import { type Group, LineNames } from './source-line'

type Refusal = World['refusals'][number]

class Refusals implements Kept {
  readonly #names: LineNames
  readonly #groups = new Map<string, Map<string, Group<Refusal>>>()
  #read = 0

  constructor(world: World) {
    this.#names = new LineNames(world)
    this.catchUp(world)
  }

  catchUp(world: World): boolean {
    if (this.#names.areOutdated) return false
    for (const refusal of world.refusals.slice(this.#read)) this.#add(refusal)
    this.#read = world.refusals.length
    return true
  }

  of(kind: string): Group<Refusal>[] {
    return [...(this.#groups.get(kind)?.values() ?? [])]
  }

  #add(refusal: Refusal): void {
    const kind = kindOf(refusal)
    const groups = this.#groups.get(kind) ?? new Map<string, Group<Refusal>>()
    this.#groups.set(kind, groups)
    const key = this.#names.of('variable' in refusal ? refusal.variable : 0, refusal.stack)
    const group = groups.get(key)
    if (group === undefined) {
      groups.set(key, { key, oldest: refusal, newest: refusal, count: 1 })
    } else {
      group.newest = refusal
      group.count++
    }
  }
}

const kindOf = (refusal: Refusal): string => (refusal.type === 'token-error' ? refusal.code : refusal.type)

const refusalsOf = keep((world) => new Refusals(world))

/** Those of a token, in the order in which their lines began. */
export function tokenErrors(world: World, code: TokenError['code']): Group<TokenError>[] {
  return refusalsOf(world).of(code) as Group<TokenError>[]
}

export function failedLookups(world: World): Group<LookupFailed>[] {
  return refusalsOf(world).of('lookup-error') as Group<LookupFailed>[]
}

export function refusedEntries(world: World): Group<ReentryFailed>[] {
  return refusalsOf(world).of('reentry-error') as Group<ReentryFailed>[]
}
