// Readers of JSON that nobody vouches for: each answers what it is handed, with nothing in it but what it knows, or that it refuses it.
// What it is handed is its own from then on: it is put right in its place, and copied only where something in it is unknown, since a
// file has facts by the million, and a copy of each costs more than to read it. By hand, too: a schema library takes ten times as long.

export const REFUSED: unique symbol = Symbol('refused')

export type Reader<Value> = (candidate: unknown) => Value | typeof REFUSED

/** What `test` says of a value, which is passed on as it is. */
export const that =
  <Value>(test: (candidate: unknown) => boolean): Reader<Value> =>
  (candidate) =>
    test(candidate) ? (candidate as Value) : REFUSED

export const boolean: Reader<boolean> = that((candidate) => typeof candidate === 'boolean')

/** One of these words; answers ours, so that a million facts share it and engines compare it at a glance. */
export function oneOf<const Value extends string>(values: readonly Value[]): Reader<Value> {
  const known = new Map<unknown, Value>(values.map((value) => [value, value]))
  return (candidate) => known.get(candidate) ?? REFUSED
}

export const word =
  <const Value extends string>(value: Value): Reader<Value> =>
  (candidate) =>
    candidate === value ? value : REFUSED

export const orNull =
  <Value>(read: Reader<Value>): Reader<Value | null> =>
  (candidate) =>
    candidate === null ? null : read(candidate)

/** What was not told yet by those who wrote it is `fallback`. */
export const orElse =
  <Value>(read: Reader<Value>, fallback: Value): Reader<Value> =>
  (candidate) =>
    candidate === undefined ? fallback : read(candidate)

export function listOf<Value>(read: Reader<Value>, most = Number.POSITIVE_INFINITY): Reader<Value[]> {
  return (candidate) => {
    if (!Array.isArray(candidate) || candidate.length > most) return REFUSED
    for (let index = 0; index < candidate.length; index++) {
      const value = read(candidate[index])
      if (value === REFUSED) return REFUSED
      candidate[index] = value
    }
    return candidate
  }
}

type Readers<Value> = { [Key in keyof Value]-?: Reader<Value[Key]> }

/** Reads these keys, and leaves others behind, `__proto__` among them. */
export function objectOf<Value extends object>(readers: Readers<Value>): Reader<Value> {
  const keys = Object.keys(readers) as (keyof Value & string)[]
  const reads = keys.map((key) => readers[key] as Reader<Value[typeof key]>)
  return (candidate) => {
    if (typeof candidate !== 'object' || candidate === null) return REFUSED
    const said = candidate as Value
    const isWhole = keyCount(said) === keys.length
    const value: Partial<Value> = isWhole ? said : {}
    let isMissing = false
    for (let index = 0; index < keys.length; index++) {
      const key = keys[index] as keyof Value & string
      const told = said[key]
      const part = (reads[index] as Reader<Value[typeof key]>)(told)
      if (part === REFUSED) return REFUSED
      isMissing ||= told === undefined
      if (!isWhole || part !== told) value[key] = part
    }
    // Where one is missing and the number is right, another one is unknown.
    return (isWhole && isMissing ? only(said, keys) : value) as Value
  }
}

/** How many keys it has. */
export function keyCount(value: object): number {
  let count = 0
  for (const _key in value) count++
  return count
}

const only = <Value extends object>(value: Value, keys: readonly (keyof Value & string)[]): Partial<Value> =>
  Object.fromEntries(keys.map((key) => [key, value[key]])) as Partial<Value>
