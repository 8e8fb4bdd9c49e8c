// Pictures of the page's values. Nothing here calls a getter, a `toJSON`, an iterator or any other code of the page, with one
// exception that nobody can tell apart from outside: the traps of a Proxy. What throws becomes 'unreadable'. Everything is
// bounded: depth, number of properties, length of text.

import type { Preview, PreviewKind, PreviewSize } from '../protocol'
import {
  ArrayPrototype,
  apply,
  getOwnPropertyDescriptor,
  getPrototypeOf,
  isArray,
  ObjectPrototype,
  ownKeys,
  quote,
} from './natives'

/** How far a preview looks. */
export interface PreviewLimits {
  depth: number
  /** Properties or elements at each level. */
  width: number
  /** Characters of one text. */
  length: number
  /** The place of the first property or element that is looked at. Where it is said, the depth is one. */
  from?: number
  /** Told each value that is looked at, in order: nothing is told for a hole in an array, undefined for an accessor. */
  found?: (value: unknown) => void
}

const SIZES: Readonly<Record<PreviewSize, PreviewLimits>> = {
  small: { depth: 1, width: 4, length: 40 },
  usual: { depth: 2, width: 12, length: 200 },
  large: { depth: 3, width: 20, length: 1000 },
}

/** As whoever records wants them; a realm has one recorder. */
export const previews: { size: PreviewSize } = { size: 'usual' }

const getter = (prototype: object | undefined, name: PropertyKey): unknown =>
  prototype === undefined ? undefined : getOwnPropertyDescriptor(prototype, name)?.get

const bigIntToString = BigInt.prototype.toString
const symbolToString = Symbol.prototype.toString
const regExpSource = getter(RegExp.prototype, 'source')
/** One by one: `flags` itself asks the object for each, which may have getters of its own. */
const regExpFlags = Object.entries({
  d: 'hasIndices',
  g: 'global',
  i: 'ignoreCase',
  m: 'multiline',
  s: 'dotAll',
  u: 'unicode',
  v: 'unicodeSets',
  y: 'sticky',
}).map(([letter, name]) => [letter, getter(RegExp.prototype, name)] as const)
const dateToISOString = Date.prototype.toISOString
const dateGetTime = Date.prototype.getTime
const mapSize = getter(Map.prototype, 'size')
const mapEntries = Map.prototype.entries
const nextOfMap = new Map<unknown, unknown>().entries().next
const setSize = getter(Set.prototype, 'size')
const setValues = Set.prototype.values
const nextOfSet = new Set<unknown>().values().next
const typedArrayPrototype = getPrototypeOf(Uint8Array.prototype) ?? undefined
const typedArrayLength = getter(typedArrayPrototype, 'length')
/** Undefined for whatever is no typed array; it does not throw. */
const typedArrayName = getter(typedArrayPrototype, Symbol.toStringTag)
const nodeName = getter(globalThis.Node?.prototype, 'nodeName')
const isPrototype = ObjectPrototype.isPrototypeOf

const builtIn: readonly [PreviewKind, object | undefined][] = [
  ['error', Error.prototype],
  ['date', Date.prototype],
  ['map', Map.prototype],
  ['set', Set.prototype],
  ['promise', Promise.prototype],
  ['regexp', RegExp.prototype],
  ['node', globalThis.Node?.prototype],
]

export function preview(value: unknown, limits = SIZES[previews.size]): Preview {
  try {
    return picture(value, limits, limits.depth, [])
  } catch {
    return { kind: 'unreadable', text: '(cannot be looked at)' }
  }
}

function picture(value: unknown, limits: PreviewLimits, depth: number, above: readonly object[]): Preview {
  switch (typeof value) {
    case 'undefined':
      return { kind: 'undefined', text: 'undefined' }
    case 'boolean':
      return { kind: 'boolean', text: value ? 'true' : 'false' }
    case 'number':
      return { kind: 'number', text: Object.is(value, -0) ? '-0' : `${value}` }
    case 'bigint':
      return bigint(value)
    case 'string':
      return string(value, limits)
    case 'symbol':
      return { kind: 'symbol', text: cut(apply(symbolToString, value, []), limits.length) }
    case 'function':
      return { kind: 'function', text: `ƒ ${cut(ownText(value, 'name') || 'anonymous', limits.length)}()` }
    case 'object':
      return value === null ? { kind: 'null', text: 'null' } : object(value, limits, depth, above)
    default:
      return { kind: 'unreadable', text: '(of an unknown type)' }
  }
}

function bigint(value: bigint): Preview {
  // Printing a number of a million digits takes seconds; nobody reads it.
  const small = BigInt.asIntN(512, value) === value
  return { kind: 'bigint', text: small ? `${apply(bigIntToString, value, [])}n` : '(a bigint beyond 512 bits)' }
}

function string(value: string, limits: PreviewLimits): Preview {
  if (value.length <= limits.length) return { kind: 'string', text: quote(value) }
  const head = quote(value.slice(0, limits.length))
  return { kind: 'string', text: `${head.slice(0, -1)}…"`, more: value.length - limits.length }
}

const cut = (text: string, length: number): string => (text.length > length ? `${text.slice(0, length)}…` : text)

/** An own data property that is a string; accessors are not called. */
function ownText(target: object, key: string): string {
  const value: unknown = getOwnPropertyDescriptor(target, key)?.value
  return typeof value === 'string' ? value : ''
}

function kindOf(value: object): PreviewKind {
  // Elements of a typed array are own properties: as an object, a picture of ten million would list ten million keys.
  if (isArray(value) || read(typedArrayName, value) !== undefined) return 'array'
  // Most objects are plain.
  if (getPrototypeOf(value) === ObjectPrototype) return 'object'
  for (const [kind, prototype] of builtIn) {
    if (prototype !== undefined && apply(isPrototype, prototype, [value])) return kind
  }
  return 'object'
}

/** The name of the class, as far as data properties tell it. */
function className(value: object): string {
  const prototype = getPrototypeOf(value)
  if (prototype === null || prototype === ObjectPrototype || prototype === ArrayPrototype) return ''
  const made: unknown = getOwnPropertyDescriptor(prototype, 'constructor')?.value
  const name = typeof made === 'function' ? ownText(made, 'name') : ''
  return name === 'Object' || name === 'Array' ? '' : cut(name, 60)
}

function object(value: object, limits: PreviewLimits, depth: number, above: readonly object[]): Preview {
  if (above.includes(value)) return { kind: kindOf(value), text: '(circular)' }
  const name = className(value)
  const kind = kindOf(value)
  try {
    switch (kind) {
      case 'error':
        return { kind, text: `${name || 'Error'}: ${cut(ownText(value, 'message'), limits.length)}` }
      case 'date': {
        const valid = !Number.isNaN(apply(dateGetTime, value, []))
        return { kind, text: valid ? apply(dateToISOString, value as Date, []) : 'Invalid Date' }
      }
      case 'regexp':
        return { kind, text: cut(`/${read(regExpSource, value)}/${flagsOf(value)}`, limits.length) }
      case 'promise':
        return { kind, text: name || 'Promise' }
      case 'node':
        return { kind, text: `<${cut(String(read(nodeName, value)).toLowerCase(), 60)}>` }
      case 'map':
        return collection(
          kind,
          name,
          Number(read(mapSize, value)),
          entriesOfMap(value as Map<unknown, unknown>, limits, depth, above),
        )
      case 'set':
        return collection(
          kind,
          name,
          Number(read(setSize, value)),
          entriesOfSet(value as Set<unknown>, limits, depth, above),
        )
      case 'array':
        return array(value, name, limits, depth, above)
    }
  } catch {
    // It inherits from the built-in without being one: shown as the object it is.
  }
  return plain(value, name, limits, depth, above)
}

function read(method: unknown, value: object): unknown {
  return typeof method === 'function' ? apply(method as () => unknown, value, []) : undefined
}

function flagsOf(value: object): string {
  let flags = ''
  for (const [letter, flag] of regExpFlags) if (read(flag, value) === true) flags += letter
  return flags
}

type Entries = [key: string, value: Preview][]

/** Some elements, by the iterators of the language: those of a subclass would be the page's code. */
function* someOf<T>(
  iterator: Iterator<T>,
  next: () => IteratorResult<T>,
  { from = 0, width }: PreviewLimits,
): Generator<T> {
  for (let index = 0; index < from + width; index++) {
    const { done, value } = apply(next, iterator, [])
    if (done === true) return
    if (index >= from) yield value
  }
}

function entriesOfMap(
  map: Map<unknown, unknown>,
  limits: PreviewLimits,
  depth: number,
  above: readonly object[],
): Entries {
  const inside = [...above, map]
  if (depth <= 0) return []
  return Array.from(someOf(apply(mapEntries, map, []), nextOfMap, limits), ([key, value]) => {
    limits.found?.(value)
    return [picture(key, limits, 0, inside).text, picture(value, limits, depth - 1, inside)]
  })
}

function entriesOfSet(set: Set<unknown>, limits: PreviewLimits, depth: number, above: readonly object[]): Entries {
  const inside = [...above, set]
  if (depth <= 0) return []
  return Array.from(someOf(apply(setValues, set, []), nextOfSet, limits), (value, index) => {
    limits.found?.(value)
    return [`${(limits.from ?? 0) + index}`, picture(value, limits, depth - 1, inside)]
  })
}

function collection(kind: 'map' | 'set', name: string, size: number, entries: Entries): Preview {
  return finish(kind, `${name}(${size}) `, entries, size, kind === 'map' ? ' => ' : null)
}

function array(list: object, name: string, limits: PreviewLimits, depth: number, above: readonly object[]): Preview {
  const length = Number(isArray(list) ? getOwnPropertyDescriptor(list, 'length')?.value : read(typedArrayLength, list))
  const entries: Entries = []
  const inside = [...above, list]
  const { from = 0, width } = limits
  for (let index = from; depth > 0 && index < length && index < from + width; index++) {
    const descriptor = getOwnPropertyDescriptor(list, `${index}`)
    entries.push([
      `${index}`,
      descriptor === undefined ? { kind: 'undefined', text: 'empty' } : property(descriptor, limits, depth, inside),
    ])
  }
  return finish('array', `${name}(${length}) `, entries, length, null)
}

function plain(value: object, name: string, limits: PreviewLimits, depth: number, above: readonly object[]): Preview {
  // Listing the keys of a large object is what costs; where none would be shown, none are listed.
  if (depth <= 0) return { kind: 'object', text: name === '' ? '{…}' : `${name} {…}` }
  const keys = ownKeys(value)
  const entries: Entries = []
  const inside = [...above, value]
  for (let index = limits.from ?? 0; index < keys.length && entries.length < limits.width; index++) {
    const key = keys[index]
    if (key === undefined) continue
    const descriptor = getOwnPropertyDescriptor(value, key)
    if (descriptor === undefined) continue
    const label = typeof key === 'symbol' ? apply(symbolToString, key, []) : key
    entries.push([cut(label, limits.length), property(descriptor, limits, depth, inside)])
  }
  return finish('object', name === '' ? '' : `${name} `, entries, keys.length, ': ')
}

function property(
  descriptor: PropertyDescriptor,
  limits: PreviewLimits,
  depth: number,
  inside: readonly object[],
): Preview {
  limits.found?.(descriptor.value)
  if (descriptor.get !== undefined || descriptor.set !== undefined) return { kind: 'unreadable', text: '(accessor)' }
  try {
    return picture(descriptor.value, limits, depth - 1, inside)
  } catch {
    return { kind: 'unreadable', text: '(cannot be looked at)' }
  }
}

/** One line of the first entries, within the limits, around what is known of the rest. */
function finish(kind: PreviewKind, head: string, entries: Entries, total: number, separator: string | null): Preview {
  const [open, close] = kind === 'array' ? ['[', ']'] : ['{', '}']
  const shown: string[] = []
  let length = 0
  for (const [key, value] of entries) {
    const text = separator === null ? value.text : `${key}${separator}${value.text}`
    length += text.length
    if (length > 100 && shown.length > 0) break
    shown.push(cut(text, 100))
  }
  if (shown.length < total) shown.push('…')
  const line = `${head.trimStart()}${open}${shown.join(', ')}${close}`
  const result: Preview = { kind, text: kind === 'array' && total === 0 && head.startsWith('(') ? '[]' : line }
  if (entries.length > 0) result.entries = entries
  if (total > entries.length) result.more = total - entries.length
  return result
}
