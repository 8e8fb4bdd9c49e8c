// One recording: the log of a document, the recorder of the runtime it has, and the answers to whoever reads it.

import { type Runtime, runtimeHook } from '../context/hook'
import { TAP_VERSION } from '../context/tap'
import {
  type Batch,
  type Fact,
  type Millis,
  type Outlet,
  PROTOCOL_VERSION,
  type StackId,
  type Where,
} from '../protocol'
import { encode } from './encode'
import { DEFAULT_LOG_LIMITS, Log, type LogLimits } from './log'
import { now, timeOrigin } from './natives'
import { harmless, Recorder } from './recorder'
import { Stacks } from './stack'

/** What one answer holds: a page must not stand still for longer than a frame or two while it writes one. */
const BATCH: LogLimits = { facts: 4_000, bytes: 4 * 1024 * 1024 }

/** Milliseconds in which a panel that is open has asked, so that whatever a page does while it starts is kept for it. */
const PANEL_ASKS_WITHIN = 10_000

export interface RecordOptions {
  /** How much the log keeps. Default: 200,000 facts, 64 MB. */
  log?: Partial<LogLimits>
}

export class Recording implements Outlet {
  readonly protocol = PROTOCOL_VERSION
  readonly #epoch = `${timeOrigin.toFixed(3)}-${Math.random().toString(36).slice(2, 10)}`
  readonly #log: Log
  readonly #stacks = new Stacks()
  #recorder: Recorder | null = null
  #detach: () => void = () => {}
  readonly #found = (runtime: Runtime): void => this.#attach(runtime)

  constructor(options: RecordOptions = {}) {
    this.#log = new Log({ ...DEFAULT_LOG_LIMITS, ...options.log })
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
  }

  /** For a recorder that nobody may ever ask, since DevTools is closed: unless somebody does soon, the log stays small. */
  saveUntilRead(): void {
    this.#log.saveUntilRead((now() + PANEL_ASKS_WITHIN) as Millis)
  }

  since(seq: number): string {
    this.#stacks.settle()
    const facts = this.#log.since(seq, BATCH)
    const batch: Batch = {
      protocol: PROTOCOL_VERSION,
      epoch: this.#epoch,
      facts,
      stacks: this.#stacks.table(stacksOf(facts)),
      last: this.#log.last,
      bytes: this.#log.bytes,
      capacity: this.#log.limits.bytes,
    }
    return encode(batch)
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

  #attach(runtime: Runtime): void {
    const refusal = this.#refusal(runtime)
    if (refusal === null) {
      this.#recorder = new Recorder(runtime, this.#log, this.#stacks)
      this.#detach = runtime.attach(harmless(this.#recorder))
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

/** Every stack that a batch's facts name. */
function stacksOf(facts: readonly Fact[]): Set<StackId> {
  const ids = new Set<StackId>()
  const add = (id: StackId | null): void => {
    if (id !== null) ids.add(id)
  }
  for (const fact of facts) {
    if ('stack' in fact) add(fact.stack)
    if (fact.type === 'token-error') {
      add(fact.tokenStack)
      add(fact.usedStack)
    } else if (fact.type === 'reentry-error') {
      add(fact.entered)
    } else if (fact.type === 'census') {
      for (const variable of fact.variables) add(variable.stack)
      for (const context of fact.contexts) {
        add(context.stack)
        for (const entry of context.entries) add(entry.stack)
      }
    }
  }
  return ids
}
