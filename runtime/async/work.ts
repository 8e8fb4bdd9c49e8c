// Which promise tells of which work: the result of a task, and what a run returns. Who waits for one waits for what goes on in another
// context. Kept only for who listens, and by the numbers of contexts: who has a promise is not to hold a context.

import type { Context } from '../context/context'
import type { Carrier } from '../context/storage'
import { type Boundary, type Tap, tap } from '../context/tap'
import { runSegment } from './segment'

type Works = WeakMap<object, number>

/** Who listens from now on was not told of the works of before. */
const heard = new WeakMap<Tap, Works>()

/** `result` comes of what goes on in `context`. Who knew it first knows it best. */
export function noteWork(result: unknown, { id }: Context, listener: Tap): void {
  if (typeof result !== 'object' || result === null) return
  const works: Works = heard.get(listener) ?? new WeakMap()
  if (works.has(result)) return
  heard.set(listener, works.set(result, id))
}

/** The code that is current waits for `result`. Told once: who waits for it again learns nothing more of that work. */
export function noteWaiting(result: unknown, listener: Tap, boundary: Boundary): void {
  const works = heard.get(listener)
  const context = works?.get(result as object)
  if (context === undefined) return
  works?.delete(result as object)
  listener.workAwaited?.(context, boundary)
}

/** Runs code of the page for `context.run`, whose promise somebody may wait for. */
export const runNoted: Carrier = (context, fn, self, args) => {
  const result = runSegment(context, fn, self, args)
  if (tap !== null) noteWork(result, context, tap)
  return result
}
