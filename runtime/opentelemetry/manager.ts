// A context manager for OpenTelemetry: what is active is a context variable, so tracing goes wherever contexts go, across native
// `await`, too, and whoever records contexts sees it.

import { type ContextManager, type Context as OtelContext, ROOT_CONTEXT } from '@opentelemetry/api'
import { type InstallOptions, install } from '../async/install'
import { runNoted } from '../async/work'
import { type Context, copyFor, valuesOf } from '../context/context'
import { forgetReads } from '../context/memory'
import { current } from '../context/storage'
import { type Boundary, tap } from '../context/tap'
import { makeToken, type Token } from '../context/token'
import { type ContextVar, undo } from '../context/variable'
import { CONTEXT_WITH } from '../protocol'
import { type Active, active, activeOf, contextOf, forgetActive, nameOf } from './active'
import { bindFunction, bindListeners, isListenedTo } from './bound'
import { changedKeys } from './keys'

/** What `attach` returns. */
export interface AttachedContext {
  /** Makes active what was active before; once, and where it was attached: elsewhere it changes nothing. */
  dispose(): void
}

/**
 * Give it to the SDK: `provider.register({ contextManager: new ContextVarsContextManager() })`. Each `context.with` runs its function in
 * a copy of the current contextvars context, called after the span; what the function sets in variables stays there.
 */
export class ContextVarsContextManager implements ContextManager {
  readonly #options: InstallOptions
  #uninstall: (() => void) | null = null
  readonly #bound = new WeakSet<object>()

  /** `options` are those of `install`, for where nobody has installed before. */
  constructor(options: InstallOptions = {}) {
    this.#options = options
  }

  /** Begins, and installs what carries contexts across asynchrony (`contextvars-devtools/async`) if the application has not. */
  enable(): this {
    this.#uninstall ??= install(this.#options)
    return this
  }

  /** Ends, and uninstalls what `enable` has installed. From now on the root context is active, also where one was attached and forgotten. */
  disable(): this {
    if (this.#uninstall !== null) forgetActive()
    this.#uninstall?.()
    this.#uninstall = null
    return this
  }

  active(): OtelContext {
    // Instrumentations ask in every callback: of one in which nothing is active there is nothing to tell.
    if (this.#uninstall === null || (tap !== null && !current.has(active))) return ROOT_CONTEXT
    const found = active.get(null)
    return (found && contextOf(found)) ?? ROOT_CONTEXT
  }

  /** Calls `fn` with `context` active, and whatever `fn` begins. */
  with<A extends unknown[], F extends (...args: A) => ReturnType<F>>(
    context: OtelContext,
    fn: F,
    thisArg?: ThisParameterType<F>,
    ...args: A
  ): ReturnType<F> {
    if (this.#uninstall === null) return Reflect.apply(fn, thisArg, args)
    const boundary = ContextVarsContextManager.prototype.with
    const inner = enterable(context ?? ROOT_CONTEXT, boundary)
    tap?.runStarted(inner, current, boundary)
    let threw = true
    try {
      const result = runNoted(inner, fn, thisArg, args)
      threw = false
      return result
    } finally {
      tap?.runEnded(inner, threw)
    }
  }

  /**
   * A function that calls `target` with `context` active; or `target` itself, whose listeners are called so from now on, if it is
   * something that is listened to; anything else is handed back as it is.
   */
  bind<T>(context: OtelContext, target: T): T {
    const run = (fn: (...args: unknown[]) => unknown, self: unknown, args: unknown[]): unknown =>
      this.with(context, fn, self, ...args)
    if (typeof target === 'function') return bindFunction(target as never, run) as T
    if (isListenedTo(target) && !this.#bound.has(target)) {
      this.#bound.add(target)
      bindListeners(target, run)
    }
    return target
  }

  /** Makes `context` active here until that is disposed of: for what `with` cannot wrap. */
  attach(context: OtelContext): AttachedContext {
    const boundary = ContextVarsContextManager.prototype.attach
    const values = valuesFor(current, context ?? ROOT_CONTEXT)
    const tokens = this.#uninstall === null ? [] : write(current, values, boundary)
    forgetReads()
    const dispose = (): void => {
      for (const token of [...tokens].reverse()) {
        if (token.used) continue
        try {
          undo(token.var, token, dispose)
        } catch {
          // It is disposed of in another context, which has nothing to give back. Recorders have been told.
        }
      }
    }
    return { dispose }
  }
}

/** A context to be run, in which `context` is active: called after the span, or what else is new, where somebody looks. */
function enterable(context: OtelContext, boundary: Boundary): Context {
  const next = valuesFor(current, context)
  const name =
    nameOf(next.active, activeIn(current)) ?? (next.keys.map(([{ name }]) => name).join(', ') || CONTEXT_WITH)
  const inner = copyFor(current, 'copy', CONTEXT_WITH, name, boundary)
  // Nobody gets them, so nobody is waited for to use them.
  for (const token of write(inner, next, boundary)) token.spend()
  return inner
}

interface Values {
  active: Active
  /** Of the other variables, those that are not the same as before. */
  keys: [variable: ContextVar<unknown>, value: unknown][]
}

const activeIn = (context: Context): Active | null => context.get(active, null)

/** What makes `context` active where the values of `source` are. */
function valuesFor(source: Context, context: OtelContext): Values {
  const previous = activeIn(source)
  const keys = tap === null ? [] : changedKeys(source, previous && contextOf(previous), context)
  return { active: activeOf(context), keys }
}

/** Sets all of it in `target`; the tokens undo it. */
function write(target: Context, values: Values, boundary: Boundary): Token<unknown>[] {
  const all: [ContextVar<unknown>, unknown][] = [[active as ContextVar<unknown>, values.active], ...values.keys]
  return all.map(([variable, value]) => {
    const token = makeToken(variable, valuesOf(target).set(variable, value), target)
    tap?.variableSet(target, variable, token, value, boundary)
    return token
  })
}
