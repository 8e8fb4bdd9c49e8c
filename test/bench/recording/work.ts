// What a page does while it is recorded, the same for every level of recording.

import { install } from '../../../runtime/async'
import { ContextVar, copyContext } from '../../../runtime/index'
import type { RecordOptions } from '../../../runtime/recorder'
import { record } from '../../../runtime/recorder'
import type { Loop } from '../measure'
import { offer, type Peer } from '../peer'

/**
 * - `set`: overwrite a variable
 * - `set + reset`: give a variable a value and take it back
 * - `set of an object`: the same, of a small object that nobody has seen before
 * - `promise.then`: a promise callback that touches nothing, registered and called
 * - `setTimeout`: a timer's callback, registered and cleared
 */
export type Work = 'set' | 'set + reset' | 'set of an object' | 'promise.then' | 'setTimeout'

/** As deep as an engine's stack traces are by default, and a little deeper than that. */
const DEPTH = 12

/** So that a stack is as deep as an application's. */
export function deep<T>(work: () => T, depth = DEPTH): T {
  return depth === 0 ? work() : deep(work, depth - 1)
}

const variable = new ContextVar<unknown>('variable')

/** In a context of its own: a page's work is seldom done in the base context. */
const within = (body: (times: number) => unknown) => (): Loop => (times) =>
  copyContext().run(() => deep(() => body(times)))

const work: Peer<Work> = {
  set: within((times) => {
    let last: unknown
    for (let i = 0; i < times; i++) last = variable.set(i)
    return last
  }),
  'set + reset': within((times) => {
    for (let i = 0; i < times; i++) variable.reset(variable.set(i))
    return variable.get(0)
  }),
  'set of an object': within((times) => {
    for (let i = 0; i < times; i++) variable.reset(variable.set({ id: i, name: 'somebody', roles: ['reader'] }))
    return variable.get(0)
  }),
  // Not to be run in the context itself: it would be left before the first callback.
  'promise.then': () => async (times) => {
    let last: unknown
    for (let i = 0; i < times; i++) last = await Promise.resolve(i).then((value) => value)
    return last
  },
  setTimeout: within((times) => {
    for (let i = 0; i < times; i++) clearTimeout(setTimeout(() => {}, 1_000))
  }),
}

/** Nobody records. */
export function offerUnrecorded(): void {
  install()
  offer(work)
}

/** Records at a level, and never leaves it for another. */
export function offerRecorded(stacks: NonNullable<RecordOptions['stacks']>): void {
  record({ stacks, budget: 1 })
  install()
  offer(work)
}
