// Replacing what belongs to the page, and giving it back.

import { defineProperty, getOwnPropertyDescriptor, ownKeys } from './natives'

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

/**
 * Remembers all own properties of `targets`. Once others' code has patched them, `patched()` tells what it changed;
 * what that returns puts every such property back, unless somebody has replaced it since.
 */
export function remember(targets: readonly object[]): { patched(): () => void } {
  const before = targets.map(
    (target) => new Map(ownKeys(target).map((key) => [key, getOwnPropertyDescriptor(target, key)])),
  )
  return {
    patched() {
      const changes: {
        target: object
        key: PropertyKey
        original: PropertyDescriptor | undefined
        ours: PropertyDescriptor
      }[] = []
      targets.forEach((target, index) => {
        for (const key of ownKeys(target)) {
          const ours = getOwnPropertyDescriptor(target, key)
          const original = before[index]?.get(key)
          if (ours !== undefined && !same(ours, original)) changes.push({ target, key, original, ours })
        }
      })
      return () => {
        for (const { target, key, original, ours } of changes) {
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
