// What a case is, and the few words it is written in. It uses nothing but the public API, and throws where it does not hold: so
// the same case runs in Node and in a page.

import { type Context, ContextVar } from 'contextvars-devtools'

/** What a case cannot do by itself. */
export interface Host {
  collectGarbage(): Promise<void>
  /** The next thing that is thrown and caught by nobody, as the host reports it. */
  uncaught(): Promise<unknown>
}

/** By their titles, each of which begins with the case's id. */
export type Cases<H extends Host = Host> = Readonly<Record<string, (host: H) => Promise<void>>>

export function same(actual: unknown, expected: unknown): void {
  if (!equal(actual, expected)) throw new Error(`expected ${show(expected)}, got ${show(actual)}`)
}

function equal(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true
  return Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((each, i) => equal(each, b[i]))
}

const show = (value: unknown): string =>
  Array.isArray(value) ? `[${value.map(show).join(', ')}]` : typeof value === 'string' ? `'${value}'` : String(value)

/** What `body` throws, which has to be of this kind and say this. */
export function throws<E extends Error>(kind: new (message: string) => E, says: RegExp, body: () => unknown): E {
  try {
    body()
  } catch (error) {
    if (error instanceof kind && says.test(error.message)) return error
    throw error
  }
  throw new Error(`expected ${kind.name} ${says}, and nothing was thrown`)
}

/** As `throws`, for the rejection of a promise. */
export async function rejects<E extends Error>(
  kind: new (message: string) => E,
  says: RegExp,
  promise: Promise<unknown>,
): Promise<E> {
  const outcome = await promise.then(
    () => () => {},
    (error: unknown) => () => {
      throw error
    },
  )
  return throws(kind, says, outcome)
}

export const sleep = (ms = 0): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

export interface Deferred<T> {
  promise: Promise<T>
  resolve(value: T): void
  reject(reason: unknown): void
}

export function deferred<T = void>(): Deferred<T> {
  let settle: Omit<Deferred<T>, 'promise'> | undefined
  const promise = new Promise<T>((resolve, reject) => {
    settle = { resolve, reject }
  })
  if (settle === undefined) throw new Error('a promise calls its executor at once')
  return { promise, ...settle }
}

/** Whether what runs now runs in this very context, in no copy of it: what is set here is there. */
export function isCurrent(context: Context): boolean {
  const probe = new ContextVar<true>('probe')
  const token = probe.set(true)
  const found = context.has(probe)
  probe.reset(token)
  return found
}

/** Whether the collector takes what `reference` points to, once nobody but the code under test holds it. */
export async function isCollected({ collectGarbage }: Host, reference: WeakRef<object>): Promise<boolean> {
  for (let attempt = 0; attempt < 20; attempt++) {
    // A WeakRef that was made or read keeps its target until the end of the task.
    await sleep()
    await collectGarbage()
    if (reference.deref() === undefined) return true
  }
  return false
}
