// Hears what a runtime announces, and has it told as facts. It holds no context, token, variable or value of the page: what it has
// to remember of one lives in the `note` of the thing itself.

import type { Context } from '../context/context'
import type { Runtime } from '../context/hook'
import type { Boundary, NotReducedWhy, Origin, PropagationState, Tap, TaskIdentity, Trace } from '../context/tap'
import type { Token } from '../context/token'
import type { ContextVar } from '../context/variable'
import {
  type CallbackLevel,
  type ContextId,
  type Fact,
  type Millis,
  NOT_TAKEN,
  type ReadFrom,
  type RecordingLevel,
  type TaskId,
  type TokenErrorCode,
  type TokenId,
} from '../protocol'
import { Chronicle } from './chronicle'
import { stampNow } from './clock'
import { outermostFunction } from './entry'
import type { Liveness } from './liveness'
import type { Log } from './log'
import { type ContextNote, contextNote, skipSilent, standingOf, type TokenNote, tokenNote } from './note'
import { keep } from './picture'
import { begins, captureTrace, type Stacks } from './stack'

/** How often code that nothing followed is looked at in vain, one time after the other: most of it is scripts at their start. */
const LOOKS = 1000

/** Variables that one fact names. */
const NAMED = 10

const CALLS_BACK = 'a thenable that is no promise calls back later: what awaits it goes on in a copy of this context'
const ENDED_ELSEWHERE =
  'the task came to its end in another context: what it awaited or returned was a thenable whose functions were called there, or it awaited many plain values in a row'

/** A set and a reset come with their time and the stack that was taken of them at the door, null for none. */
type Written = 'variableSet' | 'variableReset'

export class Recorder implements Omit<Tap, Written> {
  /** Whether callbacks that touch nothing are told, each, or only counted. */
  callbacks: CallbackLevel = 'counted'
  readonly #runtime: Runtime
  readonly #chronicle: Chronicle
  /** The context of a callback that is to be told next: until then it may turn out to be one more call of another one. */
  #untold: Context | null = null
  /** Functions that the host called, and that are told. */
  readonly #entries = new Set<string>()
  #looks = LOOKS
  /** The context that awaits the thenable whose `then` hands over a callback just now. */
  #awaiting: ContextId | null = null
  #silent = 0

  constructor(runtime: Runtime, log: Log, stacks: Stacks) {
    this.#runtime = runtime
    this.#chronicle = new Chronicle(runtime, log, stacks)
    const counts = runtime.counts()
    const late = counts.contexts > 1 || counts.variables > 0
    this.#chronicle.attached(late)
    this.#chronicle.touched(runtime.base)
    this.#chronicle.touched(runtime.current())
    if (late) this.#chronicle.census()
  }

  /** The context that is current, announced if it was not, and the task it belongs to. */
  where(): { current: ContextId; task: TaskId | null } {
    const note = this.#chronicle.touched(this.#runtime.current())
    return { current: note.id, task: note.task }
  }

  /** The same context and those above it, with what they hold. */
  here(): Fact[] {
    return [this.#chronicle.here()]
  }

  /** How many callbacks came back and had touched nothing. */
  get silent(): number {
    return this.#silent
  }

  /** What is remembered of all that lives, in bytes (estimated). */
  get bytes(): number {
    return this.#chronicle.bytes
  }

  /** What of all that was told of is still there. */
  get liveness(): Liveness {
    return this.#chronicle.liveness
  }

  /** From now on stacks are taken at another level. */
  levelChanged(level: Pick<RecordingLevel, 'stacks' | 'every' | 'why'>): void {
    this.#chronicle.levelChanged(level)
  }

  /** Holds nothing of the page any longer but for what it has to. */
  letGo(): void {
    this.#chronicle.liveness.letGo()
  }

  /** To be called when an announcement was heard to its end. */
  takeStock(): void {
    this.#chronicle.takeStock()
  }

  /** To be called before whatever comes after a callback was handed over: what was told of it by then is all. */
  tellCallback(): void {
    const context = this.#untold
    if (context === null) return
    this.#untold = null
    this.#chronicle.touched(context)
  }

  variableCreated(variable: ContextVar<unknown>, boundary: Boundary): void {
    this.#chronicle.variableId(variable, boundary)
  }

  contextCreated(
    context: Context,
    parent: Context | null,
    origin: Origin,
    api: string,
    name: string | null,
    boundary: Boundary,
  ): void {
    // Most callbacks never matter, whoever hands them over.
    if (parent !== null && origin !== 'callback') this.#noteEntry(parent, boundary)
    if (parent !== null && origin !== 'callback') this.#noteReturn(parent, boundary)
    const parentNote = parent === null ? null : this.#chronicle.noteOf(parent)
    if (parentNote !== null) skipSilent(parentNote)
    const trace = this.#chronicle.stacks.trace(boundary, api, stampNow())
    const note: ContextNote = {
      owner: this.#chronicle.log,
      id: context.id as ContextId,
      parent: parentNote?.id ?? null,
      parentNote,
      kind: origin,
      name,
      api,
      asOf: this.#chronicle.log.last,
      trace,
      stack: trace === null ? NOT_TAKEN : null,
      announced: false,
      known: false,
      ended: null,
      entered: null,
      task: (parentNote ?? this.#chronicle.noteOf(this.#runtime.current())).task,
      awaitedIn: origin === 'callback' ? (this.#awaiting ?? parentNote?.awaitedIn ?? null) : null,
      wentOnHere: false,
      variables: null,
      latest: null,
    }
    context.note = note
    this.#awaiting = null
    if (origin !== 'callback') this.#chronicle.touched(context)
    else if (this.callbacks === 'told') this.#untold = context
  }

  variableSet(
    context: Context,
    variable: ContextVar<unknown>,
    token: Token<unknown>,
    value: unknown,
    at: Millis,
    trace: Trace | null,
    boundary: Boundary,
  ): void {
    const note = this.#noteIn(context, boundary)
    const id = this.#chronicle.variableId(variable, null)
    const made = token.id as TokenId
    const place = this.#chronicle.write('var-set', at, trace, note.id, id, made, keep(value))
    const standing = standingOf(note, id)
    const { set: before } = standing
    const known: TokenNote = {
      owner: this.#chronicle.log,
      token: made,
      context: note.id,
      variable: id,
      place,
      // Without what stood before that: a chain of all sets ever made would never be let go.
      before: before === null ? null : { token: before.token, place: before.place },
      used: null,
    }
    token.note = known
    standing.set = known
    standing.read = false
    this.#chronicle.liveness.watchToken(token)
  }

  variableReset(
    context: Context,
    variable: ContextVar<unknown>,
    token: Token<unknown>,
    value: unknown,
    at: Millis,
    trace: Trace | null,
  ): void {
    const note = this.#chronicle.touched(context)
    const id = this.#chronicle.variableId(variable, null)
    const known = tokenNote(token, this.#chronicle.log)
    const made = token.id as TokenId
    // A symbol may be the one that says so; anything else is a value.
    const unset = typeof value === 'symbol' && !context.has(variable)
    const now = unset ? null : keep(value)
    const place = this.#chronicle.write('var-reset', at, trace, note.id, id, made, now)
    if (known !== null) known.used = place
    const standing = standingOf(note, id)
    standing.set = known === null ? null : known.before
    standing.read = false
    this.#chronicle.liveness.tokenUsed(made)
  }

  tokenRefused(
    context: Context,
    variable: ContextVar<unknown>,
    token: unknown,
    code: TokenErrorCode,
    message: string,
    boundary: Boundary,
  ): void {
    const note = this.#noteIn(context, boundary)
    const id = this.#chronicle.variableId(variable, null)
    const real = code === 'not-a-token' ? null : (token as Token<unknown>)
    const known = real === null ? null : tokenNote(real, this.#chronicle.log)
    const { stacks } = this.#chronicle
    const draft = {
      type: 'token-error',
      code,
      context: note.id,
      variable: id,
      token: (real?.id ?? null) as TokenId | null,
      tokenContext: known?.context ?? null,
      tokenVariable: known?.variable ?? null,
      // Where the token was made and used is part of this fact, so it has to be read by now.
      tokenStack: known === null ? null : stacks.of(known.place),
      usedStack: known?.used ? stacks.of(known.used) : null,
      message,
    } as const
    this.#chronicle.stateHere(boundary, code, draft, true)
  }

  variableRead(
    context: Context,
    variable: ContextVar<unknown>,
    found: 'value' | 'fallback' | 'default' | 'miss',
    boundary: Boundary,
  ): void {
    const note = this.#noteIn(context, boundary)
    const id = this.#chronicle.variableId(variable, null)
    const standing = standingOf(note, id)
    if (!standing.read) {
      standing.read = true
      const from: ReadFrom = found !== 'value' ? found : standing.set !== null ? 'own' : 'inherited'
      this.#chronicle.state({ type: 'var-read', context: note.id, variable: id, from })
      if (found === 'default') this.#chronicle.defaultRead(note.id, variable, boundary)
    }
    if (found !== 'miss') return
    this.#chronicle.stateHere(boundary, 'lookup-error', { type: 'lookup-error', context: note.id, variable: id }, true)
  }

  runStarted(context: Context, outer: Context, boundary: Boundary): void {
    const outerNote = this.#chronicle.touched(outer)
    const note = this.#chronicle.touched(context)
    const draft = { type: 'run-started', context: note.id, outer: outerNote.id } as const
    note.entered = this.#chronicle.stateHere(boundary, 'run-started', draft)
  }

  runEnded(context: Context, threw: boolean): void {
    this.#chronicle.state({ type: 'run-ended', context: this.#chronicle.touched(context).id, threw })
  }

  reentryRefused(context: Context, boundary: Boundary): void {
    const note = this.#chronicle.touched(context)
    // Where it was entered is part of this fact.
    const entered = note.entered === null ? null : this.#chronicle.stacks.of(note.entered)
    this.#chronicle.stateHere(boundary, 'reentry', { type: 'reentry-error', context: note.id, entered }, true)
  }

  taskCreated(task: TaskIdentity, boundary: Boundary): void {
    const note = this.#chronicle.touched(task.context)
    const id = task.id as TaskId
    const { name } = task
    const parent = this.#chronicle.noteOf(this.#runtime.current()).task
    this.#chronicle.stateHere(boundary, 'task', { type: 'task-created', task: id, context: note.id, name, parent })
    note.task = id
    note.ended = null
  }

  taskStarted(task: TaskIdentity): void {
    this.#chronicle.state({ type: 'task-started', task: task.id as TaskId })
  }

  taskSettled(task: TaskIdentity, outcome: 'fulfilled' | 'rejected'): void {
    const note = contextNote(task.context, this.#chronicle.log)
    if (note !== null) note.ended = { threw: outcome === 'rejected' }
    this.#chronicle.state({ type: 'task-settled', task: task.id as TaskId, outcome })
  }

  firedAgain(context: Context, registered: Context): void {
    const note = contextNote(context, this.#chronicle.log)
    const origin = contextNote(registered, this.#chronicle.log)
    if (note === null || origin === null) return
    note.trace = origin.trace
    note.stack = origin.stack
    // Copied from the copy that was made at the registration: that one only keeps values, and is nobody's context.
    if (note.parentNote === origin) {
      note.parent = origin.parent
      note.parentNote = origin.parentNote
      note.asOf = origin.asOf
    }
    // A timer that goes on after its task keeps what that had set: one call is told, whatever it does.
    const over = note.api === 'setInterval' ? note.parentNote?.ended : null
    if (over == null || origin.ended !== null || registered.size === 0) return
    origin.ended = over
    this.#chronicle.touched(context)
  }

  callbackRan(context: Context, threw: boolean): void {
    const note = contextNote(context, this.#chronicle.log)
    // A scheduled call may run in a context that the page gave it: that one is over when the page says so.
    if (note === null || context.origin !== 'callback') return
    note.ended = { threw }
    if (note.announced) this.#chronicle.state({ type: 'callback-ran', context: note.id, threw })
    else this.#silent++
  }

  propagationChanged(propagation: PropagationState | null): void {
    this.#chronicle.state({ type: 'propagation-changed', propagation })
  }

  callbackUnseen(context: Context, boundary: Boundary): void {
    if (begins(captureTrace(boundary), 'then')) this.#awaiting = context.id as ContextId
  }

  taskStrayed(task: TaskIdentity, resumed: Context): void {
    // Where nothing follows an await, each would have to be told.
    if (this.#runtime.propagation()?.nativeAwait !== true) return
    const context = task.context.id as ContextId
    const into = this.#chronicle.touched(resumed)
    const isCallback = resumed.origin === 'callback'
    const copied = isCallback && (into.awaitedIn === context || resumed.parentId === context)
    if (copied && into.wentOnHere) return
    this.#chronicle.touched(task.context)
    const cause = ENDED_ELSEWHERE
    this.#chronicle.state({ type: 'await-untracked', context, cause, copied, resumed: into.id, stack: null })
  }

  workAwaited(work: number, boundary: Boundary): void {
    const context = this.#runtime.current()
    // Who runs in a context and awaits what it began there waits for nobody else.
    if (context.id === work) return
    const { id } = this.#chronicle.touched(context)
    const draft = { type: 'work-awaited', context: id, work: work as ContextId } as const
    this.#chronicle.stateHere(boundary, 'work-awaited', draft)
  }

  notReduced(
    context: Context,
    variables: readonly ContextVar<unknown>[],
    why: NotReducedWhy,
    boundary: Boundary,
  ): void {
    const note = this.#chronicle.touched(context)
    const first = variables.slice(0, NAMED)
    const ids = first.map((variable) => this.#chronicle.variableId(variable, null))
    const draft = { context: note.id, variables: ids, more: variables.length - ids.length, why } as const
    this.#chronicle.stateHere(boundary, 'not-reduced', { type: 'not-reduced', ...draft })
  }

  /** The note of a context in which the code at `boundary` does something, and what can be told of how that code came there. */
  #noteIn(context: Context, boundary: Boundary): ContextNote {
    const note = contextNote(context, this.#chronicle.log)
    // So it is of nearly all.
    if (note?.known && note.awaitedIn === null && context !== this.#runtime.base) return note
    this.#noteEntry(context, boundary)
    this.#noteReturn(context, boundary)
    return this.#chronicle.touched(context)
  }

  /** What runs unseen in the copy of such a callback is the code that awaited the thenable. */
  #noteReturn(context: Context, boundary: Boundary): void {
    const note = contextNote(context, this.#chronicle.log)
    if (note === null || note.awaitedIn === null || note.wentOnHere || this.#runtime.isUnseen?.() !== true) return
    note.wentOnHere = true
    this.#chronicle.touched(context)
    this.#chronicle.stateHere(boundary, CALLS_BACK, {
      type: 'await-untracked',
      context: note.awaitedIn,
      cause: CALLS_BACK,
      copied: true,
      resumed: note.id,
    })
  }

  /** What touches the base context was started by a script, or by something that is not followed: that is told. */
  #noteEntry(context: Context, boundary: Boundary): void {
    if (context !== this.#runtime.base || this.#looks === 0 || this.#runtime.isFollowed?.() !== false) return
    this.#looks--
    const entry = outermostFunction(boundary)
    if (entry === null || this.#entries.has(entry.key)) return
    this.#looks = LOOKS
    this.#entries.add(entry.key)
    this.#chronicle.state({
      type: 'entry-unfollowed',
      context: this.#chronicle.touched(context).id,
      stack: this.#chronicle.stacks.read(entry),
    })
  }
}
