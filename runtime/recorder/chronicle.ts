// What is told of a document, in order: states facts, announces contexts and variables before the first fact that names them,
// and says what lives where facts are missing.

import type { Context } from '../context/context'
import type { Runtime } from '../context/hook'
import type { Boundary } from '../context/tap'
import type { ContextVar } from '../context/variable'
import type {
  Census,
  CensusContext,
  CensusVariable,
  ContextId,
  ContextKind,
  Fact,
  Millis,
  StackId,
  VariableId,
} from '../protocol'
import { Liveness } from './liveness'
import type { Log } from './log'
import { now } from './natives'
import { type ContextNote, contextNote } from './note'
import { preview } from './preview'
import type { Stacks } from './stack'

type FactOf<T extends Fact['type']> = Extract<Fact, { type: T }>
/** A fact without its number and time, which the recorder adds. */
type Draft<T extends Fact['type']> = Omit<FactOf<T>, 'seq' | 'at'> & { type: T }
/** A fact that has a place in the page's code, before that is known. */
type DraftHere<T extends Fact['type']> = Omit<Draft<T>, 'stack'> & { type: T }
type FactHere = Extract<Fact, { stack: StackId | null }>

export class Chronicle {
  readonly log: Log
  readonly stacks: Stacks
  readonly liveness = new Liveness({
    context: (context) => this.state({ type: 'context-collected', context }),
    token: (token) => this.state({ type: 'token-collected', token }),
  })
  readonly #runtime: Runtime
  readonly #variables = new Map<VariableId, CensusVariable>()
  #censusDue = false
  /** No census before this fact. */
  #nextCensus = 0

  constructor(runtime: Runtime, log: Log, stacks: Stacks) {
    this.#runtime = runtime
    this.log = log
    this.stacks = stacks
    log.dropped = () => {
      this.#censusDue = true
    }
  }

  /** States what lives, where the log has dropped facts since: after an announcement, when its facts and notes agree. */
  takeStock(): void {
    if (!this.#censusDue || this.log.next < this.#nextCensus) return
    const told = this.census()
    // What its own size made the log drop needs no other one: it comes after that. And where more lives than the log can hold,
    // a census after every fact would be all that a page does.
    this.#censusDue = false
    this.#nextCensus = this.log.last + told
  }

  /** Gives a fact its number and its time, and adds it to the log. */
  state<T extends Fact['type']>(draft: Draft<T>): FactOf<T> {
    const fact = { seq: this.log.next, at: roundedNow(), ...draft } as unknown as FactOf<T>
    this.log.add(fact)
    return fact
  }

  /** States a fact with the stack of now; `known` is told the stack when it is read. */
  stateHere<T extends FactHere['type']>(
    boundary: Boundary,
    draft: DraftHere<T>,
    known?: (stack: StackId | null) => void,
  ): FactOf<T> {
    const fact = this.state<T>({ ...draft, stack: null } as unknown as Draft<T>)
    this.stacks.capture(boundary, (stack) => {
      ;(fact as FactHere).stack = stack
      known?.(stack)
    })
    return fact
  }

  noteOf(context: Context): ContextNote {
    const known = contextNote(context, this.log)
    if (known !== null) return known
    const base = context === this.#runtime.base
    const note: ContextNote = {
      owner: this.log,
      id: context.id as ContextId,
      parent: context.parentId === 0 ? null : (context.parentId as ContextId),
      parentNote: null,
      kind: base ? 'base' : 'unknown',
      name: context.name,
      api: base ? null : context.api,
      asOf: this.log.last,
      trace: null,
      stack: null,
      announced: false,
      watched: false,
      ended: null,
      entered: null,
      task: null,
      awaitedIn: null,
      wentOnHere: false,
      own: new Map(),
      read: new Set(),
    }
    context.note = note
    if (!base) {
      // It was there before the recorder: what it holds was not seen to come.
      this.touched(context)
      this.census([context])
    }
    return note
  }

  /** Something happens in `context`: from now on it matters. */
  touched(context: Context): ContextNote {
    const note = this.noteOf(context)
    this.#announce(note)
    if (!note.watched) {
      note.watched = true
      this.liveness.watchContext(context, note.id)
    }
    return note
  }

  #announce(note: ContextNote): void {
    if (note.announced) return
    note.announced = true
    if (note.parentNote !== null) this.#announce(note.parentNote)
    note.parentNote = null
    if (note.trace !== null) note.stack = this.stacks.read(note.trace)
    note.trace = null
    const { id: context, parent, asOf, kind, name, api, stack } = note
    this.state({ type: 'context-created', context, parent, asOf, kind, name, api, stack })
    if (note.ended !== null) this.state({ type: 'callback-ran', context, threw: note.ended.threw })
  }

  /** `boundary` is null for a variable that was made before the recorder came: where is not known any more. */
  variableId(variable: ContextVar<unknown>, boundary: Boundary | null): VariableId {
    const id = variable.id as VariableId
    if (this.#variables.has(id)) return id
    const known: CensusVariable = {
      variable: id,
      name: variable.name,
      default: variable.hasDefault ? preview(variable.defaultValue) : null,
      stack: null,
    }
    this.#variables.set(id, known)
    if (boundary === null) this.state({ type: 'var-created', ...known })
    else {
      this.stateHere(boundary, { type: 'var-created', ...known }, (stack) => {
        known.stack = stack
      })
    }
    return id
  }

  /** Answers how many contexts it tells of. */
  census(living: Iterable<Context> = this.liveness.contexts()): number {
    // First, so that it is one of the contexts that are told.
    const current = this.touched(this.#runtime.current()).id
    const contexts: CensusContext[] = []
    for (const context of living) {
      const note = contextNote(context, this.log)
      if (note?.announced) contexts.push(this.#censusOf(context, note))
    }
    const census: Omit<Census, 'seq' | 'at'> = {
      type: 'census',
      current,
      variables: [...this.#variables.values()],
      contexts,
    }
    this.state(census)
    return contexts.length
  }

  #censusOf(context: Context, note: ContextNote): CensusContext {
    const entries = [...this.#runtime.entries(context)].map(([variable, value]) => {
      const id = this.variableId(variable, null)
      const made = note.own.get(id)
      return { variable: id, token: made?.id ?? null, value: preview(value), stack: made?.set.stack ?? null }
    })
    const { id, parent, kind, name, api, stack, ended } = note
    return { context: id, parent, kind: kind as ContextKind, name, api, stack, ended: ended !== null, entries }
  }
}

/** Hundredths of a millisecond: finer than a browser tells, shorter to send. */
const roundedNow = (): Millis => (Math.round(now() * 100) / 100) as Millis
