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

/**
 * Whether two pictures may be of one value, as far as both show it: they may be of different sizes. Two objects that look alike are told
 * apart by nobody.
 */
export function mayBeSame(one: Preview, other: Preview): boolean {
  if (one === other) return true
  if (one.kind !== other.kind) return false
  if (one.kind === 'string') return isSameText(one, other)
  const { entries: ours = [] } = one
  const { entries: theirs = [] } = other
  const isOpen = ours.length > 0 && theirs.length > 0
  if (!isOpen && !isCut(one) && !isCut(other)) return one.text === other.text
  // Below what they hold, the lines say nothing more than what they are.
  if (!isSameHead(one.text, other.text)) return false
  if (!isOpen) return ours.length === theirs.length || isCut(ours.length > 0 ? other : one)
  if (ours.length + (one.more ?? 0) !== theirs.length + (other.more ?? 0)) return false
  return ours.every(([name, value], at) => {
    const [otherName, otherValue] = theirs[at] ?? []
    return otherValue === undefined || (isSameCut(name, otherName ?? '') && mayBeSame(value, otherValue))
  })
}

const AT_THE_END = /…[()[\]{}"'\s]*$/

/** What is cut ends there, but for what closes it. Within, it may be the page's own. */
const isCut = ({ text }: Preview): boolean => AT_THE_END.test(text)

const HEAD = /^[^[{]*/
const isSameHead = (one: string, other: string): boolean =>
  isSameCut(HEAD.exec(one)?.[0] ?? '', HEAD.exec(other)?.[0] ?? '')

/** Of what ends in `…`, as far as it goes. */
function isSameCut(one: string, other: string): boolean {
  const [a = '', b = ''] = [one, other].map((text) => text.replace(AT_THE_END, ''))
  return one === other || (one !== a && b.startsWith(a)) || (other !== b && a.startsWith(b))
}

/** Of long texts the beginning is there, and how much was left out. */
function isSameText(one: Preview, other: Preview): boolean {
  if (one.more === other.more) return one.text === other.text
  const [a, b] = [charactersOf(one), charactersOf(other)]
  if (a === null || b === null || a.length + (one.more ?? 0) !== b.length + (other.more ?? 0)) return false
  return a.startsWith(b) || b.startsWith(a)
}

/** Null of what is no picture of a text by a recorder of ours. */
function charactersOf({ text, more }: Preview): string | null {
  try {
    const characters: unknown = JSON.parse(more === undefined ? text : `${text.slice(0, -2)}"`)
    return typeof characters === 'string' ? characters : null
  } catch {
    return null
  }
}
