// Which row each context of a tree has: from the number of rows that each takes together with what is shown below it. Two passes over
// columns of numbers make it, so that folding, filtering and what a page adds cost no list of rows.

import { NOWHERE, type Places } from './places'

/** What of a tree is shown; each by place. */
export interface Shown {
  /** 0 for what is left out, unless something below it is not. */
  answers: Uint8Array
  /** Not 0 where nothing below is shown. */
  folded: Uint8Array
}

export class Layout {
  /** How many rows there are. */
  length = 0
  /** By row: the place of its context. */
  private order = new Int32Array(0)
  // By place. How many rows it takes, with those below it; how many of its children are shown, folded away or not; its row, or `NOWHERE`;
  // how deep it stands; its number among its siblings.
  private weights = new Int32Array(0)
  private many = new Int32Array(0)
  private rows = new Int32Array(0)
  private depths = new Int32Array(0)
  private positions = new Int32Array(0)
  /** The row that the next child has, or before that: how many rows the children take. */
  private next = new Int32Array(0)
  /** How many of its children have a row by now. */
  private counted = new Int32Array(0)
  private parents = new Int32Array(0)
  private roots = 0

  lay(places: Places, shown: Shown): void {
    this.makeRoom(places.parents.length)
    this.parents = places.parents
    // Where somebody looks back, what was made later stands behind all that is there.
    const length = places.there.lastIndexOf(1) + 1
    this.weigh(length, places, shown)
    this.number(length, shown)
    this.rows.fill(NOWHERE, length)
  }

  /** The place of the context in a row. */
  placeAt(row: number): number {
    return row < this.length ? at(this.order, row) : NOWHERE
  }

  /** The row of the context at a place; `NOWHERE` where it is not shown. */
  rowOf(place: number): number {
    return place < this.rows.length ? at(this.rows, place) : NOWHERE
  }

  depth(place: number): number {
    return at(this.depths, place)
  }

  /** How many of its children are shown, or would be if it was not folded. */
  children(place: number): number {
    return at(this.many, place)
  }

  /** Its number among its siblings, from 1. */
  position(place: number): number {
    return at(this.positions, place)
  }

  siblings(place: number): number {
    const parent = at(this.parents, place)
    return parent === NOWHERE ? this.roots : at(this.many, parent)
  }

  /** The row that this one hangs below; `NOWHERE` for a root. */
  above(row: number): number {
    const parent = at(this.parents, this.placeAt(row))
    return parent === NOWHERE ? NOWHERE : at(this.rows, parent)
  }

  /** Every row that hangs where this one hangs, itself included. */
  beside(row: number): number[] {
    const above = this.above(row)
    const end = above === NOWHERE ? this.length : above + at(this.weights, this.placeAt(above))
    const rows: number[] = []
    for (let one = above + 1; one < end; one += at(this.weights, this.placeAt(one))) rows.push(one)
    return rows
  }

  /** Children come behind their parents, so from the end on. */
  private weigh(length: number, { there }: Places, { answers, folded }: Shown): void {
    const { weights, many, next, parents } = this
    many.fill(0, 0, length)
    next.fill(0, 0, length)
    this.roots = 0
    for (let place = length - 1; place >= 0; place--) {
      const isShown = there[place] !== 0 && (answers[place] !== 0 || many[place] !== 0)
      const weight = isShown ? 1 + (folded[place] === 0 ? at(next, place) : 0) : 0
      weights[place] = weight
      if (weight === 0) continue
      const parent = at(parents, place)
      if (parent === NOWHERE) {
        this.roots++
        continue
      }
      many[parent] = at(many, parent) + 1
      next[parent] = at(next, parent) + weight
    }
  }

  /** The first child has the row below its parent's, and the next one that below all of the first. */
  private number(length: number, { folded }: Shown): void {
    const { weights, rows, depths, positions, next, counted, parents, order } = this
    let end = 0
    let roots = 0
    for (let place = 0; place < length; place++) {
      const weight = at(weights, place)
      const parent = at(parents, place)
      counted[place] = 0
      if (weight === 0 || (parent !== NOWHERE && (rows[parent] === NOWHERE || folded[parent] !== 0))) {
        rows[place] = NOWHERE
        continue
      }
      let row = end
      if (parent === NOWHERE) {
        end += weight
        depths[place] = 0
        positions[place] = ++roots
      } else {
        row = at(next, parent)
        next[parent] = row + weight
        depths[place] = at(depths, parent) + 1
        const position = at(counted, parent) + 1
        counted[parent] = position
        positions[place] = position
      }
      rows[place] = row
      order[row] = place
      next[place] = row + 1
    }
    this.length = end
  }

  private makeRoom(size: number): void {
    if (size === this.rows.length) return
    for (const column of ['order', 'weights', 'many', 'rows', 'depths', 'positions', 'next', 'counted'] as const) {
      this[column] = new Int32Array(size)
    }
  }
}

const at = (column: Int32Array, index: number): number => column[index] ?? NOWHERE
