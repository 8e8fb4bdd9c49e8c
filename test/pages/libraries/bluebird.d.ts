// The little of bluebird that the jobs use; it brings no types.

declare module 'bluebird' {
  export default class Bluebird<T> implements PromiseLike<T> {
    static getNewLibraryCopy(): typeof Bluebird
    static delay(ms: number): Bluebird<void>
    static resolve<T>(value?: T): Bluebird<T>
    static reject(reason: unknown): Bluebird<never>
    static map<T, R>(
      items: T[],
      mapper: (item: T) => R | PromiseLike<R>,
      options?: { concurrency: number },
    ): Bluebird<R[]>
    static reduce<T>(items: T[], reducer: (total: T, item: T) => T | PromiseLike<T>): Bluebird<T>
    // biome-ignore lint/suspicious/noThenProperty: it is a promise
    then<R = T, E = never>(
      onFulfilled?: ((value: T) => R | PromiseLike<R>) | null,
      onRejected?: ((reason: unknown) => E | PromiseLike<E>) | null,
    ): Bluebird<R | E>
  }
}
