// What the recorder needs of the language, taken before the page's own code runs, so that a page which replaces `JSON`, adds
// `Array.prototype.toJSON` or freezes everything neither breaks the recorder nor gets its code run by it.

export const { apply, construct, defineProperty, get, getOwnPropertyDescriptor, getPrototypeOf, ownKeys } = Reflect
export const { parse, stringify } = JSON
export const { isArray } = Array
const { bind } = Function.prototype
/** `method`, to be called as a function. */
export const bound = <Method>(method: Method, self: object): Method => apply(bind, method, [self]) as Method

export const NativeError = Error
export const ObjectPrototype = Object.prototype
export const ArrayPrototype = Array.prototype
export const NativeWeakRef = WeakRef
export const NativeFinalizationRegistry = FinalizationRegistry

const { performance } = globalThis
const performanceNow = performance.now

export const now = (): number => apply(performanceNow, performance, [])
export const { timeOrigin } = performance
/** The wall's clock, which may be set: good for telling that time went by. */
export const { now: wallNow } = Date

/** Replaced by the page or not, `"x"` quoted as JSON. */
export const quote = (text: string): string => stringify(text)
