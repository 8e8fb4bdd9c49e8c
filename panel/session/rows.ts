// The rows of the tree: the contexts of the document that is shown. Where frames have documents of their own, or the page has workers,
// each is a root, and the one that is shown is unfolded.

import type { WorkerNote } from '../../runtime/protocol'
import type { Severity } from '../model/finding'
import type { Judgement } from '../model/rules'
import type { TreeRow } from '../model/selectors/tree'
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

/** The rows of the shown document, `contexts`, among those of the documents; nothing but them where there is only one. */
export function withDocuments(
  state: Documents & Pick<SessionState, 'document' | 'folded'>,
  contexts: readonly TreeRow[],
): readonly Row[] {
  const { document, folded } = state
  const documents = documentsOf(state)
  if (documents.length < 2) return contexts
  return documents.flatMap((one, index): Row[] => {
    const { key, kind, url, feed } = one
    const { size } = feed.timeline.head.contexts
    const expanded = key === document && !folded && size > 0
    const row: DocumentRow = {
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
      expanded,
      position: index + 1,
      siblings: documents.length,
    }
    return expanded ? [row, ...contexts.map((one) => ({ ...one, depth: one.depth + 1 }))] : [row]
  })
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
