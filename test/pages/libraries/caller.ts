// Who asks a library for work. The same jobs run in two pages: in one there are contexts, and each caller is a task with its own
// value; in the other there are none, and what is seen there is only that a line was reached.

/** What a page with contexts adds. */
export interface Contexts {
  /** Runs the work as a task of that name, in which `who()` is the name. */
  asTask<T>(name: string, work: () => Promise<T>): Promise<T>
  who(): string
  wrap<A extends unknown[], R>(fn: (...args: A) => R): (...args: A) => R
  followPromises(promiseClass: { readonly prototype: PromiseLike<unknown> }): () => void
  /** Sets a variable; the function that is returned tells whether it is called in the very same context. */
  mark(): () => 'same context' | 'copy'
}

/** A line of a caller's, reached: what was current there, and what should have been. */
export interface Sight {
  point: string
  seen: string
  expected: string
}

export class Caller {
  readonly sights: Sight[] = []
  readonly wrap: Contexts['wrap']

  constructor(
    readonly name: string,
    private readonly contexts: Contexts | undefined,
  ) {
    this.wrap = contexts?.wrap ?? ((fn) => fn)
  }

  /**
   * A line of the caller's own code: who is current here is the caller, unless the job says (and says why) that it is another.
   * What stands before a colon names a strand: strands race each other, and only within each is the order certain.
   */
  see(point: string, expected: string = this.name): void {
    this.sights.push({ point, seen: this.contexts?.who() ?? expected, expected })
  }

  /** Names a class of promises that no engine made. */
  follow(promiseClass: { readonly prototype: PromiseLike<unknown> }): void {
    this.contexts?.followPromises(promiseClass)
  }

  /** Awaits what a library returned, and sees what is current afterwards. */
  async resume<T>(point: string, promise: PromiseLike<T>, into: 'same context' | 'copy' = 'same context'): Promise<T> {
    const same = this.contexts?.mark()
    const value = await promise
    this.sights.push({ point: `resumed, ${point}`, seen: same?.() ?? into, expected: into })
    this.see(point)
    return value
  }
}

/** What a person would do with a library; `see` stands wherever a library runs the person's code. */
export type Job = (caller: Caller) => Promise<unknown>
