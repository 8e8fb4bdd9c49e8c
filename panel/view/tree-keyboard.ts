// What a key means in the tree, after the WAI-ARIA tree pattern: a pure answer that the tree carries out.

/** What the keyboard has to know of a row. */
export interface KeyedRow {
  depth: number
  hasChildren: boolean
  expanded: boolean
}

/** And of all of them, by their numbers. */
export interface KeyedRows {
  readonly length: number
  row(index: number): KeyedRow | null
  label(index: number): string
  above(index: number): number
  beside(index: number): number[]
}

export type TreeMove =
  | { move: 'select'; index: number }
  | { move: 'expand'; indexes: number[] }
  | { move: 'collapse'; index: number }
  /** On to the details of the selected row. */
  | { move: 'open' }

/** What `key` does while row `index` is selected; null where it means nothing. `page` is how many rows are in sight. */
export function treeMove(rows: KeyedRows, index: number, key: string, page: number): TreeMove | null {
  const row = rows.row(index)
  if (row === null) return null
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
      return row.depth === 0 ? null : select(rows.above(index))
    case '*':
      return { move: 'expand', indexes: rows.beside(index) }
    case 'Enter':
      return { move: 'open' }
    default:
      return null
  }
}

/** Letters typed within this many milliseconds belong to one word. */
const WORD_PAUSE = 700

/** Finds rows by the first letters of their names, as they are typed. */
export class TypeAhead {
  #typed = ''
  #at = Number.NEGATIVE_INFINITY

  /** The row to go to, searched from row `index` on and around the end; null where none begins so. */
  type(rows: Pick<KeyedRows, 'length' | 'label'>, index: number, letter: string, now: number): number | null {
    const goesOn = now - this.#at < WORD_PAUSE
    this.#typed = goesOn ? this.#typed + letter.toLowerCase() : letter.toLowerCase()
    this.#at = now
    // The same letter again and again steps through the rows that begin with it.
    const repeated = [...this.#typed].every((one) => one === this.#typed[0])
    const prefix = repeated ? (this.#typed[0] ?? '') : this.#typed
    const from = goesOn && !repeated ? index : index + 1
    for (let step = 0; step < rows.length; step += 1) {
      const at = (from + step) % rows.length
      if (rows.label(at).toLowerCase().startsWith(prefix)) return at
    }
    return null
  }
}
