// The rows of the tree: the contexts of the document that is shown. Where frames have documents of their own, or the page has workers,
// each is a root, and the one that is shown is unfolded.

import type { ContextId, WorkerNote } from '../../runtime/protocol'
import type { Severity } from '../model/finding'
import { firstWhere } from '../model/first-where'
import type { Judgement } from '../model/rules'
import type { Tree, TreeRow } from '../model/selectors/tree'
import type { DocumentState } from './frames'
import { type DocumentKey, type SessionState, TOP_DOCUMENT } from './state'

export interface DocumentRow {
  document: DocumentKey
  kind: DocumentState['kind']
  /** What kind of worker it is. */
  worker: WorkerNote['kind'] | null
  depth: 0
  /** `top`, or what is left of the frame's address without what it shares with the page's; a worker's name, if it has one. */
  label: string
  url: string
  state: 'live' | 'silent' | 'unreached' | 'gone'
  contexts: number
  worst: Severity | null
  matches: false
  hasChildren: boolean
  expanded: boolean
  position: number
  siblings: number
}

export type Row = TreeRow | DocumentRow

export const isDocumentRow = (row: Row): row is DocumentRow => 'document' in row

type Documents = Pick<SessionState, 'page' | 'frames' | 'kept' | 'file'>

/** Every document of the page; none for a file. */
export const documentsOf = ({ file, frames, kept, page }: Documents): readonly DocumentState[] =>
  file === null
    ? [{ key: TOP_DOCUMENT, kind: 'page', url: '', worker: null, feed: page, gone: false }, ...frames, ...kept]
    : []

/** Rows are many and few are in sight: each is made when it is asked for. Numbers count from 0 at the top; -1 is none. */
export interface Rows {
  readonly length: number
  row(index: number): Row | null
  label(index: number): string
  indexOf(context: ContextId): number
  indexOfDocument(document: DocumentKey): number
  /** The row that this one hangs below. */
  above(index: number): number
  /** Every row that hangs where this one hangs, itself included. */
  beside(index: number): number[]
  /** How many contexts answer the query, which is the nth of them, and which of them this is. */
  readonly hits: number
  hit(nth: number): ContextId | null
  hitOf(context: ContextId): number
}

/** The contexts of one document. */
export class ContextRows implements Rows {
  readonly length: number

  /** The tree is edited in place: whoever edits it makes others of these. */
  constructor(private readonly tree: Tree) {
    this.length = tree.length
  }

  row(index: number): TreeRow | null {
    return index >= 0 && index < this.tree.length ? this.tree.row(index) : null
  }

  label(index: number): string {
    return this.tree.label(index)
  }

  indexOf(context: ContextId): number {
    return this.tree.indexOf(context)
  }

  indexOfDocument(): number {
    return -1
  }

  above(index: number): number {
    return this.tree.above(index)
  }

  beside(index: number): number[] {
    return this.tree.beside(index)
  }

  get hits(): number {
    return this.tree.matches.length
  }

  hit(nth: number): ContextId | null {
    return this.tree.context(this.tree.matches[nth] ?? -1)
  }

  hitOf(context: ContextId): number {
    const { matches } = this.tree
    const index = this.tree.indexOf(context)
    const nth = firstWhere(matches.length, (place) => (matches[place] ?? 0) >= index)
    return index >= 0 && matches[nth] === index ? nth : -1
  }
}

/** The same among the documents, of which the shown one is unfolded. */
class DocumentRows implements Rows {
  readonly length: number
  /** The rows of contexts, from the one below their document's. */
  private readonly first: number
  private readonly end: number

  constructor(
    private readonly documents: readonly DocumentRow[],
    private readonly contexts: Rows,
  ) {
    const shown = documents.findIndex(({ expanded }) => expanded)
    this.first = shown + 1
    this.end = this.first + (shown < 0 ? 0 : contexts.length)
    this.length = documents.length + this.end - this.first
  }

  row(index: number): Row | null {
    if (!this.isContext(index)) return this.documents[this.documentAt(index)] ?? null
    const row = this.contexts.row(index - this.first)
    return row === null || isDocumentRow(row) ? row : below(row)
  }

  label(index: number): string {
    return this.isContext(index) ? this.contexts.label(index - this.first) : (this.row(index)?.label ?? '')
  }

  indexOf(context: ContextId): number {
    const index = this.end === this.first ? -1 : this.contexts.indexOf(context)
    return index < 0 ? -1 : index + this.first
  }

  indexOfDocument(document: DocumentKey): number {
    return this.rowOf(this.documents.findIndex(({ document: key }) => key === document))
  }

  above(index: number): number {
    return this.isContext(index) ? this.contexts.above(index - this.first) + this.first : -1
  }

  beside(index: number): number[] {
    if (!this.isContext(index)) return this.documents.map((_, place) => this.rowOf(place))
    return this.contexts.beside(index - this.first).map((one) => one + this.first)
  }

  get hits(): number {
    return this.end === this.first ? 0 : this.contexts.hits
  }

  hit(nth: number): ContextId | null {
    return this.contexts.hit(nth)
  }

  hitOf(context: ContextId): number {
    return this.contexts.hitOf(context)
  }

  private isContext(index: number): boolean {
    return index >= this.first && index < this.end
  }

  private documentAt(row: number): number {
    return row < this.first ? row : row - (this.end - this.first)
  }

  private rowOf(place: number): number {
    return place < this.first ? place : place + (this.end - this.first)
  }
}

/** Rows that are the same stay the same, from one picture to the next. */
const moved = new WeakMap<TreeRow, TreeRow>()

/** As it stands below its document. */
function below(row: TreeRow): TreeRow {
  const known = moved.get(row) ?? { ...row, depth: row.depth + 1 }
  moved.set(row, known)
  return known
}

/** The rows of the shown document, `contexts`, among those of the documents; nothing but them where there is only one. */
export function withDocuments(state: Documents & Pick<SessionState, 'document' | 'folded'>, contexts: Rows): Rows {
  const { document, folded } = state
  const documents = documentsOf(state)
  if (documents.length < 2) return contexts
  const rows = documents.map((one, index): DocumentRow => {
    const { key, kind, url, feed } = one
    const { size } = (feed.outline ?? feed.timeline.head).contexts
    return {
      document: key,
      kind,
      worker: one.worker?.kind ?? null,
      depth: 0,
      label: documentName(one),
      url,
      state: stateOf(one),
      contexts: size,
      worst: worstOf(feed.judgement),
      matches: false,
      hasChildren: size > 0,
      expanded: key === document && !folded && size > 0,
      position: index + 1,
      siblings: documents.length,
    }
  })
  return new DocumentRows(rows, contexts)
}

function stateOf({ gone, worker, feed }: DocumentState): DocumentRow['state'] {
  if (gone) return 'gone'
  if (worker !== null && worker.state !== 'reached') return worker.state === 'silent' ? 'silent' : 'unreached'
  return feed.link.state === 'live' ? 'live' : 'silent'
}

/** The worst that the rules found in a document: they come in that order. */
const worstOf = ({ findings }: Judgement): Severity | null => findings[0]?.severity ?? null

/** `top`, a worker's name, or `child.html?name=own`; all of the address of what has no ordinary one. */
export function documentName({ key, url, worker }: Pick<DocumentState, 'key' | 'url' | 'worker'>): string {
  if (key === TOP_DOCUMENT) return 'top'
  if (worker !== null && worker.name !== '') return worker.name
  if (!URL.canParse(url)) return url
  const { host, pathname, search } = new URL(url)
  if (host === '') return url
  const file = pathname.split('/').at(-1) ?? ''
  return file === '' ? `${host}${pathname}${search}` : `${file}${search}`
}
