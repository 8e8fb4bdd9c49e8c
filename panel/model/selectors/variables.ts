// Every variable: where it was made and how often, how many contexts hold it, who set it last; and of one, the contexts that hold it
// and all that was done to it.

import type { ContextId, Preview, Seq, StackId, VariableId, VarReset, VarSet } from '../../../runtime/protocol'
import { Ledger } from '../ledger'
import { isInherited } from '../values'
import type { ContextEntry, VariableEntry, World } from '../world'
import { formatFrame, topFrame } from './frames'
import type { VariableHistory } from './variable-history'

/** A variable, or several of one name that one line made, one after another. */
export interface VariableRow {
  /** Newest last. */
  variables: VariableId[]
  name: string
  /** Of the newest, as is where it was made. */
  default: Preview | null
  created: Seq
  stack: StackId | null
  /** How many contexts hold a value that was set there, and how many hold one at all. What was collected holds nothing. */
  own: number
  holders: number
  /** The newest set that is kept. */
  lastSet: VarSet | null
}

/** By name, and the older first. */
export function variableRows(world: World, history: VariableHistory, counts: HolderCounts): VariableRow[] {
  const rows = new Map<string, VariableRow>()
  for (const variable of world.variables.values()) {
    const { name, id, default: value, created, stack } = variable
    const key = lineOf(world, variable)
    const { own, all: holders } = counts.of(id)
    const lastSet = newestSet(history, id, world.seq)
    const row = rows.get(key)
    if (row === undefined) {
      rows.set(key, { variables: [id], name, default: value, created, stack, own, holders, lastSet })
      continue
    }
    row.variables.push(id)
    Object.assign(row, { default: value, created, stack })
    row.own += own
    row.holders += holders
    if ((lastSet?.seq ?? 0) > (row.lastSet?.seq ?? 0)) row.lastSet = lastSet
  }
  return [...rows.values()].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.created - b.created))
}

/** What nobody knows the line of is nobody's equal. */
function lineOf(world: World, { id, name, stack }: VariableEntry): string {
  const frame = topFrame(world.stacks, stack)
  return frame === null ? `${id}` : `${name} ${frame.url} ${formatFrame(frame)}`
}

interface Holders {
  own: number
  all: number
}

/** How many contexts hold each variable, kept from world to world: what both share is not counted again. */
export class HolderCounts {
  private readonly counts = new Map<VariableId, Holders>()
  private seen: World['contexts'] = new Ledger()

  follow({ contexts }: World): void {
    contexts.compare(this.seen, (_, now, before) => {
      if (before !== undefined) this.count(before, -1)
      if (now !== undefined) this.count(now, 1)
    })
    this.seen = contexts.fork()
  }

  of(variable: VariableId): Readonly<Holders> {
    return this.counts.get(variable) ?? NOBODY
  }

  private count(entry: ContextEntry, by: 1 | -1): void {
    if (entry.state === 'collected') return
    entry.holdings.some((holding) => {
      const known = this.counts.get(holding.variable) ?? { own: 0, all: 0 }
      known.all += by
      if (entry.own > 0 && !isInherited(entry, holding)) known.own += by
      this.counts.set(holding.variable, known)
      return false
    })
  }
}

const NOBODY: Holders = { own: 0, all: 0 }

function newestSet(history: VariableHistory, variable: VariableId, upTo: number): VarSet | null {
  for (const fact of history.newest(variable, upTo)) if (fact.type === 'var-set') return fact
  return null
}

export interface Holder {
  context: ContextId
  variable: VariableId
  isOwn: boolean
}

/** The contexts that hold any of `variables`: first those that set it themselves, each kind in the order of creation. */
export function holdersOf(world: World, variables: readonly VariableId[]): Holder[] {
  const own: Holder[] = []
  const inherited: Holder[] = []
  const wanted = new Set(variables)
  for (const entry of world.contexts.values()) {
    if (entry.state === 'collected') continue
    const { holdings } = entry
    // Whichever are fewer: a line in a loop makes thousands, and so may be held.
    const candidates = variables.length <= holdings.size ? variables : [...holdings.keys()]
    for (const variable of candidates) {
      const holding = wanted.has(variable) ? holdings.get(variable) : undefined
      if (holding === undefined) continue
      const isOwn = !isInherited(entry, holding)
      const list = isOwn ? own : inherited
      list.push({ context: entry.id, variable, isOwn })
    }
  }
  return [...own, ...inherited]
}

/** The newest `most` sets and resets of any of `variables` at the world's moment, newest first. */
export function writesOf(
  world: World,
  history: VariableHistory,
  variables: readonly VariableId[],
  most: number,
): (VarSet | VarReset)[] {
  const writes: (VarSet | VarReset)[] = []
  for (const variable of variables) {
    let taken = 0
    for (const fact of history.newest(variable, world.seq)) {
      if (taken++ === most) break
      writes.push(fact)
    }
  }
  return writes.sort((a, b) => b.seq - a.seq).slice(0, most)
}
