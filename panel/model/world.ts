// The world of a recorded page at one moment: what every fact up to `seq` adds up to. Only `advance` makes one; everything
// else (selectors, rules, reports) reads it, and may read a ledger as the map it is (`get`, `has`, `size`, `for of`).

import type {
  AwaitUntracked,
  CallbackRan,
  ContextCreated,
  ContextId,
  ContextKind,
  DefaultChanged,
  EntryUnfollowed,
  Fact,
  Frame,
  LookupFailed,
  Millis,
  NotReduced,
  Preview,
  Propagation,
  RecordingLevel,
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
  VarRead,
  VarReset,
  VarSet,
  WorkAwaited,
} from '../../runtime/protocol'
import type { Children } from './children'
import type { Ledger } from './ledger'
import type { Tallies, Tally } from './tally'
import type { Touched } from './touched'

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

/** A unit of work in a context that came to its end by an error. */
export interface Failure {
  unit: 'task' | 'run' | 'callback'
  seq: Seq
  at: Millis
}

/** A write to a context, with what it replaced: enough to say what the context held before it. */
export interface Change {
  fact: VarSet | VarReset
  before: Holding | null
  /** The write before it in the same context. */
  previous: Change | null
}

export interface ContextEntry {
  id: ContextId
  parent: ContextId | null
  /** Whether its parent, or that it has none, was told. Nothing ever moves, so what is told again is not heard. */
  placed: boolean
  /** Whether a census told of it: by then it had begun. */
  listed: boolean
  /** In the order of creation. */
  children: Children
  kind: ContextKind
  name: string | null
  api: string | null
  state: ContextState
  created: Seq
  createdAt: Millis
  /** The newest fact when it took over its parent's values: long before `created` where it was announced late. */
  asOf: number
  stack: StackId | null
  /**
   * Whether somebody else made it of its parent when the work of that was over, by `context.copy()` or in a run of that context. (Any
   * other copy is made by the code that is in the parent: async functions go on there after their run or task.)
   */
  copiedAfterEnd: boolean
  /**
   * When its unit of work ended; null while it goes on. `unseen`: the collector took it, and nothing was told of an end. `left`: it was a
   * run that was the last to return, also where tasks had run there before.
   */
  ended: { seq: Seq; at: Millis; unseen?: true; left?: true } | null
  /** The newest that its code did after that, as an async function does after an await; and whether somebody waited for its run. */
  resumed: { seq: Seq; at: Millis } | null
  isAwaited: boolean
  /** The newest task that runs in it, and the first that did. */
  task: TaskId | null
  firstTask: TaskId | null
  /** Of a context that was made for a task: what its maker set between that and the task's begin, and held then. */
  missed: ReadonlyMap<VariableId, VarSet> | null
  /** The newest works in other contexts that its code waited for, oldest first. */
  awaited: readonly WorkAwaited[]
  /** The newest works in it that failed, oldest first. */
  failures: readonly Failure[]
  /** How many of its tasks have not settled. */
  tasks: number
  /** Of a task that goes on, the newest resets that were refused to it, oldest first. */
  refused: readonly TokenError[]
  /** How many `context.run` are on the stack in it, and the newest of all that were. */
  runs: number
  entered: Seq | null
  /** How many tokens made here are open. */
  open: number
  /** How many of the values it holds were set here. */
  own: number
  /** Of the run of a variable: what that was given to begin with, where it was told. */
  given: Preview | null
  /** What it started with: the holdings of its parent at that moment (shared, never edited). */
  inherited: Ledger<VariableId, Holding>
  /** What it holds now, inherited and own. The very ledger of `inherited` until the first write. */
  holdings: Ledger<VariableId, Holding>
  /** Of each variable that was set in a copy of it: the copy; 0 where there are several. */
  setBelow: Ledger<VariableId, ContextId | 0>
  /** The newest read of each variable here. */
  reads: Ledger<VariableId, VarRead>
  /** Its newest write, from which the others are reached: a chain that worlds share. */
  lastChange: Change | null
  /** How long that chain is. */
  changes: number
  /**
   * Of the writes that the chain has no more, the last of each variable: what stood there before that is not known. Null where the
   * chain has all.
   */
  unknownUntil: ReadonlyMap<VariableId, Seq> | null
}

export interface VariableEntry extends VariableUse {
  id: VariableId
  name: string
  default: Preview | null
  created: Seq
  createdAt: Millis
  stack: StackId | null
}

/** What was done with a variable in all contexts, counted as far as it was told. */
export interface VariableUse {
  sets: Tally<VarSet> | null
  /** Sets to the value that was there. */
  sames: Tally<VarSet> | null
  /** Contexts that found its default. */
  defaults: Tally<VarRead> | null
  /** Whether somebody found a value of it, and whether a context was given one to begin with, which nobody set. */
  isRead: boolean
  isGiven: boolean
}

/** `open`: nobody has used it, and somebody may. `used`: reset. `lost`: collected unused, so nobody can reset it any more. */
export type TokenState = 'open' | 'used' | 'lost'

export interface TokenEntry {
  id: TokenId
  variable: VariableId
  context: ContextId
  state: TokenState
  value: Preview
  /** What the context held before: a reset puts it back. */
  before: Holding | null
  /** What it was before all sets of this context that stand below: inherited, or the default. Null without one, or where it is not known. */
  original: Preview | null
  /** The fact of its `var-set`, and where and when that was. */
  made: Seq
  madeAt: Millis
  stack: StackId | null
  /** Reads of its value in contexts that inherited it: the first, how many, and one for each of some lines that led to such reads. */
  readBy: { first: VarRead; count: number; lines: readonly MadeAndRead[] } | null
  /** The first read of its value by a later run of the same context, and the fact that began that run. */
  foundByRun: { read: VarRead; run: Seq } | null
  /** The fact of its `var-reset` or `token-collected`. */
  closed: { seq: Seq; at: Millis; stack: StackId | null } | null
}

/** A context that was made by this line right in the one that had set a value, or one below it, read the value. */
export interface MadeAndRead {
  made: StackId | null
  read: VarRead
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

/** A reset that brought back a value of which the reset had come before: the two sets were undone in the order they were made. */
export interface OutOfOrder {
  reset: VarReset
  /** The token whose value it brought back. */
  revived: TokenId
}

/** A task found only the default of a variable that its maker had set after it made the task, and before that began. */
export interface SetTooLate {
  read: VarRead
  set: VarSet
}

/** A context began with the value of another one's work that was over, read it, and set its own. */
export interface CarriedOver {
  read: VarRead
  set: VarSet
  /** Of the value that it began with. */
  token: TokenId
  /** The callback's context that the value came along with. */
  callback: ContextId
}

/** Work reads, or goes on after it had read, a value of other work that is over: that ended, or had reset it. */
export interface OutlivedValue {
  read: VarRead
  /** Of the value. */
  token: TokenId
  /** The copy of the other's context that took it along. */
  hop: ContextId
}

/** A timer that repeats goes on after the work that started it, and has values that were undone there. */
export interface KeptByTimer {
  /** Its call that was told. */
  call: ContextCreated
  /** Of the values, the oldest first. */
  tokens: readonly TokenId[]
}

/** Code waited for a work in a copy of its context, and then found only the default of a variable that the work had set, and left set. */
export interface LeftInCopy {
  read: VarRead
  awaited: WorkAwaited
  /** Of the set. */
  token: TokenId
}

/** Code that nothing followed had started read the default of a variable in the base context. */
export interface StrayRead {
  read: VarRead
  entry: EntryUnfollowed
}

/** A reset was refused to a task, which came to a good end all the same. */
export interface SwallowedRefusal {
  refusal: TokenError
  /** Its context. */
  task: ContextId
  /** The fact of its end. */
  settled: Seq
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
  /** How stacks are taken since; null where nothing was said of it, so all are. */
  level: RecordingLevel | null
  base: ContextId | null
  variables: Ledger<VariableId, VariableEntry>
  contexts: Ledger<ContextId, ContextEntry>
  /** The parent of each, 0 for none: between two moments most contexts are other ones, and few come, go or hang elsewhere. */
  parents: Ledger<ContextId, ContextId | 0>
  /** Contexts without a parent that is known, in the order of creation. */
  roots: Set<ContextId>
  /**
   * Whether every parent has a smaller number than its children, and these come in the order of their numbers, as a page that counts its
   * contexts makes it: such a tree has no circles, nothing has to be climbed to know that, and nothing to be sorted.
   */
  counted: boolean
  /** How many contexts were climbed, in a tree that is not so, to see that a parent closes no circle. */
  climbed: number
  tokens: Ledger<TokenId, TokenEntry>
  tasks: Ledger<TaskId, TaskEntry>
  /** Mistakes that the runtime refused, in the order they happened. */
  refusals: (TokenError | LookupFailed | ReentryFailed)[]
  /** By the variable and the stack of the reset, and of the set. */
  outOfOrder: Tallies<OutOfOrder>
  tooLate: Tallies<SetTooLate>
  leftInCopy: Tallies<LeftInCopy>
  carriedOver: Tallies<CarriedOver>
  /** By the variable, the stack of the set, and that of the copy. */
  outlived: Tallies<OutlivedValue>
  /** By the stack that started the timer. */
  keptByTimers: Tallies<KeptByTimer>
  /** The code that nothing followed had started just before this moment, and has touched nothing but the base context since; null for none. */
  strayed: EntryUnfollowed | null
  /** Defaults that such code read, by the variable and the stack of its function. */
  strayReads: Tallies<StrayRead>
  /** What listeners did not find, by the variable and the stack that added the listener. */
  heard: Tallies<VarRead>
  /** By the variable and the stack of the reset. */
  swallowed: Tallies<SwallowedRefusal>
  /** By the variable. */
  changedDefaults: Tallies<DefaultChanged>
  /** Where contexts were lost, and what ran outside of anything that is followed, in the order it happened. */
  untracked: AwaitUntracked[]
  unfollowed: EntryUnfollowed[]
  /** By why, the variables and the stack. */
  notReduced: Tallies<NotReduced>
  /** In order, without overlap. */
  missing: Missing[]
  /** Facts up to this number are kept no more, and what was over by then was let go; 0 where all are. */
  letGo: number
  /** The newest census, 0 where there was none: what lived through a gap before it is known again. */
  census: number
  stacks: StackTable
  /** What changed since the rules looked at it last; null where they look at everything. */
  touched: Touched | null
}

export type { CallbackRan, Fact, Frame }
