// Bare errors in the place of sets and resets.

import type { Loop } from '../measure'
import { offer } from '../peer'
import { deep, type Work } from './work'

/** As many as a recorder keeps unread. */
const KEPT = 2048

/** `leave` is told of every error that is old enough. */
export function offerErrors(leave: (old: Error) => void): void {
  const kept: Error[] = []

  /** At the depth of the recorder's own functions, of which a stack says nothing. */
  function keep(index: number): void {
    const old = kept[index % KEPT]
    kept[index % KEPT] = new Error()
    if (old !== undefined) leave(old)
  }

  const loop =
    (each: number): (() => Loop) =>
    () =>
    (times) =>
      deep(() => {
        for (let i = 0; i < times * each; i++) keep(i)
        return kept
      })

  offer<Work>({ set: loop(1), 'set + reset': loop(2) })
}
