// The one seam of the runtime: what it announces to a recorder, and how a recorder finds it. Nothing here acts; without a tap
// the runtime checks one variable and goes on. A tap may never throw into the page (CPython's context watchers have the same
// rule): a recorder catches its own errors.

import type { Context } from './context'
import { forgetReads } from './memory'
import type { Token } from './token'
import type { ContextVar } from './variable'

/** Grows when a recorder of the version before would misunderstand an announcement. */
export const TAP_VERSION = 1

/** The function of ours that the page called: a recorder cuts the stack there, so that it begins with the page's own line. */
// biome-ignore lint/complexity/noBannedTypes: only its identity matters
export type Boundary = Function

/** How a context came to be. See `ContextKind` of the protocol. */
export type Origin = 'base' | 'copy' | 'new' | 'task' | 'callback' | 'restored'

/** Why a `reset` was refused. See `TokenError` of the protocol. */
export type TokenRefusal = 'used' | 'other-variable' | 'other-context' | 'not-a-token'

/** Why a variable is not in data as it should be. See `NotReduced` of the protocol. */
export type NotReducedWhy = 'unregistered' | 'duplicate' | 'unresolved' | 'refused'

/** What `Error.captureStackTrace` fills. */
export interface Trace {
  stack?: string
}

export interface Tap {
  variableCreated(variable: ContextVar<unknown>, boundary: Boundary): void
  /**
   * `parent` is the context whose values it starts with, null for one that starts empty. The context of a callback is told when
   * the callback is handed over: most never matter, so a recorder notes it in `context.note` and speaks of it when it does.
   */
  contextCreated(
    context: Context,
    parent: Context | null,
    origin: Origin,
    api: string,
    name: string | null,
    boundary: Boundary,
  ): void
  variableSet(
    context: Context,
    variable: ContextVar<unknown>,
    token: Token<unknown>,
    value: unknown,
    boundary: Boundary,
  ): void
  /** `value` is what is there again, `Token.MISSING` when the variable is unset now. */
  variableReset(
    context: Context,
    variable: ContextVar<unknown>,
    token: Token<unknown>,
    value: unknown,
    boundary: Boundary,
  ): void
  /**
   * `Error.captureStackTrace`, where the next set or reset is to have its stack: this is called just before that is announced, with
   * `trace`, by the function that the page called. (Each function of ours on the way would be one more for the engine to walk over, twice
   * with DevTools open.) The first taps and runtimes of this version did not know them.
   */
  capture?: ((trace: Trace, boundary: Boundary) => void) | null
  trace?: Trace
  /** `token` is whatever was handed to `reset`; it is a Token unless the code is `not-a-token`. */
  tokenRefused(
    context: Context,
    variable: ContextVar<unknown>,
    token: unknown,
    code: TokenRefusal,
    message: string,
    boundary: Boundary,
  ): void
  /** Told when a read was not answered by the variable's cache: at least once per context, variable and version of the value. */
  variableRead(
    context: Context,
    variable: ContextVar<unknown>,
    found: 'value' | 'fallback' | 'default' | 'miss',
    boundary: Boundary,
  ): void
  runStarted(context: Context, outer: Context, boundary: Boundary): void
  runEnded(context: Context, threw: boolean): void
  reentryRefused(context: Context, boundary: Boundary): void
  taskCreated(task: TaskIdentity, boundary: Boundary): void
  taskStarted(task: TaskIdentity): void
  taskSettled(task: TaskIdentity, outcome: 'fulfilled' | 'rejected'): void
  /** `context` was made for one more call of a callback that was handed over when `registered` was. */
  firedAgain(context: Context, registered: Context): void
  /** The callback for which `context` was made came back. */
  callbackRan(context: Context, threw: boolean): void
  propagationChanged(propagation: PropagationState | null): void
  /** The async function of a task came to its end while `resumed` was current. The first taps of this version did not know it. */
  taskStrayed?(task: TaskIdentity, resumed: Context): void
  /**
   * A callback is handed over by a microtask that the engine queued unseen: an await of a plain value, or a thenable's `then`.
   * The first taps of this version did not know it.
   */
  callbackUnseen?(context: Context, boundary: Boundary): void
  /**
   * The code that is current waits for what goes on in another context, which has this number: a task, or what a run returned a promise
   * of. The first taps of this version did not know it.
   */
  workAwaited?(context: number, boundary: Boundary): void
  /** A context was made into data, and of these variables it is not all there. The first taps of this version did not know it. */
  notReduced?(context: Context, variables: readonly ContextVar<unknown>[], why: NotReducedWhy, boundary: Boundary): void
}

/** What a recorder may know of a task. */
export interface TaskIdentity {
  readonly id: number
  readonly name: string
  readonly context: Context
}

/** What is installed to carry contexts across asynchrony. See `Propagation` of the protocol. */
export interface PropagationState {
  nativeAwait: boolean
  events: 'cause' | 'registration' | 'dispatch'
  limits: string[]
}

/** The attached tap, or null. Read on every announcement, so it is a plain binding, not a property. */
export let tap: Tap | null = null

/** Attaches a tap; there is one at most. Returns what detaches it. */
export function attachTap(next: Tap): () => void {
  tap = next
  // What variables remember would not be read again, and so not be announced.
  forgetReads()
  return () => {
    if (tap === next) tap = null
  }
}
