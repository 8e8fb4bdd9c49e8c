// One of those that are compared: each runs in a process or a page of its own, so that none spoils the code of another.

import { type Effort, type Loop, measure } from './measure'

/**
 * - `get`: read one of four variables, in turn, that have a value
 * - `set + reset`: give one of four variables a value and take it back (peers without a reset: run an empty function with it)
 * - `copy`: a copy of what is current, which holds four variables (peers: what they call a snapshot)
 * - `run`: an empty function in a context that was made before
 * - `set among n`: overwrite one of n variables that have values, in an order that was drawn once
 * - `copy + set among n`: the same where all is kept as it was before
 */
export type Operation =
  | 'get'
  | 'set + reset'
  | 'copy'
  | 'run'
  | 'set among 10'
  | 'set among 10,000'
  | 'copy + set among 10'
  | 'copy + set among 10,000'

/** What makes the loop of each operation, in a state of its own. Left out where the peer has nothing like it. */
export type Peer<Name extends string = Operation> = Partial<Record<Name, () => Loop>>

export type Results = Record<string, number>

/** Makes the peer known to whoever loaded this file, who may ask for some of its operations only. */
export function offer<Name extends string = Operation>(peer: Peer<Name>): void {
  Reflect.set(globalThis, 'bench', async (effort: Effort, only?: string[]): Promise<Results> => {
    // Measured in any order: what ran before has an influence on what the compiler does. Prepared in one order: a variable that
    // is made after 10,000 others has a longer way to its value.
    const loops = Object.entries<(() => Loop) | undefined>(peer).flatMap(([operation, prepare]): [string, Loop][] =>
      prepare === undefined || only?.includes(operation) === false ? [] : [[operation, prepare()]],
    )
    const results: Results = {}
    for (const [operation, loop] of shuffled(loops)) results[operation] = await measure(loop, effort)
    return results
  })
}

export function shuffled<T>(items: readonly T[]): T[] {
  return items
    .map((item): [number, T] => [Math.random(), item])
    .sort(([a], [b]) => a - b)
    .map(([, item]) => item)
}
