// The natives that this room works with, taken before anything is patched, so that a page which replaces them later changes
// nothing here. The promise is asked of an async function: `globalThis.Promise` may be somebody's own by now.

type NativePromiseConstructor = typeof Promise

const prototype: Promise<unknown> = Object.getPrototypeOf((async () => {})())

export const NativePromise = prototype.constructor as NativePromiseConstructor
export const promisePrototype = prototype
export const nativeThen = theHostsThen()
export const nativeResolve = NativePromise.resolve
export const nativeQueueMicrotask = globalThis.queueMicrotask
export const nativeSetTimeout = globalThis.setTimeout
export const nativeClearTimeout = globalThis.clearTimeout

/**
 * A page's zone.js that was there first has put its own `then` in the place of the host's, and keeps that beside it. Markers
 * need the host's: zone.js runs callbacks from a queue of its own.
 */
function theHostsThen(): Promise<unknown>['then'] {
  const symbol: unknown = (globalThis as { Zone?: { __symbol__?: unknown } }).Zone?.__symbol__
  const kept: unknown = typeof symbol === 'function' ? Reflect.get(prototype, String(symbol('then'))) : undefined
  return typeof kept === 'function' ? (kept as Promise<unknown>['then']) : prototype.then
}

export const { apply, defineProperty, getOwnPropertyDescriptor, ownKeys } = Reflect
