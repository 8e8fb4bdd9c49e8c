// One recording: the log of a document, the recorder of the runtime it has, and the answers to whoever reads it.

import { type Runtime, runtimeHook } from '../context/hook'
import { TAP_VERSION } from '../context/tap'
import {
  type Batch,
  type CallbackLevel,
  type ContextId,
  type Fact,
  LENT_VERSION,
  type ListenerPolicy,
  type Millis,
  type Outlet,
  type PackedBatch,
  PROTOCOL_VERSION,
  type PreviewSize,
  type Settings,
  type StackLevel,
  type Where,
} from '../protocol'
import { harmless } from './door'
import { encode } from './encode'
import type { Lent } from './lent'
import { DEFAULT_LOG_LIMITS, Log, type LogLimits } from './log'
import { namedBy } from './named-stacks'
import { now, timeOrigin } from './natives'
import { pack } from './pack'
import { preview, previews } from './preview'
import { Recorder } from './recorder'
import { Sampling } from './sampling'
import { DEFAULT_BUDGET, readSettings } from './settings'
import { Stacks } from './stack'

/** What one answer holds: a page must not stand still for longer than a frame or two while it writes one. */
const BATCH: LogLimits = { facts: 4_000, bytes: 4 * 1024 * 1024 }
/** Packed, more of them take no longer. */
const PACKED_BATCH: LogLimits = { ...BATCH, facts: 10_000 }
/**
 * Where a quarter of the log is unread: a page that is busy turn after turn is asked once between two of them, and what it states
 * meanwhile has to fit.
 */
const URGENT_BATCH: LogLimits = { ...BATCH, facts: 20_000 }
const URGENT = 1 / 4

/** Milliseconds in which a panel that is open has asked, so that whatever a page does while it starts is kept for it. */
const PANEL_ASKS_WITHIN = 10_000
/** Milliseconds that reading stacks for one answer may take. */
const PATIENCE = 16

export interface RecordOptions {
  /** How much the log keeps. Default: 200,000 facts, 64 MB. */
  log?: Partial<LogLimits>
  /** Which facts have a call stack. Default: `all`, as long as the budget allows it. */
  stacks?: StackLevel
  /** The part of the page's time that stacks may take before they are sampled. Default: 0.05; 1 is no limit. */
  budget?: number
  /** Whether callbacks that touch nothing are told, each, or only counted. Default: `counted`. */
  callbacks?: CallbackLevel
  /** How much of a value its picture shows. Default: `usual`: two levels of twelve properties each, and texts of 200 characters. */
  previews?: PreviewSize
  /**
   * Whether lines are those that `Error.prepareStackTrace` shows, which test runners set so that they are the ones that people wrote. It
   * is code of the realm's own, which runs when stacks are read. Default: false.
   */
  linesAsShown?: boolean
}

/** Of what a log may occupy, stacks may take a quarter. */
const SHARE_OF_STACKS = 1 / 4

export class Recording implements Required<Omit<Outlet, 'workers' | 'worker'>> {
  readonly protocol = PROTOCOL_VERSION
  readonly #epoch = `${timeOrigin.toFixed(3)}-${Math.random().toString(36).slice(2, 10)}`
  readonly #log: Log
  readonly #stacks: Stacks
  #callbacks: CallbackLevel
  /** For who brings a runtime along with the recorder. */
  events: ListenerPolicy = 'cause'
  #recorder: Recorder | null = null
  #detach: () => void = () => {}
  readonly lent: Lent = {
    version: LENT_VERSION,
    epoch: this.#epoch,
    context: (id: ContextId) => this.#recorder?.liveness.context(id),
    note: (id: ContextId) => this.#recorder?.liveness.note(id),
    preview,
  }
  readonly #found = (runtime: Runtime): void => this.#attach(runtime)

  constructor({
    log,
    stacks = 'all',
    budget = DEFAULT_BUDGET,
    callbacks = 'counted',
    previews: size = 'usual',
    linesAsShown,
  }: RecordOptions = {}) {
    previews.size = size
    this.#callbacks = callbacks
    const limits = { ...DEFAULT_LOG_LIMITS, ...log }
    const sampling = new Sampling(stacks, budget, (level) => this.#recorder?.levelChanged(level))
    this.#stacks = new Stacks(sampling, limits.bytes * SHARE_OF_STACKS, linesAsShown)
    this.#log = new Log(limits, this.#stacks)
    const hook = runtimeHook()
    if (hook === null) return
    // The application's own runtime wins: the injected one announces itself only when the page touches it.
    for (const runtime of hook.runtimes) this.#attach(runtime)
    hook.found = this.#found
  }

  stop(): void {
    const hook = runtimeHook()
    if (hook?.found === this.#found) delete hook.found
    this.#detach()
    this.#recorder?.letGo()
  }

  /** For a recorder that nobody may ever ask, since DevTools is closed: unless somebody does soon, the log stays small. */
  saveUntilRead(): void {
    this.#log.saveUntilRead((now() + PANEL_ASKS_WITHIN) as Millis)
  }

  since(seq: number): string {
    const facts = this.#readable(seq, BATCH)
    const batch: Batch = { ...this.#about(facts), facts }
    return encode(batch)
  }

  packed(seq: number): string {
    const isUrgent = this.#log.last - seq > this.#log.limits.facts * URGENT
    const facts = this.#readable(seq, isUrgent ? URGENT_BATCH : PACKED_BATCH)
    const batch: PackedBatch = { ...this.#about(facts), rows: pack(facts) }
    return encode(batch)
  }

  /** Facts after number `seq` whose stacks are known: as far as the time allows. What is asked for next is read next. */
  #readable(seq: number, most: LogLimits): Fact[] {
    this.#recorder?.tellCallback()
    const after = Math.max(seq, this.#log.first - 1)
    const known = this.#stacks.settleSome(after + 1, after + most.facts, PATIENCE)
    this.#recorder?.letGo()
    return this.#log.since(seq, { ...most, facts: Math.min(most.facts, known - after) })
  }

  /** What a batch says beside its facts. */
  #about(facts: readonly Fact[]): Omit<Batch, 'facts'> {
    return {
      protocol: PROTOCOL_VERSION,
      epoch: this.#epoch,
      stacks: this.#stacks.table(namedBy(facts)),
      last: this.#log.last,
      bytes: this.#log.bytes + (this.#recorder?.bytes ?? 0),
      capacity: this.#log.limits.bytes,
      silent: this.#recorder?.silent ?? 0,
    }
  }

  where(): string {
    const place = this.#recorder?.where()
    const where: Where = {
      epoch: this.#epoch,
      last: this.#log.last,
      current: place?.current ?? null,
      task: place?.task ?? null,
    }
    return encode(where)
  }

  here(): string {
    const facts = this.#recorder?.here() ?? []
    const batch: Batch = { ...this.#about(facts), facts }
    return encode(batch)
  }

  configure(settings: string): string {
    const asked = readSettings(settings)
    const { sampling } = this.#stacks
    if (asked.budget !== undefined) sampling.budget.share = asked.budget
    if (asked.stacks !== undefined) sampling.ask(asked.stacks)
    if (asked.callbacks !== undefined) this.#tellCallbacks(asked.callbacks)
    if (asked.previews !== undefined) previews.size = asked.previews
    if (asked.events !== undefined) this.events = asked.events
    this.#recorder?.takeStock()
    const { facts = this.#log.limits.facts, bytes = this.#log.limits.bytes } = asked
    this.#stacks.mostBytes = bytes * SHARE_OF_STACKS
    this.#log.limits = { facts, bytes }
    const { asked: level, budget } = sampling
    const now: Settings = {
      stacks: level,
      budget: budget.share,
      facts,
      bytes,
      callbacks: this.#callbacks,
      previews: previews.size,
      events: this.events,
    }
    return encode(now)
  }

  #tellCallbacks(level: CallbackLevel): void {
    this.#callbacks = level
    if (this.#recorder !== null) this.#recorder.callbacks = level
  }

  #attach(runtime: Runtime): void {
    const refusal = this.#refusal(runtime)
    if (refusal === null) {
      this.#recorder = new Recorder(runtime, this.#log, this.#stacks)
      this.#recorder.callbacks = this.#callbacks
      const { sampling } = this.#stacks
      if (sampling.level !== 'all') {
        this.#recorder.levelChanged({ stacks: sampling.level, every: sampling.every, why: 'asked' })
        this.#recorder.takeStock()
      }
      const tap = harmless(this.#recorder, this.#stacks)
      this.#detach = runtime.attach(tap)
      this.lent.runtime = runtime
      this.lent.tap = tap
      this.lent.attached?.()
    } else {
      const at = now() as Millis
      this.#log.add({ seq: this.#log.next, at, type: 'runtime-refused', version: String(runtime.version), ...refusal })
    }
  }

  #refusal(runtime: Runtime): { reason: 'tap-version' | 'second-copy'; advice: string } | null {
    if (runtime.tapVersion > TAP_VERSION) {
      return { reason: 'tap-version', advice: 'Update the Contextvars DevTools extension.' }
    }
    if (runtime.tapVersion < TAP_VERSION) {
      return { reason: 'tap-version', advice: 'Update contextvars-devtools in the application.' }
    }
    if (this.#recorder !== null) {
      return { reason: 'second-copy', advice: 'Make the bundler keep one copy of contextvars-devtools.' }
    }
    return null
  }
}
