// Classes that are constructed with a callback and call it whenever there is something to tell: observers, and the registry of
// what was collected. The callback belongs to the context of the construction; each call gets a fresh copy of it.

import { capture, repeat } from './callback'
import { getOwnPropertyDescriptor } from './natives'
import { replaceMethod, together } from './replace'

const OBSERVERS = [
  'MutationObserver',
  'IntersectionObserver',
  'ResizeObserver',
  'PerformanceObserver',
  'ReportingObserver',
  'FinalizationRegistry',
]

/** Begins to carry contexts into the callbacks of observers; returns what ends it. */
export function followObservers(): () => void {
  return together(OBSERVERS.map((name) => () => followObserver(name)))
}

type Constructor = new (...args: unknown[]) => object

/**
 * A proxy stands in front of the class: statics, `instanceof`, subclasses, `name` and `length` are the native's own, and what is
 * constructed is a native. Only the callback is another one.
 */
function followObserver(name: string): () => void {
  const native: unknown = getOwnPropertyDescriptor(globalThis, name)?.value
  if (typeof native !== 'function') return () => {}
  const followed: Constructor = new Proxy(native as Constructor, {
    construct(target, [callback, ...rest], newTarget) {
      const carried =
        typeof callback === 'function' ? repeat(callback as () => void, capture(name, followed), name) : callback
      return Reflect.construct(target, [carried, ...rest], newTarget)
    },
  })
  return together([
    () => replaceMethod(globalThis, name, followed),
    () => replaceMethod(native.prototype, 'constructor', followed),
  ])
}
