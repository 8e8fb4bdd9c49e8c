// Facts that came packed over the road, as they were: each is looked at as any other. What is not packed as the protocol says ends it
// there.

import {
  type Fact,
  type Millis,
  PACKED_FIELDS,
  PREVIEW_KINDS,
  type Preview,
  type Seq,
  type VarReset,
  type VarSet,
} from '../../runtime/protocol'
import { isId, isNatural, parseFact } from './fact-schema'
import { DEEPEST_PREVIEW } from './limits'
import { plainText } from './plain-text'

/** Facts that were understood, and how many were told. */
export interface ReadFacts {
  facts: Fact[]
  told: number
}

/** Null where these are no rows. */
export function readRows(rows: readonly unknown[]): ReadFacts | null {
  const facts: Fact[] = []
  let [seq = 0] = rows
  let hundredths = 0
  let told = 0
  for (let at = 1; at < rows.length; told++) {
    const [place, elapsed] = [rows[at++], rows[at++]]
    if (typeof seq !== 'number' || typeof place !== 'number' || typeof elapsed !== 'number') return null
    const [type, fields] = PACKED_FIELDS[place] ?? []
    if (type === undefined || fields === undefined || at + fields.length > rows.length) return null
    hundredths += elapsed
    const fact =
      readWrite(type, seq, hundredths / 100, rows, at) ?? readAny(type, fields, seq, hundredths / 100, rows, at)
    if (fact !== null) facts.push(fact)
    at += fields.length
    seq++
  }
  return { facts, told }
}

function readAny(
  type: string,
  fields: readonly string[],
  seq: number,
  at: number,
  rows: readonly unknown[],
  start: number,
): Fact | null {
  const fact: Record<string, unknown> = { seq, at, type }
  for (let index = 0; index < fields.length; index++) {
    const field = fields[index] as string
    const value = rows[start + index]
    fact[field] = field === 'value' || field === 'default' ? unpackPreview(value, DEEPEST_PREVIEW) : value
  }
  return parseFact(fact)
}

/**
 * A set or a reset of a value that is one word, at once: pages send them by the million. Null for anything else, whatever is wrong
 * with it.
 */
function readWrite(
  type: string,
  seq: number,
  at: number,
  rows: readonly unknown[],
  start: number,
): VarSet | VarReset | null {
  if (type !== 'var-set' && type !== 'var-reset') return null
  const context = rows[start]
  const variable = rows[start + 1]
  const token = rows[start + 2]
  const packed = rows[start + 3]
  const stack = rows[start + 4]
  if (!isId(seq) || !Number.isFinite(at) || !isId(context) || !isId(variable) || !isId(token)) return null
  if (stack !== null && !isNatural(stack)) return null
  const value = packed === null && type === 'var-reset' ? null : readWord(packed)
  if (value === undefined) return null
  return { seq: seq as Seq, at: at as Millis, type, context, variable, token, value, stack } as VarSet | VarReset
}

function readWord(packed: unknown): Preview | undefined {
  if (!Array.isArray(packed) || packed.length !== 2) return undefined
  const [place, text]: unknown[] = packed
  const kind = typeof place === 'number' ? PREVIEW_KINDS[place] : undefined
  return kind === undefined || typeof text !== 'string' ? undefined : { kind, text: plainText(text) }
}

/** Where it is no packed preview, the value itself: the fact is refused for it. */
function unpackPreview(packed: unknown, depth: number): unknown {
  if (!Array.isArray(packed)) return packed
  const [kind, text, entries, more] = packed
  const preview: Record<string, unknown> = { kind: typeof kind === 'number' ? PREVIEW_KINDS[kind] : kind, text }
  if (Array.isArray(entries) && depth > 0) {
    preview.entries = entries.map((entry) =>
      Array.isArray(entry) ? [entry[0], unpackPreview(entry[1], depth - 1)] : entry,
    )
  }
  if (more !== undefined) preview.more = more
  return preview
}
