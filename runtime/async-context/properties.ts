// What the standard says of properties, where a class of the language has it otherwise, or a minifier would.

type Key = string | symbol

export const isObject = <O extends object>(value: unknown): value is O =>
  (typeof value === 'object' && value !== null) || typeof value === 'function'

/** As the name of a function, and the tag of a class of the standard's. */
export function dataProperty(target: object, key: Key, value: unknown): void {
  Object.defineProperty(target, key, { value, writable: false, enumerable: false, configurable: true })
}

/** Who is constructed for a function whose `prototype` is no object inherits from the class all the same. */
export function lookedUp(
  made: object,
  constructed: { readonly prototype: unknown },
  { prototype: standard }: { readonly prototype: object },
): void {
  if (Object.getPrototypeOf(made) !== standard && !isObject(constructed.prototype)) {
    Object.setPrototypeOf(made, standard)
  }
}

/** What `bind` does for its functions. What is asked of `fn` may throw. */
export function copyNameAndLength<F extends object>(made: F, fn: object, prefix: string): F {
  const length: unknown = Object.hasOwn(fn, 'length') ? Reflect.get(fn, 'length') : 0
  dataProperty(made, 'length', typeof length === 'number' ? Math.max(Math.trunc(length) || 0, 0) : 0)
  const name: unknown = Reflect.get(fn, 'name')
  dataProperty(made, 'name', `${prefix} ${typeof name === 'string' ? name : ''}`)
  return made
}
