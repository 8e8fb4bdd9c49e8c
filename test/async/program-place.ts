// What a step of a random program has in hand. The kinds of step stand in the files beside this one, each a small function;
// what they have in common is here.

export interface Place {
  /** How often, how long, or which value: 1 to 3. */
  readonly n: number
  /** Settles a while after the program began; every step of a program shares it. */
  readonly shared: Promise<void>
  /** The steps within this one. */
  inside(): Promise<void>
  /** Runs in a scope of its own; `name` tells several of one step apart. */
  runIn<T>(fn: () => T, name?: string): T
  /** Writes down what is current here. */
  probe(where: string): void
  /** The same, where the step goes on after an await: it has to be in the very Context in which it began. */
  resumed(where: string): void
  /** Begins another stretch of work that stays in one Context, the current one, and returns what `resumed` is to it. */
  strand(): (where: string) => void
  /** Work that the step does not wait for. */
  track(work: Promise<unknown>): void
}

export type Kinds = Record<string, (at: Place) => unknown>

export const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

export const settledCall = async <T>(value: T): Promise<T> => value

export const pendingCall = async (): Promise<number> => {
  await sleep(0)
  return 1
}

export const failingCall = async (): Promise<never> => {
  await sleep(0)
  throw new Error('expected')
}

export interface Resolvers<T> {
  promise: Promise<T>
  resolve(value: T | PromiseLike<T>): void
  reject(reason: unknown): void
}

/** `Promise.withResolvers`, the host's own where it has it. */
export function withResolvers<T>(): Resolvers<T> {
  const native: unknown = Reflect.get(Promise, 'withResolvers')
  if (typeof native === 'function') return native.call(Promise)
  let resolve: Resolvers<T>['resolve'] = () => {}
  let reject: Resolvers<T>['reject'] = () => {}
  const promise = new Promise<T>((fulfil, fail) => {
    resolve = fulfil
    reject = fail
  })
  return { promise, resolve, reject }
}

/** Calls `work` from a callback that `schedule` hands to the host, and settles with it. */
export const whenCalled = (schedule: (callback: () => void) => void, work: () => unknown): Promise<unknown> =>
  new Promise((resolve) => schedule(() => resolve(work())))
