// Where a row of the tree stands: its name in the document, and how far it is moved in.

import { isDocumentRow, type Row } from '../session/rows'

export const rowId = (row: Row): string => (isDocumentRow(row) ? `document-${row.document}` : `context-${row.context}`)

/** Deep trees stay readable: each level moves less than the one before, and no row ever moves because of another. */
export function indentation(depth: number): number {
  const straight = Math.min(depth, 8)
  const rest = depth - straight
  return 4 + straight * 14 + (rest === 0 ? 0 : 120 * (1 - 8 / (rest + 8)))
}
