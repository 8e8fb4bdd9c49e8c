// The natives that this room works with, taken before anything is patched, so that a page which replaces them later changes
// nothing here. A page's zone.js that was there first has put others in their place, and keeps them beside those.

export const { apply, defineProperty, getOwnPropertyDescriptor, getPrototypeOf, ownKeys } = Reflect
export const { hasOwn } = Object

const { call } = Function.prototype

/** `apply` with two arguments, where every nanosecond counts: engines inline `call`, and it is asked whether it still is itself. */
export function applyTwo<A, B, R>(fn: (a: A, b: B) => R, self: unknown, a: A, b: B): R {
  return fn.call === call ? fn.call(self, a, b) : apply(fn, self, [a, b])
}

/** What zone.js keeps of `owner[name]`, where the page has one. */
function keptByZone(owner: object, name: string): unknown {
  try {
    const symbol: unknown = (globalThis as { Zone?: { __symbol__?: unknown } }).Zone?.__symbol__
    return typeof symbol === 'function' ? Reflect.get(owner, String(symbol(name))) : undefined
  } catch {
    // It only has that name.
    return undefined
  }
}

/** zone.js lets its own functions look like the host's. */
const shown = Function.prototype.toString
export const sourceOf = (keptByZone(shown, 'OriginalDelegate') ?? shown) as typeof shown

/** Whether a function is the engine's or the host's, and not written by anybody. Bound functions and proxies pass for it. */
export function isNative(fn: unknown): boolean {
  return typeof fn === 'function' && /\{\s*\[native code\]\s*\}$/.test(apply(sourceOf, fn, []))
}

/** Whether the engine itself runs a function as it runs `example`. One of another frame is not known for what it is. */
const isRunAs = (example: () => unknown): ((fn: unknown) => boolean) => {
  // Where a build made something else of it, that of any function.
  const prototype: unknown = Object.getPrototypeOf(example)
  return (fn) => prototype !== Function.prototype && typeof fn === 'function' && Object.getPrototypeOf(fn) === prototype
}

export const isNativeAsync = isRunAs(async () => {})
export const isNativeAsyncGenerator = isRunAs(async function* () {})

/** The promise is asked of an async function: `globalThis.Promise` may be somebody's own by now. */
function promiseOfTheHost(): typeof Promise {
  const made: typeof Promise = Object.getPrototypeOf((async () => {})()).constructor
  // Where a build made a generator of it, it answers with the page's own.
  const kept = isNative(made) ? made : keptByZone(globalThis, 'Promise')
  return isNative(kept) ? (kept as typeof Promise) : made
}

export const NativePromise = promiseOfTheHost()
export const promisePrototype: Promise<unknown> = NativePromise.prototype
export const { isArray, prototype: arrayPrototype } = Array
export const nativeArrayIterator = arrayPrototype[Symbol.iterator]
export const nativeAll = NativePromise.all
export const nativeResolve = NativePromise.resolve
export const nativeThen = thenOfTheHost()
export const nativeQueueMicrotask = globalThis.queueMicrotask
export const nativeSetTimeout = globalThis.setTimeout
export const nativeClearTimeout = globalThis.clearTimeout

/** Markers need it: zone.js runs callbacks from a queue of its own. */
function thenOfTheHost(): Promise<unknown>['then'] {
  const kept = keptByZone(promisePrototype, 'then')
  return isNative(kept) ? (kept as Promise<unknown>['then']) : promisePrototype.then
}
