// Readers of JSON that nobody vouches for: each answers a copy of what it is handed, with nothing in it but what it knows, or that it
// refuses it. By hand, since a page sends facts by the million, and a schema library takes ten times as long for each.

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
    const list: Value[] = []
    for (const item of candidate) {
      const value = read(item)
      if (value === REFUSED) return REFUSED
      list.push(value)
    }
    return list
  }
}

type Readers<Value> = { [Key in keyof Value]-?: Reader<Value[Key]> }

/** Reads these keys, and leaves others behind, `__proto__` among them. */
export function objectOf<Value extends object>(readers: Readers<Value>): Reader<Value> {
  const keys = Object.keys(readers) as (keyof Value & string)[]
  const reads = keys.map((key) => readers[key] as Reader<Value[typeof key]>)
  return (candidate) => {
    if (typeof candidate !== 'object' || candidate === null) return REFUSED
    const value: Partial<Value> = {}
    for (let index = 0; index < keys.length; index++) {
      const key = keys[index] as keyof Value & string
      const part = reads[index]?.((candidate as Value)[key]) ?? null
      if (part === REFUSED) return REFUSED
      value[key] = part as Value[typeof key]
    }
    return value as Value
  }
}
