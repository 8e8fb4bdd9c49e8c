// The contract between the page and whoever reads it: the facts a page states, the questions it answers, the recording that
// keeps them. It imports nothing, and it is the only file of this room that other rooms may import. Start reading here.
//
// A fact says what happened, never what it means: judging is the panel's work. A fact is numbered once, and never edited.

/** The version of everything in this file. It grows when an old reader would misunderstand a new fact. */
export const PROTOCOL_VERSION = 1

// ---- Identities: dense integers that the page mints, each from its own counter, starting at 1 ------------------------------

declare const brand: unique symbol
type Id<Name extends string> = number & { readonly [brand]: Name }

/** The number of a fact: 1, 2, 3, ... without holes. What a reader has is therefore either complete or visibly not. */
export type Seq = Id<'Seq'>
export type ContextId = Id<'Context'>
export type VariableId = Id<'Variable'>
export type TokenId = Id<'Token'>
export type TaskId = Id<'Task'>
/** Names a call stack in the `stacks` table that travels beside the facts. Equal stacks share one id. */
export type StackId = Id<'Stack'>
/**
 * Stands where a stack would, but none was taken or kept, so that recording stays cheap: `null` says that there was nothing to tell,
 * this that nobody looked. No table has it.
 */
export const NOT_TAKEN = 0 as StackId
/** Milliseconds since the page's time origin, exact to about one. Equal stamps are common. */
export type Millis = Id<'Millis'>

// ---- Values, as a page may show them without running any of its code ---------------------------------------------------------

export const PREVIEW_KINDS = [
  'undefined',
  'null',
  'boolean',
  'number',
  'bigint',
  'string',
  'symbol',
  'function',
  'array',
  'map',
  'set',
  'date',
  'regexp',
  'error',
  'promise',
  'node',
  'object',
  /** It could not be looked at (a revoked or throwing proxy); `text` says so. */
  'unreadable',
] as const

export type PreviewKind = (typeof PREVIEW_KINDS)[number]

/**
 * A picture of a value: bounded in depth, width and length, made without calling getters, `toJSON` or iterators of the page.
 *
 * `{ kind: 'object', text: 'User {id: 7, name: "Ada"}', entries: [['id', {kind: 'number', text: '7'}], ...] }`
 */
export interface Preview {
  kind: PreviewKind
  /** One line, as DevTools would print it: strings quoted, `-0` as `-0`. Long text keeps its head and ends in `…`. */
  text: string
  /** The first properties or elements, where looking further was allowed. */
  entries?: [key: string, value: Preview][]
  /** How many properties, elements or characters were left out. */
  more?: number
}

// ---- Facts -----------------------------------------------------------------------------------------------------------------------

interface FactBase {
  seq: Seq
  at: Millis
}

/** Which context an event listener runs in: as the event's cause suggests, where it was added, or where the event was dispatched. */
export type ListenerPolicy = 'cause' | 'registration' | 'dispatch'

/** What carries contexts across asynchrony in this page; `null` where nothing was installed and `await` is not followed. */
export interface Propagation {
  /** Whether native `await` is followed. False when switched off, or when the intrinsics were frozen before the install. */
  nativeAwait: boolean
  events: ListenerPolicy
  /** What could not be installed, in words: `['Promise.prototype is frozen']`. */
  limits: string[]
}

/**
 * A recorder was attached to a runtime. It is said again, before the census, when the log has dropped it.
 * `{ seq: 1, at: 3.1, type: 'runtime-attached', version: '0.1.0', origin: 'application', base: 1, late: false, propagation: null }`
 */
export interface RuntimeAttached extends FactBase {
  type: 'runtime-attached'
  /** The version of the package that brings the runtime. */
  version: string
  /**
   * `application`: the page's own code imported it. `injected`: the page had none and touched `globalThis.contextvars`. `zone.js`: it is none of
   * ours, and its contexts are zones.
   */
  origin: 'application' | 'injected' | 'zone.js'
  /** The base context: what is current when nothing else is. */
  base: ContextId
  /** True when contexts or variables existed before the recorder came: what happened before is not known. */
  late: boolean
  propagation: Propagation | null
}

/**
 * A runtime was found and could not be recorded.
 * `{ seq: 2, at: 5, type: 'runtime-refused', version: '9.0.0', reason: 'tap-version', advice: 'Update the extension.' }`
 */
export interface RuntimeRefused extends FactBase {
  type: 'runtime-refused'
  version: string
  /** `tap-version`: it speaks another version of the seam. `second-copy`: another runtime of this page is recorded already. */
  reason: 'tap-version' | 'second-copy'
  advice: string
}

/** Propagation was installed or uninstalled. `{ seq: 2, at: 4, type: 'propagation-changed', propagation: { nativeAwait: true, events: 'cause', limits: [] } }` */
export interface PropagationChanged extends FactBase {
  type: 'propagation-changed'
  propagation: Propagation | null
}

/** `{ seq: 3, at: 4, type: 'var-created', variable: 1, name: 'user', default: null, stack: 1 }` */
export interface VarCreated extends FactBase {
  type: 'var-created'
  variable: VariableId
  name: string
  /** The constructor's default, `null` where it has none. */
  default: Preview | null
  stack: StackId | null
}

/**
 * - `base`: the context of the page itself
 * - `copy`: `copyContext()`, `context.copy()`, or a run of an `AsyncContext.Variable`
 * - `new`: `new Context()`, or a unit that starts empty
 * - `task`: the copy a task made for itself
 * - `callback`: the copy made when a callback was handed over (`then`, a timer, an event listener)
 * - `restored`: rebuilt from data
 * - `unknown`: it was there before the recorder, which learns of it only now
 */
export type ContextKind = 'base' | 'copy' | 'new' | 'task' | 'callback' | 'restored' | 'unknown'

/**
 * The `api` of the copy that a run of an `AsyncContext.Variable` makes. What is set there before it is entered is how it begins: nobody has
 * the token of that.
 */
export const VARIABLE_RUN = 'Variable.run'
/** And of a context that OpenTelemetry's context manager makes, which is given what is active in it before anything runs there. */
export const CONTEXT_WITH = 'context.with'
/** And of a zone of the page's own zone.js, which has its properties before anything runs there. */
export const ZONE_FORK = 'Zone.fork'

/** The variable that shows what is active to OpenTelemetry. What its `attach` sets there, and in the keys after it, its `dispose` resets. */
export const ACTIVE_SPAN = 'otel.span'

/**
 * A context came to be. Callback contexts are announced when they first matter (something is read, written or copied there), or
 * at once where they are `told`, with the stack of their registration; `asOf` says when they took their copy. One that touches nothing
 * is announced, too, where it is the first call of a `setInterval` after the task that started it, and holds something: so is known what
 * a timer keeps.
 * `{ seq: 9, at: 4, type: 'context-created', context: 2, parent: 1, asOf: 4, kind: 'callback', name: null, api: 'setTimeout', stack: 2 }`
 */
export interface ContextCreated extends FactBase {
  type: 'context-created'
  context: ContextId
  /** The context whose values it started with (for `new` and `spawn`: null, it started empty). */
  parent: ContextId | null
  /** The newest fact at the moment of the copy: it holds what its parent held then, which may be long before this fact. */
  asOf: number
  kind: ContextKind
  /** The name of the task that it was made for. */
  name: string | null
  /**
   * What was called: `setTimeout`, `Promise.then`, `click` (an event's type for listeners), `createTask`, `copyContext`; `context.with` is
   * OpenTelemetry's: what is set in such a copy before anything runs there is how it begins, as in what is restored.
   */
  api: string | null
  stack: StackId | null
}

/** `{ seq: 5, at: 9, type: 'var-set', context: 2, variable: 1, token: 1, value: { kind: 'string', text: '"ada"' }, stack: 3 }` */
export interface VarSet extends FactBase {
  type: 'var-set'
  context: ContextId
  variable: VariableId
  /** The token that this set returned: who holds it can undo this set. */
  token: TokenId
  value: Preview
  stack: StackId | null
}

/** `{ seq: 6, at: 12, type: 'var-reset', context: 2, variable: 1, token: 1, value: null, stack: 4 }` */
export interface VarReset extends FactBase {
  type: 'var-reset'
  context: ContextId
  variable: VariableId
  token: TokenId
  /** The value that is there again, `null` where the variable is now unset in this context. */
  value: Preview | null
  stack: StackId | null
}

export type TokenErrorCode = 'used' | 'other-variable' | 'other-context' | 'not-a-token'

/**
 * A reset that was refused. Both sides of the mistake are told: where the token was made and where it was used.
 * `{ seq: 7, at: 13, type: 'token-error', code: 'other-context', context: 3, variable: 1, stack: 5,
 *    token: 1, tokenContext: 2, tokenVariable: 1, tokenStack: 3, usedStack: null, message: '...' }`
 */
export interface TokenError extends FactBase {
  type: 'token-error'
  code: TokenErrorCode
  /** The context that was current, and the variable whose `reset` was called. */
  context: ContextId
  variable: VariableId
  stack: StackId | null
  /** The token itself; all null for `not-a-token`. */
  token: TokenId | null
  tokenContext: ContextId | null
  tokenVariable: VariableId | null
  /** Where the token was made. */
  tokenStack: StackId | null
  /** Where it had been used before (for `used`). */
  usedStack: StackId | null
  /** The message of the error that the page got. */
  message: string
}

/**
 * Where a value that was read came from: set in this very context, in the one it was copied from, the argument of `get(x)`,
 * the constructor's default, or nowhere.
 */
export type ReadFrom = 'own' | 'inherited' | 'fallback' | 'default' | 'miss'

/**
 * A variable was read: told once per context, variable and version of the value.
 * `{ seq: 8, at: 13, type: 'var-read', context: 2, variable: 1, from: 'inherited' }`
 */
export interface VarRead extends FactBase {
  type: 'var-read'
  context: ContextId
  variable: VariableId
  from: ReadFrom
}

/** `get()` found no value and no default, and threw. `{ seq: 9, at: 14, type: 'lookup-error', context: 2, variable: 1, stack: 6 }` */
export interface LookupFailed extends FactBase {
  type: 'lookup-error'
  context: ContextId
  variable: VariableId
  stack: StackId | null
}

/** `run` on a context that is already entered. `{ seq: 10, at: 15, type: 'reentry-error', context: 2, entered: 7, stack: 8 }` */
export interface ReentryFailed extends FactBase {
  type: 'reentry-error'
  context: ContextId
  /** Where it had been entered. */
  entered: StackId | null
  stack: StackId | null
}

/** `context.run` began. `{ seq: 11, at: 15, type: 'run-started', context: 2, outer: 1, stack: 9 }` */
export interface RunStarted extends FactBase {
  type: 'run-started'
  context: ContextId
  /** The context that was current before. */
  outer: ContextId
  stack: StackId | null
}

/** `{ seq: 12, at: 16, type: 'run-ended', context: 2, threw: false }` */
export interface RunEnded extends FactBase {
  type: 'run-ended'
  context: ContextId
  threw: boolean
}

/** `{ seq: 13, at: 16, type: 'task-created', task: 1, context: 4, name: 'Alice', parent: null, stack: 10 }` */
export interface TaskCreated extends FactBase {
  type: 'task-created'
  task: TaskId
  /** The context that each step of the task runs in. */
  context: ContextId
  name: string
  /** The task in which this one was made. */
  parent: TaskId | null
  stack: StackId | null
}

/** The task's first step began. `{ seq: 14, at: 16, type: 'task-started', task: 1 }` */
export interface TaskStarted extends FactBase {
  type: 'task-started'
  task: TaskId
}

/** `{ seq: 15, at: 30, type: 'task-settled', task: 1, outcome: 'fulfilled' }` */
export interface TaskSettled extends FactBase {
  type: 'task-settled'
  task: TaskId
  outcome: 'fulfilled' | 'rejected'
}

/**
 * The callback of a callback context returned or threw: no synchronous code runs there any more, though awaits of its may.
 * `{ seq: 16, at: 31, type: 'callback-ran', context: 5, threw: false }`
 */
export interface CallbackRan extends FactBase {
  type: 'callback-ran'
  context: ContextId
  threw: boolean
}

/** The garbage collector took an unused token: nobody can undo its set any more. `{ seq: 17, at: 900, type: 'token-collected', token: 1 }` */
export interface TokenCollected extends FactBase {
  type: 'token-collected'
  token: TokenId
}

/** The garbage collector took a context. `{ seq: 18, at: 900, type: 'context-collected', context: 4 }` */
export interface ContextCollected extends FactBase {
  type: 'context-collected'
  context: ContextId
}

/**
 * Propagation lost a context in a way that the runtime can see: an await went on in a copy, or the async function of a task came to
 * its end in another context than the task's.
 * `{ seq: 19, at: 40, type: 'await-untracked', context: 2, cause: 'a thenable …', copied: false, resumed: 1, stack: null }`
 */
export interface AwaitUntracked extends FactBase {
  type: 'await-untracked'
  context: ContextId
  cause: string
  /** Whether what comes after goes on in a copy: the values are there, but a token from before cannot be used. */
  copied: boolean
  /** The context that what comes after goes on in; null where it is not known yet. */
  resumed: ContextId | null
  stack: StackId | null
}

/**
 * The base context was touched by code that nothing followed had started: the host called a function that it was given through an
 * API that is not followed, or that somebody had kept before the install; or the function went on after an `await` that nothing
 * saw. Told once for each such function.
 * `{ seq: 20, at: 41, type: 'entry-unfollowed', context: 1, stack: 12 }`
 */
export interface EntryUnfollowed extends FactBase {
  type: 'entry-unfollowed'
  context: ContextId
  /** One frame alone: the outermost function, where it ran. */
  stack: StackId | null
}

/**
 * Code in `context` waits for what goes on in another context: for a task, or for what a run returned a promise of. It awaits that, alone
 * or in a `Promise.all`, or returns it from an async function; who reads its `constructor`, as an await does, is taken for one who
 * waits. Told once for each promise, of who does so first.
 * `{ seq: 20, at: 41, type: 'work-awaited', context: 2, work: 4, stack: 12 }`
 */
export interface WorkAwaited extends FactBase {
  type: 'work-awaited'
  context: ContextId
  /** The context that the work goes on in. */
  work: ContextId
  stack: StackId | null
}

/**
 * A default was read that looks different than when its variable was made: somebody changed the object itself, which is everybody's.
 * Looked at once for each context that reads it, and told once of each variable, for lists, maps, sets and plain objects.
 * `{ seq: 21, at: 41, type: 'default-changed', context: 2, variable: 1, value: { kind: 'array', text: '[0]' }, stack: 13 }`
 */
export interface DefaultChanged extends FactBase {
  type: 'default-changed'
  /** Where it was read. */
  context: ContextId
  variable: VariableId
  /** What it looks like now. */
  value: Preview
  stack: StackId | null
}

/**
 * - `all`: every fact that has a place in the code has its stack
 * - `sampled`: errors have theirs, so do the first facts of each kind in every second, and one of so many others
 * - `none`: no stack is taken
 */
export type StackLevel = 'all' | 'sampled' | 'none'

/**
 * From here on stacks are taken at another level. Facts without theirs name `NOT_TAKEN`.
 * `{ seq: 21, at: 60, type: 'recording-level', stacks: 'sampled', every: 16, why: 'budget' }`
 */
export interface RecordingLevel extends FactBase {
  type: 'recording-level'
  stacks: StackLevel
  /** Of how many facts one has its stack; 0 where none has. */
  every: number
  /**
   * - `asked`: whoever records wants it so
   * - `budget`: stacks took more of the page's time than they may
   * - `calm`: that is over
   */
  why: 'asked' | 'budget' | 'calm'
}

/**
 * - `unregistered`: nobody registered it, so its value is left out
 * - `duplicate`: a newer variable is registered under its name, and has its place
 * - `unresolved`: its value is there, but its module has no such variable under its name
 * - `refused`: its value cannot be data, for which the page got an error, and nothing else
 */
export type NotReducedWhy = 'unregistered' | 'duplicate' | 'unresolved' | 'refused'

/**
 * A context was made into data (`reduce`, or `JSON.stringify` where a reducer serves it), and what it holds of these variables is not
 * all there, or not to be found again.
 * `{ seq: 22, at: 61, type: 'not-reduced', context: 2, variables: [1, 3], more: 0, why: 'unregistered', stack: 13 }`
 */
export interface NotReduced extends FactBase {
  type: 'not-reduced'
  context: ContextId
  /** The first of them. */
  variables: VariableId[]
  /** How many others there are. */
  more: number
  why: NotReducedWhy
  stack: StackId | null
}

/** The log was full: facts `from` to `to` (inclusive) are no longer there. Stands where they stood. `{ seq: 900, at: 50, type: 'gap', from: 1, to: 899 }` */
export interface Gap extends FactBase {
  type: 'gap'
  from: Seq
  to: Seq
}

/** One value that a context holds, in a census. */
export interface CensusEntry {
  variable: VariableId
  /** The token of the set that made it in this context; null where it was inherited or made before the recorder came. */
  token: TokenId | null
  value: Preview
  stack: StackId | null
}

export interface CensusContext {
  context: ContextId
  parent: ContextId | null
  kind: ContextKind
  name: string | null
  api: string | null
  stack: StackId | null
  /** True when the unit of work that it was made for (task, run, callback) is over. */
  ended: boolean
  entries: CensusEntry[]
}

export interface CensusVariable {
  variable: VariableId
  name: string
  default: Preview | null
  stack: StackId | null
}

/**
 * What lives now, as far as the recorder knows. It follows a gap, and a late attachment, so that the tree is right again.
 * `{ seq: 901, at: 50, type: 'census', current: 1, variables: [...], contexts: [...] }`
 */
export interface Census extends FactBase {
  type: 'census'
  current: ContextId
  variables: CensusVariable[]
  contexts: CensusContext[]
}

export type Fact =
  | RuntimeAttached
  | RuntimeRefused
  | PropagationChanged
  | VarCreated
  | ContextCreated
  | VarSet
  | VarReset
  | TokenError
  | VarRead
  | LookupFailed
  | RunStarted
  | RunEnded
  | ReentryFailed
  | TaskCreated
  | TaskStarted
  | TaskSettled
  | CallbackRan
  | TokenCollected
  | ContextCollected
  | AwaitUntracked
  | EntryUnfollowed
  | RecordingLevel
  | Gap
  | Census
  | WorkAwaited
  | DefaultChanged
  | NotReduced

export type FactType = Fact['type']

// ---- Stacks ------------------------------------------------------------------------------------------------------------------------

/** One line of a call stack, as the engine tells it (generated positions, 1-based line and column). `name` is '' for top-level code. */
export interface Frame {
  name: string
  url: string
  line: number
  column: number
  /** Where the engine says so: it is a generator, and this part of it was run by a `next`, a `return` or a `throw`. */
  generator?: true
}

/**
 * Every stack that the facts beside it name; innermost frame first, which is the page's own. Frames of the runtime below it are
 * left out where it was injected; one that is bundled with the application cannot be told from the application.
 */
export type StackTable = Record<number, Frame[]>

// ---- Questions and answers ----------------------------------------------------------------------------------------------------

/** The property of `globalThis` where runtimes announce themselves, as a `Symbol.for` key. */
export const HOOK_KEY = 'contextvars.hook'

/**
 * The (non-enumerable) property of `globalThis` where a recorder answers. A string, not a symbol: `this["..."]` at the top of
 * an evaluated script cannot be shadowed by anything that the page declares.
 */
export const OUTLET_KEY = '__contextvars_outlet__'

/** Answer to `since(seq)`, as a JSON string: the facts after `seq`, oldest first, at most a few megabytes. */
export interface Batch {
  protocol: number
  /** Names this document's recording: another epoch is another document, and its numbers start again. */
  epoch: string
  facts: Fact[]
  stacks: StackTable
  /** The newest fact's number at this moment; when greater than the last fact's of this batch, ask again at once. */
  last: number
  /** What the recording occupies, in bytes (estimated): facts, stacks, and what it remembers of what lives. */
  bytes: number
  /** What facts and stacks may occupy. */
  capacity: number
  /** Callbacks that came back and had touched nothing: they are counted, and not told. */
  silent: number
}

/**
 * What a fact says beside its number and its time, by type, in the order in which a packed batch tells it. The place of a type in this
 * list is its number there: new ones come last.
 */
export const PACKED_FIELDS = [
  ['runtime-attached', ['version', 'origin', 'base', 'late', 'propagation']],
  ['runtime-refused', ['version', 'reason', 'advice']],
  ['propagation-changed', ['propagation']],
  ['var-created', ['variable', 'name', 'default', 'stack']],
  ['context-created', ['context', 'parent', 'asOf', 'kind', 'name', 'api', 'stack']],
  ['var-set', ['context', 'variable', 'token', 'value', 'stack']],
  ['var-reset', ['context', 'variable', 'token', 'value', 'stack']],
  [
    'token-error',
    [
      'code',
      'context',
      'variable',
      'stack',
      'token',
      'tokenContext',
      'tokenVariable',
      'tokenStack',
      'usedStack',
      'message',
    ],
  ],
  ['var-read', ['context', 'variable', 'from']],
  ['lookup-error', ['context', 'variable', 'stack']],
  ['reentry-error', ['context', 'entered', 'stack']],
  ['run-started', ['context', 'outer', 'stack']],
  ['run-ended', ['context', 'threw']],
  ['task-created', ['task', 'context', 'name', 'parent', 'stack']],
  ['task-started', ['task']],
  ['task-settled', ['task', 'outcome']],
  ['callback-ran', ['context', 'threw']],
  ['token-collected', ['token']],
  ['context-collected', ['context']],
  ['await-untracked', ['context', 'cause', 'copied', 'resumed', 'stack']],
  ['entry-unfollowed', ['context', 'stack']],
  ['recording-level', ['stacks', 'every', 'why']],
  ['gap', ['from', 'to']],
  ['census', ['current', 'variables', 'contexts']],
  ['work-awaited', ['context', 'work', 'stack']],
  ['default-changed', ['context', 'variable', 'value', 'stack']],
  ['not-reduced', ['context', 'variables', 'more', 'why', 'stack']],
] as const satisfies readonly (readonly [FactType, readonly string[]])[]

/**
 * Answer to `packed(seq)`, as a JSON string: a batch a quarter as long, since what travels to DevTools costs by its length. Its facts
 * have consecutive numbers. `rows` is flat: the number of the first fact, and then of each its type, the hundredths of a
 * millisecond since the one before (of the first: since the time origin), and its fields. In the place of a preview as `value` or
 * `default` stands `[kind, text, entries?, more?]`, the kind as its place in `PREVIEW_KINDS`, the values of entries likewise.
 */
export interface PackedBatch extends Omit<Batch, 'facts'> {
  rows: unknown[]
}

/** Answer to `where()`, as a JSON string: what is current at this moment, also while paused at a breakpoint. */
export interface Where {
  epoch: string
  last: number
  current: ContextId | null
  task: TaskId | null
}

/**
 * What is told of callbacks that touch nothing, of which most pages have by far the most.
 * - `counted`: how many came back
 * - `told`: of each that is handed over from now on its context, and its end, as of those that matter
 */
export type CallbackLevel = 'counted' | 'told'

/** How much of a value its picture shows: how deep it looks, at how many properties, and how much of a text it keeps. */
export type PreviewSize = 'small' | 'usual' | 'large'

/** How a page is recorded; all of it may change while it is. */
export interface Settings {
  stacks: StackLevel
  /** The part of the page's time that stacks may take before fewer are taken, from 0 to 1; 1 is no limit. */
  budget: number
  /** How much the log keeps. */
  facts: number
  bytes: number
  /** A recorder of before does not have it, and counts them. */
  callbacks: CallbackLevel
  /** Of what is recorded from now on. A recorder of before does not have it, and makes those of the usual size. */
  previews: PreviewSize
  /**
   * Of the runtime that the recorder brings where a page has none, from its first touch on. What an application brings is the
   * application's. A recorder of before does not have it, and goes by the cause.
   */
  events: ListenerPolicy
}

/** What the page answers under `OUTLET_KEY`. Every answer is a JSON string; the reader treats it as hostile input. */
export interface Outlet {
  readonly protocol: number
  since(seq: number): string
  /** The same, packed. A recorder of before does not have it. */
  packed?(seq: number): string
  where(): string
  /**
   * What is current and the contexts that it comes from, with what they hold now, also while paused: a batch with one census, which is
   * not of the log and whose number means nothing; without a fact where no runtime is recorded. A recorder of before does not have it.
   */
  here?(): string
  /**
   * Takes some of the settings, as JSON, and answers with all of them as they are now: `{"stacks":"none"}`. What is no setting, or
   * no value for one, changes nothing. A recorder of before does not have it.
   */
  configure?(settings: string): string
  /**
   * The workers that this document made and has not ended, each followed by those that it made in turn, as JSON: a list of `WorkerNote`.
   * A recorder of before does not have it.
   */
  workers?(): string
  /**
   * What answers for one of them, by its key; null where nothing has answered yet. Its log stays in the worker, and the page keeps one
   * batch of it: where that is not the one that is asked for, `packed` answers without facts, as if there were no more, and
   * fetches it.
   */
  worker?(key: number): Required<Pick<Outlet, 'packed' | 'where' | 'configure'>> | null
  /**
   * What is lent to the scripts of the extension that come when somebody needs them (`runtime/on-demand/`), the same object every time.
   * A recorder of before does not have it.
   */
  readonly lent?: { readonly version: number }
}

/** The version of what is lent. It grows when a script of before, or for a recorder of before, would misunderstand it. */
export const LENT_VERSION = 1

/** The scripts that the panel brings into a recorded page when somebody needs them, by the names of their files. */
export const ON_DEMAND_SCRIPTS = ['break-on', 'live-values', 'outline'] as const
export type OnDemandScript = (typeof ON_DEMAND_SCRIPTS)[number]

/**
 * Where a page is to pause, as `break-on` is told in JSON, which it answers with. Variables are named, since their numbers are
 * others after a reload.
 */
export interface BreakConditions {
  /** Where these are set, */
  set: string[]
  /** where they are reset, */
  reset: string[]
  /** and where a lookup finds no value of theirs: only a default, or nothing. */
  default: string[]
  /** Where any reset is refused. */
  tokenError: boolean
  /** Where any lookup finds nothing at all. */
  lookupError: boolean
}

/** A step into a value: the place of a property or an element, and its name, which has to be the same still. */
export type LiveStep = [index: number, name: string]

/** What `live-values` is asked, in JSON: of a context that is held only weakly, as everywhere. */
export type LiveQuestion = { epoch: string; context: ContextId } & (
  | { ask: 'value'; variable: VariableId; path: readonly LiveStep[]; count: number; length: number }
  | { ask: 'store-value'; variable: VariableId; path: readonly LiveStep[] }
  /** `follow-context` stores it only in the place of another one that was stored before. */
  | { ask: 'store-context' | 'follow-context' | 'print' }
)

/**
 * What it answers, in JSON.
 * - `value`: the one at the end of the path, its entries the first, as many as were asked for, and how many come after them. `recorded` is how the
 *   recorder would picture the value at the beginning of the path now.
 * - `stored`: under this name of the global object
 * - `not-stored`: the global object takes nothing more
 * - `printed`: in the Console
 * - `gone`: the document, the context, the value of the variable, or the place in it is not there any more
 */
export type LiveAnswer =
  | { state: 'value'; value: Preview; left: number; recorded: Preview }
  | { state: 'stored'; name: string }
  | { state: 'not-stored' }
  | { state: 'printed' }
  | { state: 'gone'; what: (typeof GONE)[number] }

export const GONE = ['document', 'context', 'variable', 'place'] as const

/** What `outline` is asked, in JSON: which contexts live, from this number on. */
export interface OutlineQuestion {
  epoch: string
  from: ContextId
}

/**
 * What it answers, in JSON: as many as the time of two frames allows, of each what does not depend on values; nothing where it is another
 * document, or the page stands still in the middle of a context's run.
 * `{ last: 900, next: null, looks: [['base', null, null, false], ['task', 'Alice', 'createTask', false]], rows: [1, 0, 0, 1, 1, 1] }`
 */
export interface OutlinePart {
  /** The newest fact by then. */
  last: number
  /** The first number that was not looked at; null where there is none. */
  next: ContextId | null
  /** How contexts look: the kind, the name and the `api` of their making, and whether the work that they were made for is over. */
  looks: [kind: ContextKind, name: string | null, api: string | null, isOver: boolean][]
  /**
   * Flat, three numbers for each, in the order of their ids: its id, less the one before it; the id of its parent, 0 without one; and the place
   * of its look.
   */
  rows: number[]
}

/**
 * - `waiting`: it was made just now
 * - `reached`: its recorder answers
 * - `silent`: its recorder did, and has not for some seconds
 * - `unanswered`: no recorder did; its code does not import the runtime, or its policy refuses the recorder
 * - `own-name`: it has a name of its own, which its code may ask what it is, so that it was left alone
 * - `own-origin`: it has an origin of its own, and with it nothing that leads to it
 * - `other-kind`: shared and service workers are not reached
 */
export const WORKER_STATES = [
  'waiting',
  'reached',
  'silent',
  'unanswered',
  'own-name',
  'own-origin',
  'other-kind',
] as const

export const WORKER_KINDS = ['dedicated', 'shared', 'service'] as const

/** What a page says of a worker. `{ key: 71203, kind: 'dedicated', url: 'https://a.test/prices.js', name: 'prices', state: 'reached' }` */
export interface WorkerNote {
  /** Names it as long as the document lives. */
  key: number
  kind: (typeof WORKER_KINDS)[number]
  /** Empty where the page gave something that cannot be read without running its code. */
  url: string
  name: string
  state: (typeof WORKER_STATES)[number]
}

// ---- Recordings -----------------------------------------------------------------------------------------------------------------

export const RECORDING_FORMAT = 'contextvars-recording'
export const RECORDING_VERSION = 1

/** A snapshot file: the log, not the screen, so that tomorrow's rules can judge yesterday's bug. Every field is plain JSON. */
export interface Recording {
  format: typeof RECORDING_FORMAT
  version: number
  /** What wrote it: `{ name: 'contextvars-devtools', version: '0.1.0' }`. */
  tool: { name: string; version: string }
  /** The page it was recorded in, and by which browser where that is known. `exported` is an ISO 8601 time. */
  page: { url: string; title: string; exported: string; browser?: string }
  /** `cut` says what was left out when it was recorded by choice, or written. */
  options: { redacted: boolean; cut?: string }
  /** What they who exported it do not count as a problem. Absent where there is nothing of that kind. */
  mutes?: Mute[]
  facts: Fact[]
  stacks: StackTable
}

/**
 * A problem that somebody looked at and does not want to be told of again.
 * `{ rule: 'forgotten-reset', variable: 'user', line: 'https://shop.example/app.js:40', reason: 'set once, at the start' }`
 */
export interface Mute {
  rule: string
  /** Of any variable and at any line, where these are not said. */
  variable?: string
  /** The address of the script, without a query, and the line; the end of an address is enough. Empty for what has no line. */
  line?: string
  /** Of a note alone: what comes to be worse is told. */
  severity?: 'info'
  reason: string
}
