// The contexts of a page that was recorded for long, before its log is read: a world of what lives, without values, variables and
// history. The world that the facts make takes its place as soon as they are read so far.

import type { ContextId, ContextKind, Gap, OutlinePart } from '../../runtime/protocol'
import { emptyWorld } from './advance'
import { Children } from './children'
import { addContext } from './entries'
import { contextKind, isId, isNatural } from './fact-schema'
import { plainText } from './plain-text'
import { REFUSED } from './reader'
import type { ContextEntry, ContextState, World } from './world'

type Look = OutlinePart['looks'][number]

/** What a page answers who is asked for those from `from` on; null for anything else. */
export function parseOutlinePart(text: string, from: ContextId): OutlinePart | null {
  const part = partIn(text)
  if (part === null) return null
  const { last, next, looks, rows } = part
  if (!isNatural(last) || !(next === null || (isId(next) && next > from))) return null
  if (!Array.isArray(looks) || !Array.isArray(rows) || rows.length % 3 !== 0) return null
  const read: Look[] = []
  for (const candidate of looks) {
    const look = readLook(candidate)
    if (look === null) return null
    read.push(look)
  }
  let id = 0
  for (let at = 0; at < rows.length; at += 3) {
    const [step, parent, look]: unknown[] = [rows[at], rows[at + 1], rows[at + 2]]
    if (!isId(step) || !isNatural(parent) || !isNatural(look) || look >= read.length) return null
    id += step
    if (!Number.isSafeInteger(id) || (at === 0 && id < from) || (next !== null && id >= next)) return null
  }
  return { last, next: next as ContextId | null, looks: read, rows }
}

function partIn(text: string): Record<keyof OutlinePart, unknown> | null {
  try {
    const { part } = JSON.parse(text)
    return typeof part === 'object' ? part : null
  } catch {
    return null
  }
}

function readLook(candidate: unknown): Look | null {
  if (!Array.isArray(candidate)) return null
  const [kind, name, api, isOver]: unknown[] = candidate
  const known = contextKind(kind)
  if (known === REFUSED || !isNameOrNull(name) || !isNameOrNull(api) || typeof isOver !== 'boolean') return null
  return [known as ContextKind, name && plainText(name), api && plainText(api), isOver]
}

const isNameOrNull = (value: unknown): value is string | null => value === null || typeof value === 'string'

/** What the parts tell together. */
export function outlineWorld(parts: readonly OutlinePart[]): World {
  const world = emptyWorld()
  for (const part of parts) outlineMore(world, part)
  return world
}

/** Adds what the next part tells. `seq` is the newest fact by then. */
export function outlineMore(world: World, { last, looks, rows }: OutlinePart): void {
  world.seq = last
  const { contexts, parents, roots } = world
  let id = 0
  for (let at = 0; at < rows.length; at += 3) {
    id += rows[at] as number
    const parent = rows[at + 1] as number
    const [kind, name, api, isOver] = looks[rows[at + 2] as number] as Look
    // Whoever counts its contexts names none that came later.
    const above = parent > 0 && parent < id ? aboveOf(world, parent as ContextId) : null
    const entry = new Outlined(id as ContextId, above?.id ?? null, kind, name, api, isOver ? 'ended' : 'alive')
    contexts.set(entry.id, entry as unknown as ContextEntry)
    parents.set(entry.id, above?.id ?? 0)
    if (above === null) roots.add(entry.id)
    else above.children = above.children.with(entry.id)
    if (kind === 'base') world.base ??= entry.id
  }
}

/** One that is named and not told of is gone. */
function aboveOf({ contexts, parents, roots }: World, id: ContextId): ContextEntry {
  const known = contexts.get(id)
  if (known !== undefined) return known
  const gone = new Outlined(id, null, 'unknown', null, null, 'collected') as unknown as ContextEntry
  contexts.set(id, gone)
  parents.set(id, 0)
  roots.add(id)
  return gone
}

/** A context of which little is known, and made by the hundred thousand: what is the same for all stands in the prototype. */
class Outlined {
  children = Children.none

  constructor(
    readonly id: ContextId,
    readonly parent: ContextId | null,
    readonly kind: ContextKind,
    readonly name: string | null,
    readonly api: string | null,
    readonly state: ContextState,
  ) {}
}
Object.assign(Outlined.prototype, addContext(emptyWorld(), 0 as ContextId, { seq: 0, at: 0 } as Gap))
