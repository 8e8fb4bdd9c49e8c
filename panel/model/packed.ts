// Unpacks what came over the road: facts as they were, still to be looked at one by one. Whatever is not packed as the protocol says
// ends it there.

import { PACKED_FIELDS, PREVIEW_KINDS } from '../../runtime/protocol'
import { DEEPEST_PREVIEW } from './limits'

type Json = Record<string, unknown>

/** The facts of `rows`, none of them checked; null where these are no rows. */
export function unpack(rows: readonly unknown[]): Json[] | null {
  const facts: Json[] = []
  let [seq = 0] = rows
  let hundredths = 0
  for (let at = 1; at < rows.length; ) {
    const [place, elapsed] = [rows[at++], rows[at++]]
    if (typeof seq !== 'number' || typeof place !== 'number' || typeof elapsed !== 'number') return null
    const [type, fields] = PACKED_FIELDS[place] ?? []
    if (type === undefined || fields === undefined || at + fields.length > rows.length) return null
    hundredths += elapsed
    const fact: Json = { seq: seq++, at: hundredths / 100, type }
    for (const field of fields) {
      const value = rows[at++]
      fact[field] = field === 'value' || field === 'default' ? unpackPreview(value, DEEPEST_PREVIEW) : value
    }
    facts.push(fact)
  }
  return facts
}

/** Where it is no packed preview, the value itself: the fact is refused for it. */
function unpackPreview(packed: unknown, depth: number): unknown {
  if (!Array.isArray(packed)) return packed
  const [kind, text, entries, more] = packed
  const preview: Json = { kind: typeof kind === 'number' ? PREVIEW_KINDS[kind] : kind, text }
  if (Array.isArray(entries) && depth > 0) {
    preview.entries = entries.map((entry) =>
      Array.isArray(entry) ? [entry[0], unpackPreview(entry[1], depth - 1)] : entry,
    )
  }
  if (more !== undefined) preview.more = more
  return preview
}
