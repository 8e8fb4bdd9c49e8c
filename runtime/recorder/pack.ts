// Packs facts for the road: names are left out, and what is told of each stands in the order that the protocol says.

import { type Fact, PACKED_FIELDS, PREVIEW_KINDS, type Preview } from '../protocol'

const typeOf = new Map(PACKED_FIELDS.map(([type, fields], index) => [type as Fact['type'], { index, fields }]))
const kindOf = new Map(PREVIEW_KINDS.map((kind, index) => [kind, index]))

/** Facts with consecutive numbers, as the `rows` of a packed batch. */
export function pack(facts: readonly Fact[]): unknown[] {
  const rows: unknown[] = [facts[0]?.seq ?? 0]
  let before = 0
  for (const fact of facts) {
    const type = typeOf.get(fact.type)
    // There is none without: the list is checked by a test.
    if (type === undefined) throw new Error(`A fact of an unknown type: ${fact.type}`)
    const at = Math.round(fact.at * 100)
    rows.push(type.index, at - before)
    before = at
    for (const field of type.fields) {
      const value = (fact as unknown as Record<string, unknown>)[field] ?? null
      rows.push((field === 'value' || field === 'default') && value !== null ? packPreview(value as Preview) : value)
    }
  }
  return rows
}

function packPreview({ kind, text, entries, more }: Preview): unknown[] {
  const packed: unknown[] = [kindOf.get(kind), text]
  if (entries === undefined && more === undefined) return packed
  packed.push(entries?.map(([key, value]) => [key, packPreview(value)]) ?? null)
  if (more !== undefined) packed.push(more)
  return packed
}
