// Packs facts for the road: names are left out, and what is told of each stands in the order that the protocol says.

import { type Fact, PACKED_FIELDS, PREVIEW_KINDS, type Preview } from '../protocol'

const typeOf = new Map(PACKED_FIELDS.map(([type, fields], index) => [type as Fact['type'], { index, fields }]))
const kindOf = new Map(PREVIEW_KINDS.map((kind, index) => [kind, index]))

/** Facts with consecutive numbers, as the `rows` of a packed batch. By index alone: a page may have replaced what arrays can do. */
export function pack(facts: readonly Fact[]): unknown[] {
  const rows: unknown[] = [facts[0]?.seq ?? 0]
  let end = 1
  let before = 0
  for (let index = 0; index < facts.length; index++) {
    const fact = facts[index] as Fact
    const type = typeOf.get(fact.type)
    // There is none without: the list is checked by a test.
    if (type === undefined) throw new Error(`A fact of an unknown type: ${fact.type}`)
    const at = Math.round(fact.at * 100)
    rows[end++] = type.index
    rows[end++] = at - before
    before = at
    for (let place = 0; place < type.fields.length; place++) {
      const field = type.fields[place] as string
      const value = (fact as unknown as Record<string, unknown>)[field] ?? null
      rows[end++] = (field === 'value' || field === 'default') && value !== null ? packPreview(value as Preview) : value
    }
  }
  return rows
}

function packPreview({ kind, text, entries, more }: Preview): unknown[] {
  const packed: unknown[] = [kindOf.get(kind), text]
  if (entries !== undefined) packed[2] = packEntries(entries)
  else if (more !== undefined) packed[2] = null
  if (more !== undefined) packed[3] = more
  return packed
}

function packEntries(entries: NonNullable<Preview['entries']>): unknown[] {
  const packed: unknown[] = []
  for (let index = 0; index < entries.length; index++) {
    const entry = entries[index]
    if (entry !== undefined) packed[index] = [entry[0], packPreview(entry[1])]
  }
  return packed
}
