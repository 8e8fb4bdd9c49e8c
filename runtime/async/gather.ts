// Several tasks at once. A bare `Promise.all([f(), g()])` lets both write into the caller's context; these give each its own.

// The declarations bring the type of disposables along: an application's own settings may not name it.
/// <reference lib="esnext.disposable" preserve="true" />

import { describe, once } from '../context/describe'
import { type Boundary, tap } from '../context/tap'
import { NativePromise } from './natives'
import { react } from './reaction'
import { checkFunction, Task, type TaskFunction, type TaskOptions, taskFor } from './task'
import { noteWaiting } from './work'

type Outcome<W> = W extends Task<infer T> ? T : W extends TaskFunction<infer T> ? T : never

/**
 * Runs each function as a task in its own copy of the current context and waits for all; tasks are waited for as they are.
 * Resolves to the results, in order; rejects with the first rejection, while the others go on.
 */
export function gather<const W extends readonly (Task<unknown> | TaskFunction<unknown>)[]>(
  ...work: W
): Promise<{ -readonly [K in keyof W]: Outcome<W[K]> }> {
  // Before any of them is scheduled.
  for (const each of work) {
    if (each instanceof Task) continue
    if (typeof each !== 'function') {
      throw new TypeError(
        `gather: a function or a task was expected, got ${describe(each)}; of a list, gather(...list)`,
      )
    }
    checkFunction(each, 'gather')
  }
  const results = work.map((each) => (each instanceof Task ? each : taskFor(each, {}, 'gather', gather)).result)
  if (tap !== null) for (const result of results) noteWaiting(result, tap, gather)
  return NativePromise.all(results) as Promise<{ -readonly [K in keyof W]: Outcome<W[K]> }>
}

/** An error says what it is itself. */
const reasonText = (reason: unknown): string =>
  typeof reason === 'object' && reason !== null ? once(reason, () => String(reason)) : describe(reason)

/**
 * Tasks that belong together: leaving the group waits for all of them.
 * `await using group = new TaskGroup()`, or `await group.join()`.
 */
export class TaskGroup {
  readonly #running = new Set<Promise<unknown>>()
  readonly #abort = new AbortController()
  #failures: { task: string; reason: unknown }[] = []

  /**
   * Aborts when a task of the group fails, with its error as the reason: hand it to what can be aborted (`fetch`, …). A task that
   * ends with that very reason is not counted as another failure.
   */
  get signal(): AbortSignal {
    return this.#abort.signal
  }

  /**
   * Aborts the signal, as a failed task does: for who cannot go on, since leaving `await using` by a throw only waits. Tasks that end
   * with that very reason have not failed.
   */
  abort(reason?: unknown): void {
    this.#abort.abort(reason)
  }

  /** As `createTask`; the group waits for it. */
  createTask<T>(fn: TaskFunction<T>, options: TaskOptions = {}): Task<T> {
    const task = taskFor(fn, options, 'createTask', this.createTask)
    this.#running.add(task.result)
    const ended = (): void => {
      this.#running.delete(task.result)
    }
    const failed = (reason: unknown): void => {
      ended()
      // What ends because the group was aborted did not fail by itself.
      if (this.#abort.signal.aborted && reason === this.#abort.signal.reason) return
      this.#failures.push({ task: task.name, reason })
      this.#abort.abort(reason)
    }
    react(task.result, ended, failed)
    return task
  }

  /** Waits until every task has come to its end, those started meanwhile too; throws an AggregateError of what failed. */
  async join(): Promise<void> {
    while (this.#running.size > 0) {
      this.#waits(this.join)
      await NativePromise.allSettled(this.#running)
    }
    const failures = this.#failures
    this.#failures = []
    if (failures.length === 0) return
    const [{ task, reason }] = failures as [(typeof failures)[number]]
    const more = failures.length > 1 ? `, and ${failures.length - 1} more` : ''
    throw new AggregateError(
      failures.map((failure) => failure.reason),
      `a task of the group failed: ${task}, ${reasonText(reason)}${more}`,
    )
  }

  /** Leaving `await using` joins. */
  [Symbol.asyncDispose](): Promise<void> {
    this.#waits(this[Symbol.asyncDispose])
    return this.join()
  }

  #waits(boundary: Boundary): void {
    if (tap !== null) for (const result of this.#running) noteWaiting(result, tap, boundary)
  }
}
