// Replacing what belongs to the page, and giving it back.

import { defineProperty, getOwnPropertyDescriptor } from './natives'

/** The prototype of a class of the host, by its name. Getters of the global object are not called: Node's make what nobody asked for. */
export function prototypeOf(name: string): object | null {
  const made: unknown = getOwnPropertyDescriptor(globalThis, name)?.value
  return typeof made === 'function' && typeof made.prototype === 'object' ? made.prototype : null
}

/**
 * Puts `replacement` where `target[name]` is; returns what puts the original back, unless somebody has replaced it since.
 * Throws a TypeError when the property cannot be replaced.
 */
export function replaceMethod(target: object, name: string, replacement: unknown): () => void {
  const original = getOwnPropertyDescriptor(target, name)
  if (original === undefined) return () => {}
  if (!defineProperty(target, name, { ...original, value: replacement })) {
    throw new TypeError(`${name} is frozen and cannot be replaced`)
  }
  return () => {
    if (getOwnPropertyDescriptor(target, name)?.value === replacement) defineProperty(target, name, original)
  }
}

/** The same for a property with a getter and a setter. One that cannot be configured is left as it is. */
export function replaceAccessor(target: object, name: string, accessor: PropertyDescriptor): () => void {
  const original = getOwnPropertyDescriptor(target, name)
  if (original?.configurable !== true || !defineProperty(target, name, { ...original, ...accessor })) return () => {}
  return () => {
    const { get, set } = getOwnPropertyDescriptor(target, name) ?? {}
    const ours = { get: original.get, set: original.set, ...accessor }
    if (get === ours.get && set === ours.set) defineProperty(target, name, original)
  }
}

/** Begins one thing after the other; when one of them throws, those before it end. Returns what ends all. */
export function together(beginnings: readonly (() => () => void)[]): () => void {
  const undo: (() => void)[] = []
  const end = (): void => {
    for (const undoOne of undo) undoOne()
  }
  try {
    for (const begin of beginnings) undo.push(begin())
  } catch (error) {
    end()
    throw error
  }
  return end
}

/**
 * Remembers the properties of `target` that others' code is about to patch: those with these names, and whatever has a symbol.
 * (A walk over all of a window makes the host create hundreds of classes that nobody asked for.) `patched()` sees what it
 * changed; what that returns puts every such property back, unless somebody has replaced it since.
 */
export function remember(target: object, names: readonly string[]): { patched(): () => void } {
  const keys = (): PropertyKey[] => [...names, ...Object.getOwnPropertySymbols(target)]
  const before = new Map(keys().map((key) => [key, getOwnPropertyDescriptor(target, key)]))
  return {
    patched() {
      const changes: { key: PropertyKey; original: PropertyDescriptor | undefined; ours: PropertyDescriptor }[] = []
      for (const key of keys()) {
        const ours = getOwnPropertyDescriptor(target, key)
        const original = before.get(key)
        if (ours !== undefined && !same(ours, original)) changes.push({ key, original, ours })
      }
      return () => {
        for (const { key, original, ours } of changes) {
          const now = getOwnPropertyDescriptor(target, key)
          if (now === undefined || !same(now, ours)) continue
          if (original === undefined) Reflect.deleteProperty(target, key)
          else defineProperty(target, key, original)
        }
      }
    },
  }
}

function same(a: PropertyDescriptor, b: PropertyDescriptor | undefined): boolean {
  return b !== undefined && Object.is(a.value, b.value) && a.get === b.get && a.set === b.set
}
