// Whether two pictures are certainly of one and the same value.

import type { Preview, PreviewKind } from '../../runtime/protocol'

/** Two of these that look the same are the same. */
const PLAIN: ReadonlySet<PreviewKind> = new Set(['undefined', 'null', 'boolean', 'number', 'bigint', 'string'])

export const isSameValue = (one: Preview, other: Preview): boolean =>
  PLAIN.has(one.kind) &&
  one.kind === other.kind &&
  one.text === other.text &&
  // What was left out of a long text, or taken out of a recording and stands in brackets, may have been different.
  one.more === undefined &&
  !one.text.includes('[')
