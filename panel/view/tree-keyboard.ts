// What a key means in the tree, after the WAI-ARIA tree pattern: a pure answer that the tree carries out.

/** What the keyboard has to know of a row. */
export interface KeyedRow {
  label: string
  depth: number
  hasChildren: boolean
  expanded: boolean
}

export type TreeMove =
  | { move: 'select'; index: number }
  | { move: 'expand'; indexes: number[] }
  | { move: 'collapse'; index: number }
  /** On to the details of the selected row. */
  | { move: 'open' }

/** What `key` does while row `index` is selected; null where it means nothing. `page` is how many rows are in sight. */
export function treeMove(rows: readonly KeyedRow[], index: number, key: string, page: number): TreeMove | null {
  const row = rows[index]
  if (row === undefined) return null
  const select = (to: number): TreeMove => ({ move: 'select', index: Math.min(Math.max(to, 0), rows.length - 1) })
  switch (key) {
    case 'ArrowDown':
      return select(index + 1)
    case 'ArrowUp':
      return select(index - 1)
    case 'PageDown':
      return select(index + page)
    case 'PageUp':
      return select(index - page)
    case 'Home':
      return select(0)
    case 'End':
      return select(rows.length - 1)
    case 'ArrowRight':
      if (!row.hasChildren) return null
      return row.expanded ? select(index + 1) : { move: 'expand', indexes: [index] }
    case 'ArrowLeft':
      if (row.hasChildren && row.expanded) return { move: 'collapse', index }
      return row.depth === 0 ? null : select(parentOf(rows, index))
    case '*':
      return { move: 'expand', indexes: siblingsOf(rows, index) }
    case 'Enter':
      return { move: 'open' }
    default:
      return null
  }
}

function parentOf(rows: readonly KeyedRow[], index: number): number {
  const depth = rows[index]?.depth ?? 0
  let above = index - 1
  while (above > 0 && (rows[above]?.depth ?? 0) >= depth) above -= 1
  return above
}

/** Every row that hangs where row `index` hangs, itself included. */
function siblingsOf(rows: readonly KeyedRow[], index: number): number[] {
  const depth = rows[index]?.depth ?? 0
  let first = index
  while (first > 0 && (rows[first - 1]?.depth ?? 0) >= depth) first -= 1
  const siblings: number[] = []
  for (let at = first; at < rows.length; at += 1) {
    const row = rows[at]
    if (row === undefined || row.depth < depth) break
    if (row.depth === depth) siblings.push(at)
  }
  return siblings
}

/** Letters typed within this many milliseconds belong to one word. */
const WORD_PAUSE = 700

/** Finds rows by the first letters of their names, as they are typed. */
export class TypeAhead {
  #typed = ''
  #at = Number.NEGATIVE_INFINITY

  /** The row to go to, searched from row `index` on and around the end; null where none begins so. */
  type(rows: readonly Pick<KeyedRow, 'label'>[], index: number, letter: string, now: number): number | null {
    const goesOn = now - this.#at < WORD_PAUSE
    this.#typed = goesOn ? this.#typed + letter.toLowerCase() : letter.toLowerCase()
    this.#at = now
    // The same letter again and again steps through the rows that begin with it.
    const repeated = [...this.#typed].every((one) => one === this.#typed[0])
    const prefix = repeated ? (this.#typed[0] ?? '') : this.#typed
    const from = goesOn && !repeated ? index : index + 1
    for (let step = 0; step < rows.length; step += 1) {
      const at = (from + step) % rows.length
      if (rows[at]?.label.toLowerCase().startsWith(prefix)) return at
    }
    return null
  }
}
