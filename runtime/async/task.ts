// Tasks, as asyncio has them: a unit of work with a context of its own, in which each of its steps runs. A task is not a
// promise; `task.result` is one, because an await of a native promise is what resumes in the very same context.

import { type Context, copyFor, emptyFor, refuseEntered } from '../context/context'
import { describe } from '../context/describe'
import { current } from '../context/storage'
import { type Boundary, tap } from '../context/tap'
import { linkCallStack, type RunStep } from './call-stack'
import type { Runner } from './callback'
import { DoneCallbacks } from './done-callbacks'
import type { CallOptions } from './handle'
import {
  apply,
  isNativeAsync,
  isNativeAsyncGenerator,
  NativePromise,
  nativeQueueMicrotask,
  nativeResolve,
} from './natives'
import { wake } from './need'
import { BOOLEAN, CONTEXT, checkOptions, type Known, STRING } from './options'
import { react, unnoticed } from './reaction'
import { runMicrotask, runSegment } from './segment'
import { noteWork } from './work'

/**
 * What a task runs: a function (async or not), or a generator function, which makes a cooperative unit: each `yield` gives up
 * control, and what it yields is awaited. An async generator function is none of these, as in asyncio: what it yields is for
 * somebody who iterates over it, and until then nothing of it runs.
 */
// biome-ignore lint/suspicious/noExplicitAny: what a `yield` gives depends on what it was given, which its type cannot say
export type TaskFunction<T> = () => T | PromiseLike<T> | Generator<unknown, T, any>

/** Options of `createTask`. */
export interface TaskOptions {
  /** What tools call it. Default: `Task-1`, `Task-2`, ... */
  name?: string
  /** Each step runs in this very context. Default: a copy of the current one, made now. */
  context?: Context
  /** Run the first step now instead of on the next microtask. Default false. */
  eagerStart?: boolean
}

const TASK_OPTIONS: Known<TaskOptions> = { name: STRING, context: CONTEXT, eagerStart: BOOLEAN }

let count = 0

/** In the hands of this file alone: nobody else can construct a task. */
const key = Symbol('task')

/**
 * A unit of work with a context of its own: `createTask` and `spawn` make them. Nobody cancels one from outside: hand an
 * AbortSignal to what it waits for, as everywhere on the web.
 */
export class Task<T> {
  /** What tools call it: as given, or `Task-1`, `Task-2`, ... */
  readonly name: string
  /** Each step of the work runs in this very context. */
  readonly context: Context
  /** Settles as the work does. A rejection that nobody handles is reported, as of any promise. */
  readonly result: Promise<T>
  /** @internal */
  readonly id: number
  #done = false
  readonly #callbacks = new DoneCallbacks()

  /** @internal */
  constructor(
    proof: typeof key,
    fn: TaskFunction<T>,
    name: string | undefined,
    contextOf: (name: string) => Context,
    eager: boolean,
    boundary: Boundary,
  ) {
    if (proof !== key) throw new TypeError('Tasks can only be created by createTask() and spawn()')
    wake()
    this.id = ++count
    this.name = name ?? `Task-${this.id}`
    this.context = contextOf(this.name)
    if (tap !== null) tap.taskCreated(this, boundary)
    const runStep = linkCallStack(this.name)
    const native = isNativeAsync(fn)
    this.result = new NativePromise<T>((resolve, reject) => {
      const settle =
        <V>(outcome: 'fulfilled' | 'rejected', pass: (value: V) => void) =>
        (value: V): void => {
          this.#done = true
          if (tap !== null) tap.taskSettled(this, outcome)
          pass(value)
          this.#callbacks.schedule()
        }
      const fulfil = settle('fulfilled', resolve)
      const fail = settle('rejected', reject)
      // By now the last code of an async function has run, in the context that is current.
      const afterCode =
        <V>(settle: (value: V) => void) =>
        (value: V): void => {
          if (tap !== null && native && current !== this.context) tap.taskStrayed?.(this, current)
          settle(value)
        }
      const steps: Steps<T> = { context: this.context, runStep, fulfil: afterCode(fulfil), fail: afterCode(fail) }
      const first = (run: Runner) => (): void => {
        if (tap !== null) tap.taskStarted(this)
        try {
          // The context may be one that the caller gave, and is in.
          if (eager) refuseEntered(this.context, boundary)
          run(this.context, begin<T>, undefined, [fn, steps])
        } catch (error) {
          fail(error)
        }
      }
      if (eager) runStep(first(runSegment))
      else apply(nativeQueueMicrotask, globalThis, [() => runStep(first(runMicrotask))])
    })
    if (tap !== null) noteWork(this.result, this.context, tap)
  }

  /** Whether the work has come to its end, either way. */
  get done(): boolean {
    return this.#done
  }

  /**
   * Calls `fn` with this task soon after it is done, also if it is done already: in a copy of the context of now, or in the one
   * given. What it throws is reported as uncaught, and nothing else stops. That the work failed remains unhandled: `result` tells.
   */
  addDoneCallback(fn: (task: Task<T>) => void, options: CallOptions = {}): void {
    this.#callbacks.add(fn, () => fn(this), options, this.addDoneCallback)
  }

  /** Takes back what was added and not yet scheduled, as often as it was added; answers how often that was. */
  removeDoneCallback(fn: (task: Task<T>) => void): number {
    return this.#callbacks.remove(fn)
  }

  get [Symbol.toStringTag](): string {
    return 'Task'
  }
}

function isGenerator<T>(
  value: T | PromiseLike<T> | Generator<unknown, T, unknown>,
): value is Generator<unknown, T, unknown> {
  return (
    typeof value === 'object' &&
    value !== null &&
    Symbol.iterator in value &&
    'next' in value &&
    'throw' in value &&
    'return' in value
  )
}

/** Where the steps of a task run, and what its end is told to. */
interface Steps<T> {
  context: Context
  runStep: RunStep
  fulfil(value: T): void
  fail(reason: unknown): void
}

/** The first step: what it returns says what the rest is. */
function begin<T>(fn: TaskFunction<T>, steps: Steps<T>): void {
  const outcome = fn()
  if (isGenerator(outcome)) drive(outcome, steps)
  else whenSettled(outcome, steps.fulfil, steps.fail)
}

/** No callback of the page's: the context of who calls it is none of its business. */
function whenSettled<T>(
  value: T | PromiseLike<T>,
  fulfilled: (value: T) => void,
  rejected: (reason: unknown) => void,
): void {
  react(unnoticed(value, nativeResolve, NativePromise, [value]), fulfilled, rejected)
}

/** Steps a generator in its context: every `yield` waits for what it yields, or for the next microtask. */
function drive<T>(unit: Generator<unknown, T, unknown>, { context, runStep, fulfil, fail }: Steps<T>): void {
  const goOn = (method: 'next' | 'throw') => (value: unknown) => runStep(() => step(runMicrotask, method, value))
  // What is yielded is waited for in the unit's context: a thenable's `then` is called there.
  const advance = (method: 'next' | 'throw', value: unknown): void => {
    const result = unit[method](value)
    if (result.done === true) whenSettled(result.value, fulfil, fail)
    else whenSettled(result.value, goOn('next'), goOn('throw'))
  }
  const step = (run: Runner, method: 'next' | 'throw', value: unknown): void => {
    try {
      run(context, advance, undefined, [method, value])
    } catch (error) {
      fail(error)
    }
  }
  step(runSegment, 'next', undefined)
}

/** @internal Throws a TypeError for what no task can run. */
export function checkFunction(fn: unknown, api: string): void {
  if (typeof fn !== 'function') throw new TypeError(`${api}: a function was expected, got ${describe(fn)}`)
  if (isNativeAsyncGenerator(fn)) {
    throw new TypeError(`${api}: an async generator runs only while it is iterated over: do that in an async function`)
  }
}

/** @internal As `createTask`, for callers whose own name belongs at the top of the stack. */
export function taskFor<T>(fn: TaskFunction<T>, options: TaskOptions, api: string, boundary: Boundary): Task<T> {
  checkFunction(fn, api)
  checkOptions(api, options, TASK_OPTIONS)
  const contextOf = (name: string): Context => options.context ?? copyFor(current, 'task', api, name, boundary)
  return new Task(key, fn, options.name, contextOf, options.eagerStart ?? false, boundary)
}

/** Starts a task in a copy of the current context: what it sets, its creator does not see. */
export function createTask<T>(fn: TaskFunction<T>, options: TaskOptions = {}): Task<T> {
  return taskFor(fn, options, 'createTask', createTask)
}

/** Starts a unit in an *empty* context, as gevent's `spawn` does: it inherits nothing. */
export function spawn<T>(fn: TaskFunction<T>, options: { name?: string } = {}): Task<T> {
  checkFunction(fn, 'spawn')
  checkOptions('spawn', options, { name: STRING })
  return new Task(key, fn, options.name, (name) => emptyFor('task', 'spawn', name, spawn), false, spawn)
}
