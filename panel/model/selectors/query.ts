// What a person types into the Find box: text, in which no character is special, or a regular expression between slashes. Case matters
// in neither.

import { boundedPattern } from '../bounded-pattern'

export interface Query {
  test(text: string): boolean
  /** Where in the text it is found first; null where it is not, or where nothing stands there. */
  find(text: string): { from: number; to: number } | null
  /** Why nothing is found, or why it is read as text where it looks like an expression. */
  remark: 'not a regex' | 'too slow' | 'as text' | null
}

/** Null where nothing is asked for. Whatever is typed, and be it half of something, answers without an error. */
export function parseQuery(typed: string): Query | null {
  const text = typed.trim()
  if (text === '') return null
  if (latest?.text !== text) latest = { text, query: parse(text) }
  return latest.query
}

/** Every row on the screen asks for the same one. */
let latest: { text: string; query: Query } | null = null

/** Addresses begin with slashes, too: what has no other end is text. */
const BETWEEN_SLASHES = /^\/(.+)\/i?$/

function parse(text: string): Query {
  const pattern = BETWEEN_SLASHES.exec(text)?.[1]
  if (pattern === undefined) {
    const isHalf = text.startsWith('/') && /[\\^$.*+?()[\]{}|]/.test(text)
    return queryOf(new RegExp(text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'), 'i'), isHalf ? 'as text' : null)
  }
  try {
    const bounded = boundedPattern(pattern, 'i')
    return bounded === null ? nothing('too slow') : queryOf(bounded, null)
  } catch {
    return nothing('not a regex')
  }
}

const nothing = (remark: Query['remark']): Query => ({ test: () => false, find: () => null, remark })

const queryOf = (wanted: RegExp, remark: Query['remark']): Query => ({
  test: (text) => wanted.test(text),
  find(text) {
    const found = wanted.exec(text)
    return found === null || found[0] === '' ? null : { from: found.index, to: found.index + found[0].length }
  },
  remark,
})
