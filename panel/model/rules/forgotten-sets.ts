// The sets that were never undone and whose value still stands, and who started with it. This is asked again and again while a page is
// recorded: after a first pass over the tokens, only those are looked at of which something changed.

import type { ContextId, Seq, TokenId, VarRead } from '../../../runtime/protocol'
import { followsGap } from '../census'
import { Children } from '../children'
import type { Effort } from '../effort'
import { isSameValue } from '../same-value'
import { isJudgedByReturn } from '../selectors/standing'
import type { Touched } from '../touched'
import type { ContextEntry, TokenEntry, World } from '../world'
import { isKeyOfAttached } from './attached'
import { type Kept, keep } from './kept'
import { LiveGroups } from './live-groups'
import { isOneWork } from './one-work'
import { type Group, LineNames } from './source-line'

/** A context that started with the value. */
export interface Heir {
  context: ContextEntry
  /** The fact of its first known read of it. */
  read: Seq | null
}

export interface Forgotten {
  token: TokenEntry
  /**
   * - `dies-with-unit`: it was set in a context made for one piece of work, and nobody has it who came after that
   * - `found-by-run`: the same, but a later run of the same context found it
   * - `inherited-after-end`: its work is over, and somebody else copied a context from there afterwards
   * - `inherited-from-base`: it was set in the base context, whose work is never over, and others read it: made by other code, or anybody
   *   where nobody can undo it any more, or all is over
   * - `lost`: it stands in the base context, and its token was garbage-collected
   */
  state: 'dies-with-unit' | 'found-by-run' | 'inherited-after-end' | 'inherited-from-base' | 'lost'
  /** The first of them, some of the others, and how many there are. */
  heir: Heir | null
  others: readonly Heir[]
  heirs: number
}

/**
 * - `now`: the page goes on, and what is told is taken back where it turns out otherwise
 * - `certain`: it goes on, and nothing is taken back
 * - `over`: nothing of what was recorded goes on
 */
export type AsOf = 'now' | 'certain' | 'over'

/** Where a set was reset. */
export type Undone = { context: ContextId } & NonNullable<TokenEntry['closed']>

/**
 * Who keeps a value when the context that set it goes: contexts that were copied while its work went on, others as well, or nobody.
 * What is inherited meanwhile is meant to be.
 */
export type Keepers = 'copied-meanwhile' | 'copied' | 'nobody'

export const isHarmless = ({ state }: Forgotten): boolean => state === 'dies-with-unit' || state === 'found-by-run'

const HARMLESS = 'harmless '

/** The note that the sets of a line, by the name of that, were never reset. */
export const neverResetId = (line: string): string => `forgotten-reset ${HARMLESS}${line}`

/** Kept from one judgement to the next. */
export class ForgottenSets implements Kept {
  /** What is harmless and what is not are two findings, even on one line. */
  readonly #names: LineNames
  readonly #namesOfHarmless: LineNames
  readonly #groups = new LiveGroups<TokenId>()
  /** The newest set of each line that the same function has reset. */
  readonly #undone = new Map<string, TokenId>()
  /** And the line of each of those, by which one is found that is told otherwise later. */
  readonly #undoneIn = new Map<TokenId, string>()
  /** A reset may have fallen into a gap that no census has settled yet. */
  readonly #unsettled: number
  /** Nobody forgot what was refused: its error says that the value stays. */
  readonly #refused = new Set<TokenId>()
  #refusals = 0
  /** What was found out by a look at any number of children. */
  readonly #keepers = new Map<TokenId, Keepers>()
  /** Those that no look fell on yet, and the first of them. */
  readonly #unseen: Iterator<TokenEntry, undefined>
  #next: IteratorResult<TokenEntry, undefined>

  readonly #asOf: AsOf

  constructor(world: World, asOf: AsOf) {
    this.#asOf = asOf
    this.#names = new LineNames(world)
    this.#namesOfHarmless = new LineNames(world, HARMLESS)
    this.#unsettled = followsGap(world) ? (world.missing.at(-1)?.to ?? 0) : 0
    this.#noteRefused(world)
    this.#unseen = world.tokens.values()
    this.#next = this.#unseen.next()
  }

  /** Looks at so many more tokens, as long as the world stays as it is; answers whether it has seen all. */
  lookOn(world: World, most: number): boolean {
    for (let count = 0; count < most && !this.#next.done; count++) {
      this.#noteUndone(this.#next.value)
      this.#look(world, this.#next.value)
      this.#next = this.#unseen.next()
    }
    return this.#next.done === true
  }

  catchUp(world: World, { tokens, contexts }: Touched): boolean {
    // Who goes on looking is in no world that changes meanwhile.
    if (!this.#next.done && tokens.length + contexts.length > 0) return false
    if (this.#names.areOutdated || this.#namesOfHarmless.areOutdated) return false
    this.#noteRefused(world)
    let isSo = true
    for (const id of new Set(tokens)) {
      const token = world.tokens.get(id)
      if (token !== undefined) isSo &&= this.#noteUndone(token)
      this.#look(world, token)
    }
    for (const id of new Set(contexts)) this.#lookAtSetsOf(world, world.contexts.get(id))
    return isSo
  }

  /** In the order in which their lines began. */
  groups(world: World): Group<Forgotten>[] {
    return this.#groups.list((id) => this.#forgotten(world, world.tokens.get(id)))
  }

  /**
   * Another set of the same line, which the function that made it has reset: who means to undo a set, and is over without, may have missed it
   * on one of the paths. What only returned may go on, and reset it yet.
   */
  undoneElsewhere(world: World, { variable, stack, state, context }: TokenEntry): Undone | null {
    const owner = world.contexts.get(context)
    if (state !== 'lost' && (owner === undefined || !this.#isDone(owner))) return null
    const id = this.#undone.get(this.#names.of(variable, stack))
    const undone = id === undefined ? undefined : world.tokens.get(id)
    return undone?.closed == null ? null : { context: undone.context, ...undone.closed }
  }

  /** Who was copied from a context whose work goes on when nobody could undo the set any more, and read what it had set. */
  readAfterLoss(world: World, token: TokenEntry): Heir | null {
    const owner = world.contexts.get(token.context)
    const lost = token.state === 'lost' ? token.closed : null
    if (lost === null || owner?.state !== 'alive') return null
    const heirs = [...heirsAmong(world, token, owner.children.newest(NEAR))]
    return heirs.find(({ context, read }) => read !== null && context.asOf >= lost.seq) ?? null
  }

  keepers(world: World, token: TokenEntry, effort: Effort): Keepers {
    const known = this.#keepers.get(token.id)
    if (known !== undefined) return known
    const keepers = keepersOf(world, token, effort)
    // What comes of the children is noted of what is over; and half a look is none.
    if (world.contexts.get(token.context)?.ended != null && !effort.isSpent) this.#keepers.set(token.id, keepers)
    return keepers
  }

  #noteRefused({ refusals }: World): void {
    for (const refusal of refusals.slice(this.#refusals)) {
      if (refusal.type === 'token-error' && refusal.token !== null) this.#refused.add(refusal.token)
    }
    this.#refusals = refusals.length
  }

  #lookAtSetsOf(world: World, context: ContextEntry | undefined): void {
    if (context === undefined || context.holdings === context.inherited) return
    for (const { token: id } of context.holdings.values()) {
      const token = id === null ? undefined : world.tokens.get(id)
      if (token?.context === context.id) this.#look(world, token)
    }
  }

  #look(world: World, token: TokenEntry | undefined): void {
    if (token === undefined) return
    this.#keepers.delete(token.id)
    const forgotten = this.#forgotten(world, token)
    const names = forgotten !== null && isHarmless(forgotten) ? this.#namesOfHarmless : this.#names
    this.#groups.put(token.id, forgotten === null ? null : names.of(token.variable, token.stack))
  }

  /** Answers false where what was noted before is not so any more, as a liar may have it. */
  #noteUndone(token: TokenEntry): boolean {
    const line = this.#isUndoneBySetter(token) ? this.#names.of(token.variable, token.stack) : null
    const before = this.#undoneIn.get(token.id)
    if (before !== undefined && before !== line) return false
    const newest = line === null ? undefined : this.#undone.get(line)
    if (line === null || (newest !== undefined && newest >= token.id)) return true
    if (newest !== undefined) this.#undoneIn.delete(newest)
    this.#undone.set(line, token.id)
    this.#undoneIn.set(token.id, line)
    return true
  }

  #isUndoneBySetter({ state, stack, closed }: TokenEntry): boolean {
    if (state !== 'used' || stack === null || closed?.stack == null) return false
    const [setter, undoer] = [this.#names.frameOf(stack), this.#names.frameOf(closed.stack)]
    return setter !== undefined && setter.name !== '' && setter.name === undoer?.name && setter.url === undoer.url
  }

  #forgotten(world: World, token: TokenEntry | undefined): Forgotten | null {
    if (token === undefined || token.state === 'used' || token.made <= this.#unsettled) return null
    const owner = world.contexts.get(token.context)
    if (owner === undefined || owner.state === 'collected') return null
    // Only the newest value there is what a reset would change.
    if (owner.holdings.get(token.variable)?.token !== token.id || isPutBack(token)) return null
    if (isKeyOfAttached(world, token)) return null
    const forgotten = judgeSet(world, {
      token,
      owner,
      reader: this.#strangerTo(world, token),
      isDone: this.#isDone(owner),
    })
    return forgotten !== null && isHarmless(forgotten) && this.#refused.has(token.id) ? null : forgotten
  }

  /** What only returned may go on, in an async function that undoes the set yet. */
  #isDone(owner: ContextEntry): boolean {
    return owner.state === 'ended' && (this.#asOf === 'over' || !isJudgedByReturn(owner))
  }

  /**
   * Who read what was set in the base context. That goes on for as long as the page, and so may the work that set the value, whose own code is
   * to have it: as long as somebody can undo the set, it is told of others alone.
   */
  #strangerTo(world: World, { state, stack, readBy }: TokenEntry): VarRead | null {
    if (readBy === null || this.#asOf === 'over' || state === 'lost') return readBy?.first ?? null
    if (this.#asOf === 'certain') return null
    const other = readBy.lines.find(({ made }) => {
      for (const one of [stack, made]) this.#names.frameOf(one)
      return isOneWork(world, stack, made) !== true
    })
    return other?.read ?? null
  }
}

const kept = {
  now: keep((world) => new ForgottenSets(world, 'now')),
  certain: keep((world) => new ForgottenSets(world, 'certain')),
  over: keep((world) => new ForgottenSets(world, 'over')),
}

export function forgottenSets(world: World, asOf: AsOf = 'now'): ForgottenSets {
  const sets = kept[asOf](world)
  sets.lookOn(world, Number.POSITIVE_INFINITY)
  return sets
}

/** For who will ask, and can wait: looks at so many tokens more, and answers whether it has seen all. */
export const lookForForgotten = (world: World, most: number): boolean => kept.now(world).lookOn(world, most)

function judgeSet(
  world: World,
  { token, owner, reader, isDone }: { token: TokenEntry; owner: ContextEntry; reader: VarRead | null; isDone: boolean },
): Forgotten | null {
  if (owner.kind === 'base' && token.readBy !== null && reader !== null) {
    const heirs = [reader, ...token.readBy.lines.map(({ read }) => read)].flatMap(({ context: id, seq }) => {
      const context = world.contexts.get(id)
      return context === undefined ? [] : [{ context, read: seq }]
    })
    const [heir = null] = heirs
    const others = heirs.filter(({ context }) => context !== heir?.context)
    return { token, state: 'inherited-from-base', heir, others, heirs: token.readBy.count }
  }
  const [heir = null, ...others] = heirsAfterEnd(world, token, owner)
  if (heir !== null) return { token, state: 'inherited-after-end', heir, others, heirs: 1 + others.length }
  // What stands in any other context goes when that goes, whether its token is kept or not. (To drop the token is how most programs
  // set a value for the whole of a task, or of a `copyContext().run(…)`.)
  if (token.state === 'lost' && owner.kind === 'base') return { token, state: 'lost', heir, others, heirs: 0 }
  if (token.foundByRun !== null) return { token, state: 'found-by-run', heir, others, heirs: 0 }
  return isDone || token.state === 'lost' ? { token, state: 'dies-with-unit', heir, others, heirs: 0 } : null
}

/**
 * Whether the value is again what it was before the context had set it at all: who kept that and sets it at the end has undone their set,
 * if not by a token, and who starts with it starts as if nothing had been set.
 */
const isPutBack = ({ value, original }: TokenEntry): boolean => original !== null && isSameValue(value, original)

/** Of a context with many children, only the newest are asked. */
const NEAR = 100
const NOBODY: readonly Heir[] = []

/** Oldest first. */
function heirsAfterEnd(world: World, token: TokenEntry, owner: ContextEntry): readonly Heir[] {
  const { ended } = owner
  if (owner.children.length === 0 || ended === null) return NOBODY
  return [...heirsAmong(world, token, owner.children.newest(NEAR))].filter(
    // Of what hangs here since its own parent was let go, neither is known.
    ({ context }) => context.copiedAfterEnd && context.asOf >= ended.seq,
  )
}

function* heirsAmong(world: World, token: TokenEntry, children: readonly ContextId[]): Generator<Heir> {
  for (const child of children) {
    const context = heirAt(world, token, child)
    if (context === null) continue
    const read = context.reads.get(token.variable)
    yield { context, read: read?.from === 'inherited' ? read.seq : null }
  }
}

/** The child, if it started with the value. */
function heirAt(world: World, token: TokenEntry, child: ContextId): ContextEntry | null {
  const context = world.contexts.get(child)
  return context?.inherited.get(token.variable)?.token !== token.id || isIdle(context) ? null : context
}

/** The newest child that tells it is mostly the last. */
function keepersOf(world: World, token: TokenEntry, effort: Effort): Keepers {
  const owner = world.contexts.get(token.context)
  // What its async functions do when it is over is still its work; when the awaits of a callback end, nobody knows.
  const end = owner?.kind === 'callback' ? null : (owner?.ended?.seq ?? null)
  const children = owner?.children ?? Children.none
  let keepers: Keepers = 'nobody'
  for (let index = children.length - 1; index >= 0 && !effort.isSpent; index--) {
    effort.spend(1)
    const child = children.at(index)
    const heir = child === undefined ? null : heirAt(world, token, child)
    if (heir === null) continue
    if (end === null || heir.asOf >= end) return 'copied'
    keepers = 'copied-meanwhile'
  }
  return keepers
}

/** A callback that touched nothing, which is told only where somebody asks for all of them: that changes no verdict. */
const isIdle = ({ kind, holdings, inherited, reads, children }: ContextEntry): boolean =>
  kind === 'callback' && holdings === inherited && reads.size === 0 && children.length === 0
