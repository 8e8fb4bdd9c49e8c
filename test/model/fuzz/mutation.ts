// Changes to what was once right. Of JSON: a value is dropped, doubled, swapped with another one, replaced or wrapped. Of its text:
// bytes are flipped, cut out, repeated, or put together with those of another text.

import type { Chance } from './chance'
import { hostileKeys, hostileValue, literals, property } from './hostile-values'

type Container = Record<string, unknown> | unknown[]

const isContainer = (value: unknown): value is Container => typeof value === 'object' && value !== null

/** A place in a piece of JSON: what is there stands at `key` of `within`. */
interface Place {
  within: Container
  key: string
}

function placesOf(json: Container): Place[] {
  const places: Place[] = []
  const todo: Container[] = [json]
  for (let within = todo.pop(); within !== undefined; within = todo.pop()) {
    for (const [key, value] of Object.entries(within)) {
      places.push({ within, key })
      if (isContainer(value)) todo.push(value)
    }
  }
  return places
}

const valueAt = ({ within, key }: Place): unknown => Object.getOwnPropertyDescriptor(within, key)?.value

const put = ({ within, key }: Place, value: unknown): void => {
  Object.defineProperty(within, key, property(value))
}

function remove({ within, key }: Place): void {
  if (Array.isArray(within)) within.splice(Number(key), 1)
  else delete within[key]
}

/** Changes `json` in some places. Everything in it belongs to the caller, who parsed it. */
export function mutateJson(json: Container, chance: Chance): void {
  const places = placesOf(json)
  for (let changes = 1 + chance.below(4); changes > 0 && places.length > 0; changes--) {
    const place = chance.pick(places)
    const other = chance.pick(places)
    switch (chance.below(8)) {
      case 0:
        remove(place)
        break
      case 1:
        if (Array.isArray(place.within)) place.within.splice(Number(place.key), 0, copyOf(valueAt(place)))
        else put({ within: place.within, key: chance.pick(hostileKeys) }, copyOf(valueAt(place)))
        break
      case 2: {
        const [a, b] = [copyOf(valueAt(place)), copyOf(valueAt(other))]
        put(place, b)
        put(other, a)
        break
      }
      case 3:
        put(place, chance.oneIn(2) ? [valueAt(place)] : { kind: 'object', text: 'x', entries: [['k', valueAt(place)]] })
        break
      case 4:
        if (Array.isArray(place.within)) place.within.push(...place.within.splice(0, chance.below(place.within.length)))
        else put({ within: place.within, key: chance.pick(hostileKeys) }, hostileValue(chance))
        break
      default:
        put(place, hostileValue(chance))
    }
  }
}

/** Swapping a value with what it stands in would make a circle, which JSON has none of. */
function copyOf(value: unknown): unknown {
  return value === undefined ? null : structuredClone(value)
}

export function mutateText(text: string, other: string, chance: Chance): string {
  let mutated = text
  for (let changes = 1 + chance.below(3); changes > 0; changes--) {
    const at = chance.below(mutated.length + 1)
    const [head, tail] = [mutated.slice(0, at), mutated.slice(at)]
    switch (chance.below(7)) {
      case 0:
        mutated = `${head}${String.fromCharCode(tail.charCodeAt(0) ^ (1 << chance.below(16)))}${tail.slice(1)}`
        break
      case 1:
        mutated = head
        break
      case 2:
        mutated = `${head}${tail.slice(chance.below(40))}`
        break
      case 3:
        mutated = `${head}${tail.slice(0, chance.below(60))}${tail}`
        break
      case 4:
        mutated = `${head}${other.slice(chance.below(other.length))}`
        break
      case 5:
        // A number or a text in the place of another one, so that what comes out is often JSON still.
        mutated = `${head}${tail.replace(/-?\d+|"[^"]*"/, () => chance.pick(literals))}`
        break
      default:
        mutated = `${head}${tail.replace(/\d+/, () => String(chance.below(20)))}`
    }
  }
  return mutated
}
