// The form that a context has as data, and the copying of values, in which contexts are exchanged for that form, or back.

import { RuntimeError } from '../context/errors'

export const VERSION = 1

/** A context as data. */
export interface ReducedContext {
  /** The version of this form, and what tells it from any other object. */
  readonly $contextvars: 1
  /** Whether it is laid over a copy of what is current where it is restored. Otherwise it begins empty. */
  readonly copyContext: boolean
  /** Where there is no third element, the value is `undefined`, which JSON does not have. */
  readonly values: readonly (readonly [module: string, qualname: string, value?: unknown])[]
}

/** Whoever nests values deeper does not mean to; and what is as deep as data can be would exhaust the stack. */
const DEEPEST = 500

export const isData = (value: object): boolean => isPlain(value) && Object.hasOwn(value, '$contextvars')

/** Its prototype is that of objects, of whatever realm, or none. */
export function isPlain(value: object): boolean {
  const prototype: object | null = Object.getPrototypeOf(value)
  return prototype === null || Object.getPrototypeOf(prototype) === null
}

/**
 * Copies arrays, plain objects, maps and sets, with all that is in them; what is met twice is one copy. `exchange` answers with what
 * stands for an object in the copy, if that is not its own copy; whatever else there is, `check` may refuse.
 */
export function copier(
  exchange: (value: object) => object | undefined,
  check: (value: unknown) => void,
): (value: unknown) => unknown {
  /** Null while it is being exchanged. */
  const copies = new Map<object, object | null>()
  let depth = 0

  function copy(value: unknown): unknown {
    if (typeof value !== 'object' || value === null) {
      check(value)
      return value
    }
    const known = copies.get(value)
    if (known === null) throw new RuntimeError('a context that holds itself cannot be data')
    if (known !== undefined) return known
    if (depth >= DEEPEST) throw new RuntimeError(`what is nested deeper than ${DEEPEST} cannot be data`)
    depth++
    copies.set(value, null)
    const copied = exchange(value) ?? copyOf(value)
    copies.set(value, copied)
    depth--
    return copied
  }

  function copyOf(value: object): object {
    check(value)
    if (value instanceof Map) {
      const map = new Map()
      copies.set(value, map)
      for (const [key, item] of value) map.set(copy(key), copy(item))
      return map
    }
    if (value instanceof Set) {
      const set = new Set()
      copies.set(value, set)
      for (const item of value) set.add(copy(item))
      return set
    }
    const isList = Array.isArray(value)
    if (!isList && !isPlain(value)) return value
    // By what is there: a list of any length may have nothing in it.
    const made: object = isList ? Object.assign([], { length: value.length }) : {}
    copies.set(value, made)
    for (const [key, item] of Object.entries(value)) {
      // A definition, since an assignment to `__proto__` is none. A property that is undefined is as good as absent.
      const copied = item === undefined && !isList ? item : copy(item)
      Object.defineProperty(made, key, { value: copied, writable: true, enumerable: true, configurable: true })
    }
    return made
  }

  return copy
}
