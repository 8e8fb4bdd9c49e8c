// The natives that this room works with, taken before anything is patched, so that a page which replaces them later changes
// nothing here. The promise is asked of an async function: `globalThis.Promise` may be somebody's own by now.

type NativePromiseConstructor = typeof Promise

const prototype: Promise<unknown> = Object.getPrototypeOf((async () => {})())

export const NativePromise = prototype.constructor as NativePromiseConstructor
export const promisePrototype = prototype
export const nativeThen = prototype.then
export const nativeResolve = NativePromise.resolve
export const nativeQueueMicrotask = globalThis.queueMicrotask
export const nativeSetTimeout = globalThis.setTimeout
export const nativeClearTimeout = globalThis.clearTimeout
export const { apply, defineProperty, getOwnPropertyDescriptor, ownKeys } = Reflect
