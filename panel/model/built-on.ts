// Whether one value may have been made of another: `depth.set(depth.get() + 1)` counts on, and so goes on with what was there. Nobody knows
// how a value came about, so as soon as it looks like that it is taken for it.

import type { Preview } from '../../runtime/protocol'

export function isBuiltOn(value: Preview, before: Preview): boolean {
  if (value.kind !== before.kind) return false
  switch (value.kind) {
    case 'number':
    case 'bigint':
      return true
    case 'string':
      return textOf(value).includes(textOf(before)) || textOf(before).includes(textOf(value))
    default:
      return keepsEntries(value, before)
  }
}

/** Without its quotes, and as far as it is known. */
const textOf = ({ text }: Preview): string => text.replace(/^"|…?"$/g, '')

/** What has all entries of the other, be they grown, or all but one of several: a list with one more, an object that was spread. */
function keepsEntries(value: Preview, before: Preview): boolean {
  const known = before.entries ?? []
  const now = new Map(value.entries)
  const kept = known.filter(([key, entry]) => now.get(key)?.text === entry.text).length
  if (kept > 0 && kept >= known.length - 1) return true
  return known.length > 0 && known.every(([key, entry]) => isSameOrGrown(now.get(key), entry))
}

const isSameOrGrown = (value: Preview | undefined, before: Preview): boolean =>
  value !== undefined && (value.text === before.text || isBuiltOn(value, before))
