// Calls as an untyped page makes them: with arguments that the types forbid.

type Callable = (...args: never[]) => unknown
type Newable = new (...args: never[]) => unknown

export const construct = (target: Newable, ...args: unknown[]): unknown => Reflect.construct(target, args)

export const call = (method: Callable, self: unknown, ...args: unknown[]): unknown => Reflect.apply(method, self, args)

/** Assigns as a strict script does: what cannot be assigned throws. */
export function assign(target: object, property: PropertyKey, value: unknown): void {
  if (!Reflect.set(target, property, value)) throw new TypeError(`cannot assign ${String(property)}`)
}
