// The world of a recorded page at one moment: what every fact up to `seq` adds up to. Only `advance` makes one; everything
// else (selectors, rules, reports) reads it.

import type {
  CallbackRan,
  ContextId,
  ContextKind,
  Fact,
  Frame,
  LookupFailed,
  Millis,
  Preview,
  Propagation,
  ReadFrom,
  ReentryFailed,
  RuntimeAttached,
  RuntimeRefused,
  Seq,
  StackId,
  StackTable,
  TaskId,
  TaskSettled,
  TokenError,
  TokenId,
  VariableId,
} from '../../runtime/protocol'

/** A value that a context holds. */
export interface Holding {
  variable: VariableId
  value: Preview
  /** The token of the set that made it, wherever that was; null where the recorder came later. */
  token: TokenId | null
  /** The context in which that set ran; another one than the holder's where the value was inherited. */
  setIn: ContextId | null
  /** The fact that made it. */
  seq: Seq
  at: Millis
  stack: StackId | null
}

/**
 * - `alive`: its unit of work (task, run, callback) goes on, or it never had one
 * - `ended`: its unit of work is over
 * - `collected`: the garbage collector took it
 */
export type ContextState = 'alive' | 'ended' | 'collected'

export interface ContextEntry {
  id: ContextId
  parent: ContextId | null
  /** In the order of creation. */
  children: ContextId[]
  kind: ContextKind
  name: string | null
  api: string | null
  state: ContextState
  created: Seq
  createdAt: Millis
  stack: StackId | null
  /** When its unit of work ended; null while it goes on. */
  ended: { seq: Seq; at: Millis } | null
  task: TaskId | null
  /** How many `context.run` are on the stack in it. */
  runs: number
  /** What it started with: the holdings of its parent at that moment (shared, never edited). */
  inherited: ReadonlyMap<VariableId, Holding>
  /** What it holds now, inherited and own. */
  holdings: ReadonlyMap<VariableId, Holding>
  /** The newest read of each variable here. */
  reads: Map<VariableId, { from: ReadFrom; seq: Seq; at: Millis }>
}

export interface VariableEntry {
  id: VariableId
  name: string
  default: Preview | null
  created: Seq
  stack: StackId | null
}

/** `open`: nobody has used it, and somebody may. `used`: reset. `lost`: collected unused, so nobody can reset it any more. */
export type TokenState = 'open' | 'used' | 'lost'

export interface TokenEntry {
  id: TokenId
  variable: VariableId
  context: ContextId
  state: TokenState
  value: Preview
  /** The fact of its `var-set`, and where and when that was. */
  made: Seq
  madeAt: Millis
  stack: StackId | null
  /** The fact of its `var-reset` or `token-collected`. */
  closed: { seq: Seq; at: Millis; stack: StackId | null } | null
}

export interface TaskEntry {
  id: TaskId
  name: string
  context: ContextId
  parent: TaskId | null
  state: 'created' | 'running' | TaskSettled['outcome']
  created: Seq
  createdAt: Millis
  settledAt: Millis | null
  stack: StackId | null
}

/** Facts `from` to `to` (inclusive) are not known: dropped by a full log, or from before this recorder came. */
export interface Missing {
  from: Seq
  to: Seq
}

export interface World {
  /** The newest fact in it; 0 when empty. */
  seq: number
  at: Millis
  runtime: RuntimeAttached | null
  refused: RuntimeRefused[]
  propagation: Propagation | null
  base: ContextId | null
  variables: Map<VariableId, VariableEntry>
  contexts: Map<ContextId, ContextEntry>
  /** Contexts without a parent that is known, in the order of creation. */
  roots: ContextId[]
  tokens: Map<TokenId, TokenEntry>
  tasks: Map<TaskId, TaskEntry>
  /** Mistakes that the runtime refused, in the order they happened. */
  refusals: (TokenError | LookupFailed | ReentryFailed)[]
  untracked: { context: ContextId; cause: string; seq: Seq }[]
  missing: Missing[]
  stacks: StackTable
}

export type { CallbackRan, Fact, Frame }
