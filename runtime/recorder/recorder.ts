// Turns what a runtime announces into numbered facts. It holds no context, token, variable or value of the page: what it has to
// remember of one lives in the `note` of the thing itself.

import type { Context } from '../context/context'
import type { Runtime } from '../context/hook'
import type { Boundary, Origin, PropagationState, Tap, TaskIdentity } from '../context/tap'
import type { Token } from '../context/token'
import type { ContextVar } from '../context/variable'
import type {
  Census,
  CensusContext,
  CensusVariable,
  ContextId,
  ContextKind,
  Fact,
  Millis,
  ReadFrom,
  StackId,
  TaskId,
  TokenErrorCode,
  TokenId,
  VariableId,
} from '../protocol'
import { Liveness } from './liveness'
import type { Log } from './log'
import { now } from './natives'
import { type ContextNote, contextNote, type TokenNote, tokenNote } from './note'
import { preview } from './preview'
import type { Stacks } from './stack'

type FactOf<T extends Fact['type']> = Extract<Fact, { type: T }>
/** A fact without its number and time, which the recorder adds. */
type Draft<T extends Fact['type']> = Omit<FactOf<T>, 'seq' | 'at'> & { type: T }
/** A fact that has a place in the page's code, before that is known. */
type DraftHere<T extends Fact['type']> = Omit<Draft<T>, 'stack'> & { type: T }
type FactHere = Extract<Fact, { stack: StackId | null }>

export class Recorder implements Tap {
  readonly #runtime: Runtime
  readonly #log: Log
  readonly #stacks: Stacks
  readonly #variables = new Map<VariableId, CensusVariable>()
  readonly #liveness = new Liveness({
    context: (context) => this.#state({ type: 'context-collected', context }),
    token: (token) => this.#state({ type: 'token-collected', token }),
  })
  #censusDue = false
  /** No census before this fact. */
  #nextCensus = 0

  constructor(runtime: Runtime, log: Log, stacks: Stacks) {
    this.#runtime = runtime
    this.#log = log
    this.#stacks = stacks
    const counts = runtime.counts()
    const late = counts.contexts > 1 || counts.variables > 0
    this.#state({
      type: 'runtime-attached',
      version: runtime.version,
      origin: runtime.origin,
      base: runtime.base.id as ContextId,
      late,
      propagation: runtime.propagation(),
    })
    this.#touched(runtime.base)
    this.#touched(runtime.current())
    if (late) this.#census()
    log.dropped = () => {
      this.#censusDue = true
    }
  }

  /** The context that is current, announced if it was not, and the task it belongs to. */
  where(): { current: ContextId; task: TaskId | null } {
    const note = this.#touched(this.#runtime.current())
    return { current: note.id, task: note.task }
  }

  /** States what lives, where the log has dropped facts since: after an announcement, when its facts and notes agree. */
  takeStock(): void {
    if (!this.#censusDue || this.#log.next < this.#nextCensus) return
    const told = this.#census()
    // What its own size made the log drop needs no other one: it comes after that. And where more lives than the log can hold,
    // a census after every fact would be all that a page does.
    this.#censusDue = false
    this.#nextCensus = this.#log.last + told
  }

  // ---- Announcements of the runtime ----------------------------------------------------------------------------------------

  variableCreated(variable: ContextVar<unknown>, boundary: Boundary): void {
    this.#announceVariable(variable, boundary)
  }

  contextCreated(
    context: Context,
    parent: Context | null,
    origin: Origin,
    api: string,
    name: string | null,
    boundary: Boundary,
  ): void {
    const parentNote = parent === null ? null : this.#noteOf(parent)
    if (parentNote !== null) skipSilent(parentNote)
    const note: ContextNote = {
      owner: this.#log,
      id: context.id as ContextId,
      parent: parentNote?.id ?? null,
      parentNote,
      kind: origin,
      name,
      api,
      asOf: this.#log.last,
      trace: this.#stacks.trace(boundary),
      stack: null,
      announced: false,
      watched: false,
      ended: null,
      entered: null,
      task: (parentNote ?? this.#noteOf(this.#runtime.current())).task,
      own: new Map(),
      read: new Set(),
    }
    context.note = note
    if (origin !== 'callback') this.#touched(context)
  }

  variableSet(
    context: Context,
    variable: ContextVar<unknown>,
    token: Token<unknown>,
    value: unknown,
    boundary: Boundary,
  ): void {
    const note = this.#touched(context)
    const id = this.#announceVariable(variable, null)
    const made = token.id as TokenId
    const set = this.#stateHere(boundary, {
      type: 'var-set',
      context: note.id,
      variable: id,
      token: made,
      value: preview(value),
    })
    const before = note.own.get(id)
    // Without what stood before that: a chain of all sets ever made would never be let go.
    const known: TokenNote = {
      owner: this.#log,
      id: made,
      set,
      before: before === undefined ? null : { ...before, before: null },
      used: null,
    }
    token.note = known
    note.own.set(id, known)
    note.read.delete(id)
    this.#liveness.watchToken(token, made)
  }

  variableReset(
    context: Context,
    variable: ContextVar<unknown>,
    token: Token<unknown>,
    value: unknown,
    boundary: Boundary,
  ): void {
    const note = this.#touched(context)
    const id = this.#announceVariable(variable, null)
    const known = tokenNote(token, this.#log)
    this.#stateHere(
      boundary,
      {
        type: 'var-reset',
        context: note.id,
        variable: id,
        token: token.id as TokenId,
        value: context.has(variable) ? preview(value) : null,
      },
      (stack) => {
        if (known !== null) known.used = stack
      },
    )
    if (known?.before) note.own.set(id, known.before)
    else note.own.delete(id)
    note.read.delete(id)
    this.#liveness.tokenUsed(token.id as TokenId)
  }

  tokenRefused(
    context: Context,
    variable: ContextVar<unknown>,
    token: unknown,
    code: TokenErrorCode,
    message: string,
    boundary: Boundary,
  ): void {
    const note = this.#touched(context)
    const id = this.#announceVariable(variable, null)
    const real = code === 'not-a-token' ? null : (token as Token<unknown>)
    const known = real === null ? null : tokenNote(real, this.#log)
    // Where the token was made and used is part of this fact, so it has to be read by now.
    this.#stacks.settle()
    this.#stateHere(boundary, {
      type: 'token-error',
      code,
      context: note.id,
      variable: id,
      token: (real?.id ?? null) as TokenId | null,
      tokenContext: known?.set.context ?? null,
      tokenVariable: known?.set.variable ?? null,
      tokenStack: known?.set.stack ?? null,
      usedStack: known?.used ?? null,
      message,
    })
  }

  variableRead(
    context: Context,
    variable: ContextVar<unknown>,
    found: 'value' | 'fallback' | 'default' | 'miss',
    boundary: Boundary,
  ): void {
    const note = this.#touched(context)
    const id = this.#announceVariable(variable, null)
    if (!note.read.has(id)) {
      note.read.add(id)
      const from: ReadFrom = found !== 'value' ? found : note.own.has(id) ? 'own' : 'inherited'
      this.#state({ type: 'var-read', context: note.id, variable: id, from })
    }
    if (found === 'miss') this.#stateHere(boundary, { type: 'lookup-error', context: note.id, variable: id })
  }

  runStarted(context: Context, outer: Context, boundary: Boundary): void {
    const outerNote = this.#touched(outer)
    const note = this.#touched(context)
    this.#stateHere(boundary, { type: 'run-started', context: note.id, outer: outerNote.id }, (stack) => {
      note.entered = stack
    })
  }

  runEnded(context: Context, threw: boolean): void {
    this.#state({ type: 'run-ended', context: this.#touched(context).id, threw })
  }

  reentryRefused(context: Context, boundary: Boundary): void {
    const note = this.#touched(context)
    // Where it was entered is part of this fact.
    this.#stacks.settle()
    this.#stateHere(boundary, { type: 'reentry-error', context: note.id, entered: note.entered })
  }

  taskCreated(task: TaskIdentity, boundary: Boundary): void {
    const note = this.#touched(task.context)
    const id = task.id as TaskId
    const { name } = task
    const parent = this.#noteOf(this.#runtime.current()).task
    this.#stateHere(boundary, { type: 'task-created', task: id, context: note.id, name, parent })
    note.task = id
    note.ended = null
  }

  taskStarted(task: TaskIdentity): void {
    this.#state({ type: 'task-started', task: task.id as TaskId })
  }

  taskSettled(task: TaskIdentity, outcome: 'fulfilled' | 'rejected'): void {
    const note = contextNote(task.context, this.#log)
    if (note !== null) note.ended = { threw: outcome === 'rejected' }
    this.#state({ type: 'task-settled', task: task.id as TaskId, outcome })
  }

  firedAgain(context: Context, registered: Context): void {
    const note = contextNote(context, this.#log)
    const origin = contextNote(registered, this.#log)
    if (note === null || origin === null) return
    note.trace = origin.trace
    note.stack = origin.stack
    // Copied from the copy that was made at the registration: that one only keeps values, and is nobody's context.
    if (note.parentNote === origin) {
      note.parent = origin.parent
      note.parentNote = origin.parentNote
      note.asOf = origin.asOf
    }
  }

  callbackRan(context: Context, threw: boolean): void {
    const note = contextNote(context, this.#log)
    // A scheduled call may run in a context that the page gave it: that one is over when the page says so.
    if (note === null || context.origin !== 'callback') return
    note.ended = { threw }
    if (note.announced) this.#state({ type: 'callback-ran', context: note.id, threw })
  }

  propagationChanged(propagation: PropagationState | null): void {
    this.#state({ type: 'propagation-changed', propagation })
  }

  awaitUntracked(context: Context, cause: string): void {
    this.#stateHere(this.awaitUntracked, { type: 'await-untracked', context: this.#touched(context).id, cause })
  }

  // ---- From announcement to fact ---------------------------------------------------------------------------------------------

  #state<T extends Fact['type']>(draft: Draft<T>): FactOf<T> {
    const fact = { seq: this.#log.next, at: roundedNow(), ...draft } as unknown as FactOf<T>
    this.#log.add(fact)
    return fact
  }

  /** States a fact with the stack of now; `known` is told the stack when it is read. */
  #stateHere<T extends FactHere['type']>(
    boundary: Boundary,
    draft: DraftHere<T>,
    known?: (stack: StackId | null) => void,
  ): FactOf<T> {
    const fact = this.#state<T>({ ...draft, stack: null } as unknown as Draft<T>)
    this.#stacks.capture(boundary, (stack) => {
      ;(fact as FactHere).stack = stack
      known?.(stack)
    })
    return fact
  }

  #noteOf(context: Context): ContextNote {
    const known = contextNote(context, this.#log)
    if (known !== null) return known
    const base = context === this.#runtime.base
    const note: ContextNote = {
      owner: this.#log,
      id: context.id as ContextId,
      parent: context.parentId === 0 ? null : (context.parentId as ContextId),
      parentNote: null,
      kind: base ? 'base' : 'unknown',
      name: context.name,
      api: base ? null : context.api,
      asOf: this.#log.last,
      trace: null,
      stack: null,
      announced: false,
      watched: false,
      ended: null,
      entered: null,
      task: null,
      own: new Map(),
      read: new Set(),
    }
    context.note = note
    if (!base) {
      // It was there before the recorder: what it holds was not seen to come.
      this.#touched(context)
      this.#census([context])
    }
    return note
  }

  /** Something happens in `context`: from now on it matters. */
  #touched(context: Context): ContextNote {
    const note = this.#noteOf(context)
    this.#announce(note)
    if (!note.watched) {
      note.watched = true
      this.#liveness.watchContext(context, note.id)
    }
    return note
  }

  #announce(note: ContextNote): void {
    if (note.announced) return
    note.announced = true
    if (note.parentNote !== null) this.#announce(note.parentNote)
    note.parentNote = null
    if (note.trace !== null) note.stack = this.#stacks.read(note.trace)
    note.trace = null
    const { id: context, parent, asOf, kind, name, api, stack } = note
    this.#state({ type: 'context-created', context, parent, asOf, kind, name, api, stack })
    if (note.ended !== null) this.#state({ type: 'callback-ran', context, threw: note.ended.threw })
  }

  /** `boundary` is null for a variable that was made before the recorder came: where is not known any more. */
  #announceVariable(variable: ContextVar<unknown>, boundary: Boundary | null): VariableId {
    const id = variable.id as VariableId
    if (this.#variables.has(id)) return id
    const known: CensusVariable = {
      variable: id,
      name: variable.name,
      default: variable.hasDefault ? preview(variable.defaultValue) : null,
      stack: null,
    }
    this.#variables.set(id, known)
    if (boundary === null) this.#state({ type: 'var-created', ...known })
    else {
      this.#stateHere(boundary, { type: 'var-created', ...known }, (stack) => {
        known.stack = stack
      })
    }
    return id
  }

  /** Answers how many contexts it tells of. */
  #census(living: Iterable<Context> = this.#liveness.contexts()): number {
    // First, so that it is one of the contexts that are told.
    const current = this.#touched(this.#runtime.current()).id
    const contexts: CensusContext[] = []
    for (const context of living) {
      const note = contextNote(context, this.#log)
      if (note?.announced) contexts.push(this.#censusOf(context, note))
    }
    const census: Omit<Census, 'seq' | 'at'> = {
      type: 'census',
      current,
      variables: [...this.#variables.values()],
      contexts,
    }
    this.#state(census)
    return contexts.length
  }

  #censusOf(context: Context, note: ContextNote): CensusContext {
    const entries = [...this.#runtime.entries(context)].map(([variable, value]) => {
      const id = this.#announceVariable(variable, null)
      const made = note.own.get(id)
      return { variable: id, token: made?.id ?? null, value: preview(value), stack: made?.set.stack ?? null }
    })
    const { id, parent, kind, name, api, stack, ended } = note
    return { context: id, parent, kind: kind as ContextKind, name, api, stack, ended: ended !== null, entries }
  }
}

/**
 * Takes callbacks that ended without ever mattering out of the line above `note`: a timer that sets the next timer for ever
 * would make that line grow for ever.
 */
function skipSilent(note: ContextNote): void {
  let above = note.parentNote
  while (above !== null && !above.announced && above.ended !== null) {
    note.parent = above.parent
    note.asOf = above.asOf
    above = above.parentNote
  }
  note.parentNote = above
}

/** Hundredths of a millisecond: finer than a browser tells, shorter to send. */
const roundedNow = (): Millis => (Math.round(now() * 100) / 100) as Millis

/** A tap may never throw into the page: what goes wrong in the recorder stays there. */
export function harmless(recorder: Recorder): Tap {
  const safe: Record<string, unknown> = {}
  for (const name of Object.getOwnPropertyNames(Recorder.prototype)) {
    const method: unknown = Reflect.get(recorder, name)
    if (typeof method !== 'function' || name === 'constructor') continue
    safe[name] = (...announcement: unknown[]): void => {
      try {
        Reflect.apply(method, recorder, announcement)
        recorder.takeStock()
      } catch {
        // Nowhere to tell it: the page's console is the page's. The missing fact shows as what it is, an incomplete picture.
      }
    }
  }
  return safe as unknown as Tap
}
