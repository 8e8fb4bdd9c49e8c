// The tree of contexts as the rows that a list shows, top to bottom. What a row says is put together when somebody looks at it; of the
// others it is only known where they stand (`places.ts`, `layout.ts`). Contexts copied from one another form chains of any length, so
// nothing here recurses.

import type { ContextId, ContextKind } from '../../../runtime/protocol'
import type { Finding, Severity } from '../finding'
import { Ledger } from '../ledger'
import type { ContextEntry, World } from '../world'
import { kindLabel, rowLabel } from './labels'
import { Layout } from './layout'
import { NOWHERE, Places } from './places'
import { type Standing, standingOf } from './standing'
import { type Answer, answering, isSame, isSearch, MATCH, SHOWN, type TreeFilter } from './tree-filter'

export { contextLabel } from './labels'

export interface TreeRow {
  context: ContextId
  depth: number
  /** `Alice` (a task's name), `setTimeout`, `base`, `copy`, `click`, `request = "order 1"` (the run of a variable). */
  label: string
  kind: ContextKind
  /** In a word: a `zone` is of no kind of its own. */
  what: string
  state: Standing
  /** How many variables it holds, and how many of them were set here. */
  holds: number
  own: number
  /** How many tokens made here are open. */
  open: number
  /** Of the findings about this very context. */
  worst: Severity | null
  /** It answers the query itself, rather than lead to what does. */
  matches: boolean
  hasChildren: boolean
  expanded: boolean
  /** Among the shown children of its parent, from 1. */
  position: number
  siblings: number
}

export interface TreeOptions extends TreeFilter {
  collapsed: ReadonlySet<ContextId>
  /** How often what was told was told otherwise (`Timeline.rewrites`): a search looks at files, which change without the contexts. */
  retold?: number
}

/** All rows at once, for those who want each of them. */
export function treeRows(world: World, findings: readonly Finding[], options: TreeOptions): TreeRow[] {
  const tree = new Tree()
  tree.update(world, findings, options)
  return Array.from({ length: tree.length }, (_, index) => tree.row(index))
}

type Worst = ReadonlyMap<ContextId, Severity>

const WHOLE: TreeOptions = { collapsed: new Set(), hideEnded: false, query: '' }
const NO_FINDINGS: readonly Finding[] = []

/** Rows that are remembered, so that one that says the same is the very same. */
const REMEMBERED = 1_000

/**
 * Turns from world to world, and to what is wanted of it. That costs what is different, and two passes over numbers where rows come, go or
 * move.
 */
export class Tree {
  private readonly layout = new Layout()
  private world: World | null = null
  private findings = NO_FINDINGS
  private worst: Worst = new Map()
  private options = WHOLE
  private variables: World['variables'] = new Ledger()
  /** By place: what the filters make of it, and whether it is folded. */
  private answers = new Uint8Array(0)
  private folded = new Uint8Array(0)
  /** Nothing is left out. */
  private isAllShown = true
  private hits: number[] | null = null
  private readonly remembered = new Map<ContextId, TreeRow>()
  private changes = 0

  constructor(private readonly places = new Places()) {}

  /** Another one, which has only to learn how the next world differs from the last one of this. */
  fork(): Tree {
    return new Tree(this.places.fork())
  }

  /** Another one says that some row is another one, or elsewhere. */
  get version(): number {
    return this.changes
  }

  /** How many rows there are. */
  get length(): number {
    return this.layout.length
  }

  update(world: World, findings: readonly Finding[], options: TreeOptions): void {
    const { places } = this
    const worst = findings === this.findings ? this.worst : worstByContext(findings)
    const answer = answering(world, worst, options)
    let isOther = places.isOther(world)
    const moved = places.follow(world, answer !== null)
    if (this.answers.length < places.length) this.makeRoom(places.parents.length)
    for (const context of different(worst, this.worst)) {
      places.renew(context)
      isOther = true
    }
    const isRetold = isSearch(options) && options.retold !== this.options.retold
    const isAnew = !isSame(options, this.options) || isRetold || this.namesDiffer(world, options)
    const folds = isAnew || options.collapsed !== this.options.collapsed
    Object.assign(this, { world, findings, worst, options })
    const areShownOthers = answer === null ? this.showAll() : this.ask(answer, isAnew)
    if (moved || folds || areShownOthers) this.lay()
    if (moved || folds || isOther || areShownOthers) this.changes++
  }

  /** What a row says. */
  row(index: number): TreeRow {
    const { layout, world } = this
    const place = layout.placeAt(index)
    const entry = this.entryAt(index)
    if (world === null || entry === undefined) throw new RangeError(`There is no row ${index} among ${this.length}`)
    const hasChildren = layout.children(place) > 0
    return this.known({
      context: entry.id,
      depth: layout.depth(place),
      label: rowLabel(world, entry),
      kind: entry.kind,
      what: kindLabel(entry),
      state: standingOf(entry),
      holds: entry.holdings.size,
      own: entry.own,
      open: entry.state === 'collected' ? 0 : entry.open,
      worst: this.worst.get(entry.id) ?? null,
      matches: this.answers[place] === MATCH,
      hasChildren,
      expanded: hasChildren && this.folded[place] === 0,
      position: layout.position(place),
      siblings: layout.siblings(place),
    })
  }

  /** The same as the row says, for whoever asks many. */
  label(index: number): string {
    const entry = this.entryAt(index)
    return this.world === null || entry === undefined ? '' : rowLabel(this.world, entry)
  }

  context(index: number): ContextId | null {
    return this.places.ids[this.layout.placeAt(index)] ?? null
  }

  /** The row of a context; -1 where it is not shown. */
  indexOf(context: ContextId): number {
    const place = this.places.placeOf(context)
    return place === NOWHERE ? NOWHERE : this.layout.rowOf(place)
  }

  /** The row that this one hangs below; -1 for a root. */
  above(index: number): number {
    return this.layout.above(index)
  }

  /** Every row that hangs where this one hangs, itself included. */
  beside(index: number): number[] {
    return this.layout.beside(index)
  }

  /** The rows that answer the query, top to bottom. */
  get matches(): readonly number[] {
    this.hits ??= this.findHits()
    return this.hits
  }

  private entryAt(index: number): ContextEntry | undefined {
    const context = this.context(index)
    return context === null ? undefined : this.places.contexts.get(context)
  }

  /** Asks the filters about what is new or different, or about everything; answers whether they say otherwise. */
  private ask(answer: (entry: ContextEntry) => Answer, isAnew: boolean): boolean {
    const { answers, isAllShown } = this
    const { length, fresh, there, ids, contexts } = this.places
    this.isAllShown = false
    let isOther = false
    for (let place = 0; place < length; place++) {
      if (fresh[place] === 0 && !isAnew && !isAllShown) continue
      fresh[place] = 0
      const entry = there[place] === 0 ? undefined : contexts.get(ids[place] as ContextId)
      if (entry === undefined) continue
      const now = answer(entry)
      if (answers[place] === now) continue
      answers[place] = now
      isOther = true
    }
    return isOther
  }

  /** The same where nothing is left out. */
  private showAll(): boolean {
    const wereAllShown = this.isAllShown
    this.isAllShown = true
    this.answers.fill(SHOWN, 0, this.places.length)
    return !wereAllShown
  }

  private lay(): void {
    const { folded, answers, places, options } = this
    folded.fill(0, 0, places.length)
    if (!isSearch(options)) {
      for (const context of options.collapsed) {
        const place = places.placeOf(context)
        if (place !== NOWHERE) folded[place] = 1
      }
    }
    this.layout.lay(places, { answers, folded })
    this.hits = null
  }

  /** A search looks at the names of variables, and so does who looks for work that is not traced, which belong to no context. */
  private namesDiffer(world: World, options: TreeOptions): boolean {
    if (!isSearch(options) && !options.hideUntraced) return false
    let differ = false
    world.variables.compare(this.variables, (_, now, before) => {
      if (now?.name !== before?.name) differ = true
    })
    this.variables = world.variables.fork()
    return differ
  }

  private findHits(): number[] {
    const hits: number[] = []
    for (let index = 0; index < this.length; index++) {
      if (this.answers[this.layout.placeAt(index)] === MATCH) hits.push(index)
    }
    return hits
  }

  private known(row: TreeRow): TreeRow {
    const { remembered } = this
    const before = remembered.get(row.context)
    if (before !== undefined && saysTheSame(row, before)) return before
    if (remembered.size >= REMEMBERED) remembered.clear()
    remembered.set(row.context, row)
    return row
  }

  private makeRoom(size: number): void {
    const { answers } = this
    this.answers = new Uint8Array(size)
    this.answers.set(answers)
    this.folded = new Uint8Array(size)
  }
}

const saysTheSame = (one: TreeRow, other: TreeRow): boolean =>
  (Object.keys(one) as (keyof TreeRow)[]).every((key) => one[key] === other[key])

const RANK: Record<Severity, number> = { error: 3, warning: 2, info: 1 }

function worstByContext(findings: readonly Finding[]): Worst {
  const worst = new Map<ContextId, Severity>()
  for (const { context, severity } of findings) {
    if (context === null) continue
    const known = worst.get(context)
    if (known === undefined || RANK[severity] > RANK[known]) worst.set(context, severity)
  }
  return worst
}

/** The contexts that are worse or better now. */
function* different(now: Worst, before: Worst): Generator<ContextId> {
  if (now === before) return
  for (const [context, severity] of now) if (before.get(context) !== severity) yield context
  for (const context of before.keys()) if (!now.has(context)) yield context
}
