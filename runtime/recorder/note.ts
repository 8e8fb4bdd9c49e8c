// What the recorder knows of a context and of a token. It lives in the `note` slot of the thing itself, so it goes when the
// page lets the thing go, and the recorder holds none of them.

import type { Context } from '../context/context'
import type { Trace } from '../context/tap'
import type { Token } from '../context/token'
import type { ContextId, ContextKind, StackId, TaskId, TokenId, VariableId } from '../protocol'
import type { Place } from './stack'

export interface ContextNote {
  /** The recording that it belongs to. */
  owner: object
  id: ContextId
  parent: ContextId | null
  /** The parent's note: a context can only be announced after the one it was copied from. */
  parentNote: ContextNote | null
  kind: ContextKind
  name: string | null
  api: string | null
  /** The newest fact when it took its copy. */
  asOf: number
  /** The stack of its making, unread until it is announced. */
  trace: Trace | null
  stack: StackId | null
  announced: boolean
  /** Whether a census asks it what it holds. */
  known: boolean
  ended: { threw: boolean } | null
  /** Where the `run` that entered it last was called. */
  entered: Place | null
  task: TaskId | null
  /**
   * Of a callback that the `then` of a thenable handed over: the context that awaits the thenable, whose code goes on here if the
   * callback settles it.
   */
  awaitedIn: ContextId | null
  /** Whether it was told that the code did. */
  wentOnHere: boolean
  /** Null where no variable was touched yet: most contexts are callbacks' that touch none. */
  variables: Map<VariableId, Standing> | null
  /** The one that was touched last, which is often touched next. */
  latest: Standing | null
}

/** How a variable stands in a context that touched it. It stays when a set is undone: the next one need not make it again. */
export interface Standing {
  readonly variable: VariableId
  /** The set that was made here and not reset. */
  set: StandingSet | null
  /** Whether its present value was read here, and told. */
  read: boolean
}

export interface StandingSet {
  token: TokenId
  /** Where it was made. */
  place: Place
}

export interface TokenNote extends StandingSet {
  owner: object
  context: ContextId
  variable: VariableId
  /** The set of the same variable that stood here before, which a reset brings back. */
  before: StandingSet | null
  /** Where it was used. */
  used: Place | null
}

/** The note that `owner` left; one left by an earlier recording tells nothing about this one. */
export function contextNote(context: Context, owner: object): ContextNote | null {
  const note = context.note as ContextNote | null | undefined
  return note?.owner === owner ? note : null
}

export function tokenNote(token: Token<unknown>, owner: object): TokenNote | null {
  const note = token.note as TokenNote | null | undefined
  return note?.owner === owner ? note : null
}

export function standingOf(note: ContextNote, variable: VariableId): Standing {
  const { latest } = note
  if (latest !== null && latest.variable === variable) return latest
  note.variables ??= new Map()
  let standing = note.variables.get(variable)
  if (standing === undefined) {
    standing = { variable, set: null, read: false }
    note.variables.set(variable, standing)
  }
  note.latest = standing
  return standing
}

/**
 * Takes callbacks that ended without ever mattering out of the line above `note`: a timer that sets the next timer for ever
 * would make that line grow for ever.
 */
export function skipSilent(note: ContextNote): void {
  let above = note.parentNote
  while (above !== null && !above.announced && above.ended !== null) {
    note.parent = above.parent
    note.asOf = above.asOf
    above = above.parentNote
  }
  note.parentNote = above
}
