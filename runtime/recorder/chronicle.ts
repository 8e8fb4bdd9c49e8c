// What is told of a document, in order: states facts, announces contexts and variables before the first fact that names them,
// and says what lives where facts are missing.

import type { Context } from '../context/context'
import type { Runtime } from '../context/hook'
import type { Boundary, Trace } from '../context/tap'
import type { ContextVar } from '../context/variable'
import type {
  Census,
  CensusContext,
  CensusEntry,
  CensusVariable,
  ContextId,
  Fact,
  Millis,
  Preview,
  Seq,
  StackId,
  TokenId,
  VariableId,
} from '../protocol'
import { stampNow } from './clock'
import { Liveness } from './liveness'
import type { Log } from './log'
import { namedIn } from './named-stacks'
import { type ContextNote, contextNote } from './note'
import type { Kept } from './picture'
import { preview } from './preview'
import type { Kind } from './sampling'
import type { Place, Stacks } from './stack'

type FactOf<T extends Fact['type']> = Extract<Fact, { type: T }>
/** A fact without its number and time, which the chronicle adds. */
type Draft<T extends Fact['type']> = Omit<FactOf<T>, 'seq' | 'at'> & { type: T }
/** A fact that has a place in the page's code, before that is known. */
type DraftHere<T extends Fact['type']> = Omit<Draft<T>, 'stack'> & { type: T }
type FactHere = Extract<Fact, { stack: StackId | null }>

interface KnownVariable extends Omit<CensusVariable, 'stack'> {
  place: Place | null
  /** How its default looks, if that is an object that anybody may change, and nobody was seen to. */
  shape: string | null
}

/** What is shared where it is a default, and hardly ever means to be. */
const mayChange = ({ kind, text }: Preview): boolean =>
  kind === 'array' || kind === 'map' || kind === 'set' || (kind === 'object' && text.startsWith('{'))

/** Of a line of copies, which may be of any length, so many are told where somebody asks for the current one. */
const LONGEST_LINE = 32

/** What a note of a context, and one of a token, occupies. */
const NOTE_BYTES = 400
const TOKEN_BYTES = 150

/** The object itself: what it leads to, a store or a client, may well go on with its work. One size, whatever is wanted, to be compared. */
const shapeOf = (value: unknown): string => preview(value, { depth: 1, width: 12, length: 200 }).text

export class Chronicle {
  readonly log: Log
  readonly stacks: Stacks
  readonly liveness = new Liveness({
    context: (context) => this.state({ type: 'context-collected', context }),
    token: (token) => this.state({ type: 'token-collected', token }),
  })
  readonly #runtime: Runtime
  readonly #variables = new Map<VariableId, KnownVariable>()
  /** Whether contexts or variables were there before. */
  #late = false
  #censusDue = false
  /** The one that was stated last. */
  #level: Omit<Draft<'recording-level'>, 'type'> | null = null
  /** Not stated yet. */
  readonly #levels: Omit<Draft<'recording-level'>, 'type'>[] = []
  /** No census before this fact. */
  #nextCensus = 0

  constructor(runtime: Runtime, log: Log, stacks: Stacks) {
    this.#runtime = runtime
    this.log = log
    this.stacks = stacks
    stacks.known = (seq, stack) => log.place(seq, stack)
    log.dropped = () => {
      this.#censusDue = true
    }
  }

  attached(late: boolean): void {
    this.#late = late
    this.#stateRuntime()
  }

  #stateRuntime(): void {
    const { version, origin, base } = this.#runtime
    const propagation = this.#runtime.propagation()
    this.state({ type: 'runtime-attached', version, origin, base: base.id as ContextId, late: this.#late, propagation })
  }

  /** From now on stacks are taken at another level: said when there is room for it between two announcements. */
  levelChanged(level: Omit<Draft<'recording-level'>, 'type'>): void {
    this.#levels.push(level)
  }

  /**
   * States what waits to be said of the level, and what lives, where the log has dropped facts since: after an announcement, when
   * its facts and notes agree.
   */
  takeStock(): void {
    while (this.#levels.length > 0) this.#stateLevel()
    if (!this.#censusDue || this.log.next < this.#nextCensus) return
    // What was said of the runtime is among what was dropped.
    this.#stateRuntime()
    const told = this.census()
    // What its own size made the log drop needs no other one: it comes after that. And where more lives than the log can hold,
    // a census after every fact would be all that a page does.
    this.#censusDue = false
    this.#nextCensus = this.log.last + told
    // What was said of the stacks may be among what was dropped.
    if (this.#level !== null) this.state({ type: 'recording-level', ...this.#level })
    this.stacks.tidy(() => namedIn(this.log))
  }

  #stateLevel(): void {
    const level = this.#levels.shift()
    if (level === undefined) return
    this.#level = level
    this.state({ type: 'recording-level', ...level })
  }

  /** What is remembered of all that lives, in bytes (estimated). */
  get bytes(): number {
    return this.liveness.contextCount * NOTE_BYTES + this.liveness.tokenCount * TOKEN_BYTES
  }

  /** Gives a fact its number and its time, and adds it to the log. */
  state<T extends Fact['type']>(draft: Draft<T>): FactOf<T> {
    const fact = { seq: this.log.next, at: stampNow(), ...draft } as unknown as FactOf<T>
    this.log.add(fact as Fact)
    return fact
  }

  /** States a fact with the stack of now, which it has when that is read. Of some facts no stack is ever spared. */
  stateHere<T extends FactHere['type']>(boundary: Boundary, kind: Kind, draft: DraftHere<T>, always = false): Place {
    const place = this.stacks.capture(this.log.next, boundary, kind, stampNow(), always)
    this.state<T>({ ...draft, stack: place.stack } as unknown as Draft<T>)
    return place
  }

  /** The same for a set or a reset: they are by far the most, so nothing is made for one but its row in the log. */
  write(
    type: 'var-set' | 'var-reset',
    at: Millis,
    trace: Trace | null,
    context: ContextId,
    variable: VariableId,
    token: TokenId,
    value: Kept | null,
  ): Place {
    const place = this.stacks.placeOf(this.log.next, trace)
    this.log.addWrite(type, at, context, variable, token, value, place.stack)
    return place
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
      known: false,
      ended: null,
      entered: null,
      task: null,
      awaitedIn: null,
      wentOnHere: false,
      variables: null,
      latest: null,
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
    if (!note.known) {
      note.known = true
      this.liveness.know(context, note.id)
    }
    return note
  }

  #announce(note: ContextNote): void {
    if (note.announced) return
    note.announced = true
    if (note.parentNote !== null) this.#announce(note.parentNote)
    note.parentNote = null
    if (note.trace !== null) note.stack = this.stacks.readNow(note.trace)
    note.trace = null
    this.liveness.watch(note)
    const { id: context, parent, asOf, kind, name, api, stack } = note
    this.state({ type: 'context-created', context, parent, asOf, kind, name, api, stack })
    if (note.ended !== null) this.state({ type: 'callback-ran', context, threw: note.ended.threw })
  }

  /** `boundary` is null for a variable that was made before the recorder came: where is not known any more. */
  variableId(variable: ContextVar<unknown>, boundary: Boundary | null): VariableId {
    const id = variable.id as VariableId
    if (this.#variables.has(id)) return id
    const { name } = variable
    const value = variable.hasDefault ? preview(variable.defaultValue) : null
    const draft = { type: 'var-created', variable: id, name, default: value } as const
    if (boundary === null) this.state({ ...draft, stack: null })
    const place = boundary === null ? null : this.stateHere(boundary, 'var-created', draft)
    this.#variables.set(id, {
      variable: id,
      name,
      default: value,
      place,
      shape: value !== null && mayChange(value) ? shapeOf(variable.defaultValue) : null,
    })
    return id
  }

  /** A context reads a default for the first time, which is told if it is not what it was. */
  defaultRead(context: ContextId, variable: ContextVar<unknown>, boundary: Boundary): void {
    const known = this.#variables.get(variable.id as VariableId)
    if (known === undefined || known.shape === null || shapeOf(variable.defaultValue) === known.shape) return
    known.shape = null
    const value = preview(variable.defaultValue)
    this.stateHere(boundary, 'default-changed', { type: 'default-changed', context, variable: known.variable, value })
  }

  /** Answers how many contexts it tells of. */
  census(living: Iterable<Context> = this.liveness.contexts()): number {
    // First, so that it is one of the contexts that are told.
    this.touched(this.#runtime.current())
    // So that every stack is known.
    this.stacks.settle()
    const contexts: CensusContext[] = []
    for (const context of living) {
      const note = contextNote(context, this.log)
      if (note?.announced) contexts.push(this.#listed(note, this.#entries(context, note)))
    }
    this.state(this.#censusOf(contexts))
    return contexts.length
  }

  /** What a census would say of the current context and those above it, without a place in the log. */
  here(): Census {
    const contexts: CensusContext[] = []
    let context: Context | undefined = this.#runtime.current()
    let note: ContextNote | undefined = this.touched(context)
    let inherited: CensusEntry[] = []
    while (note !== undefined && contexts.length < LONGEST_LINE) {
      // One that was announced for the sake of another touched nothing: what that one inherited, it has.
      const listed = this.#listed(note, context === undefined ? inherited : this.#entries(context, note))
      contexts.push(listed)
      inherited = listed.entries.filter(({ token }) => token === null)
      context = this.liveness.context(note.parent)
      note = this.liveness.note(note.parent)
    }
    return { seq: this.log.last as Seq, at: stampNow(), ...this.#censusOf(contexts) }
  }

  #censusOf(contexts: CensusContext[]): Draft<'census'> {
    const variables: CensusVariable[] = []
    for (const { variable, name, default: value, place } of this.#variables.values()) {
      variables.push({ variable, name, default: value, stack: place && this.stacks.of(place) })
    }
    return { type: 'census', current: this.#runtime.current().id as ContextId, variables, contexts }
  }

  #entries(context: Context, note: ContextNote): CensusEntry[] {
    return [...this.#runtime.entries(context)].map(([variable, value]) => {
      const id = this.variableId(variable, null)
      const made = note.variables?.get(id)?.set
      const stack = made ? this.stacks.of(made.place) : null
      return { variable: id, token: made?.token ?? null, value: preview(value), stack }
    })
  }

  #listed({ id, parent, kind, name, api, stack, ended }: ContextNote, entries: CensusEntry[]): CensusContext {
    return { context: id, parent, kind, name, api, stack, ended: ended !== null, entries }
  }
}
