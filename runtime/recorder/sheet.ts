// A piece of the log. Sets and resets, by far the most facts, are rows of numbers and the picture of a value: of a million of them
// there is next to nothing that a garbage collector would have to look at. Any other fact is the object it is.

import type { ContextId, Fact, Millis, Seq, StackId, TokenId, VariableId, VarReset, VarSet } from '../protocol'
import { type Kept, pictured } from './picture'

/** Facts of a sheet. */
export const ROWS = 1024

/** What a row says, in this order. */
const COLUMNS = 7
const [TYPE, AT, CONTEXT, VARIABLE, TOKEN, STACK, SIZE] = [0, 1, 2, 3, 4, 5, 6]

const [OBJECT, SET, RESET] = [0, 1, 2]
/** Ids are positive, and so is not even `NOT_TAKEN`. */
const NULL = -1

export class Sheet {
  readonly #numbers = new Float64Array(ROWS * COLUMNS)
  /** The fact, where it is an object; the value of a set or a reset. */
  readonly #things: (Fact | Kept | null)[] = new Array(ROWS).fill(null)
  #bytes = 0

  /** What it holds occupies. */
  get bytes(): number {
    return this.#bytes
  }

  addFact(row: number, fact: Fact, size: number): void {
    const first = row * COLUMNS
    this.#numbers[first + TYPE] = OBJECT
    this.#numbers[first + SIZE] = size
    this.#things[row] = fact
    this.#bytes += size
  }

  addWrite(
    row: number,
    type: 'var-set' | 'var-reset',
    at: Millis,
    context: ContextId,
    variable: VariableId,
    token: TokenId,
    value: Kept | null,
    stack: StackId | null,
    size: number,
  ): void {
    const first = row * COLUMNS
    const numbers = this.#numbers
    numbers[first + TYPE] = type === 'var-set' ? SET : RESET
    numbers[first + AT] = at
    numbers[first + CONTEXT] = context
    numbers[first + VARIABLE] = variable
    numbers[first + TOKEN] = token
    numbers[first + STACK] = stack ?? NULL
    numbers[first + SIZE] = size
    this.#things[row] = value
    this.#bytes += size
  }

  /** The fact as it is told. */
  fact(row: number, seq: Seq): Fact {
    const thing = this.#things[row] ?? null
    const type = this.#number(row, TYPE)
    if (type === OBJECT) return thing as Fact
    const write = {
      seq,
      at: this.#number(row, AT) as Millis,
      type: type === SET ? 'var-set' : 'var-reset',
      context: this.#number(row, CONTEXT) as ContextId,
      variable: this.#number(row, VARIABLE) as VariableId,
      token: this.#number(row, TOKEN) as TokenId,
      value: thing === null ? null : pictured(thing as Kept),
      stack: this.stack(row),
    }
    return write as VarSet | VarReset
  }

  /** The one that a set or a reset names; null for any other fact. */
  stack(row: number): StackId | null {
    const stack = this.#number(row, STACK)
    return this.#number(row, TYPE) === OBJECT || stack === NULL ? null : (stack as StackId)
  }

  /** A fact that is no set and no reset. */
  object(row: number): Fact | null {
    return this.#number(row, TYPE) === OBJECT ? ((this.#things[row] ?? null) as Fact | null) : null
  }

  /** Its stack is known now. */
  place(row: number, stack: StackId | null): void {
    const fact = this.object(row)
    if (fact === null) this.#numbers[row * COLUMNS + STACK] = stack ?? NULL
    else if ('stack' in fact) fact.stack = stack
  }

  size(row: number): number {
    return this.#number(row, SIZE)
  }

  at(row: number): Millis {
    return this.object(row)?.at ?? (this.#number(row, AT) as Millis)
  }

  /** Lets go of what a row holds. Answers what that occupied. */
  drop(row: number): number {
    const size = this.size(row)
    this.#things[row] = null
    this.#bytes -= size
    return size
  }

  /** The same for all its rows. */
  dropAll(): number {
    const size = this.#bytes
    this.#things.fill(null)
    this.#bytes = 0
    return size
  }

  #number(row: number, column: number): number {
    return this.#numbers[row * COLUMNS + column] ?? NULL
  }
}
