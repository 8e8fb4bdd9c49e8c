// What a person wants taken out of exports beside the defaults: names, and regular expressions. What they wrote becomes rules, or a
// sentence that says what is wrong with it.

import { boundedPattern, UNBOUNDED } from './bounded-pattern'
import { LONGEST_RULES, MOST_RULES } from './limits'
import { quotation } from './plain-text'
import { defaultRedaction, type Redaction } from './redact'

/** As it was typed: one to a line. */
export interface RedactionText {
  /** Parts of names of variables and keys, in either case. */
  names: string
  /** Regular expressions, as they are or between slashes with flags: `/ORD-\d+/i`. */
  patterns: string
}

export const NO_RULES: RedactionText = { names: '', patterns: '' }

export type ReadRules = { ok: true; redaction: Redaction } | { ok: false; error: string }

/** The defaults always hold. */
export function readRules({ names, patterns }: RedactionText): ReadRules {
  if (names.length + patterns.length > LONGEST_RULES) return { ok: false, error: 'That is too much text for rules.' }
  const words = linesOf(names)
  const sources = linesOf(patterns)
  if (words.length + sources.length > MOST_RULES)
    return { ok: false, error: `There are more than ${MOST_RULES} rules.` }
  const own: { pattern: RegExp; shown: string }[] = []
  for (const source of sources) {
    const read = readPattern(source)
    if (typeof read === 'string') return { ok: false, error: read }
    own.push({ pattern: read, shown: '[redacted]' })
  }
  const asked = [defaultRedaction.names.source, ...words.map((word) => word.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'))]
  return {
    ok: true,
    redaction: { names: new RegExp(asked.join('|'), 'i'), patterns: [...own, ...defaultRedaction.patterns] },
  }
}

/** What was kept by this version or another, as far as it is of that kind. */
export function parseRules(kept: string | null): RedactionText {
  try {
    const { names, patterns } = JSON.parse(kept ?? '{}') ?? {}
    return {
      names: typeof names === 'string' ? names : '',
      patterns: typeof patterns === 'string' ? patterns : '',
    }
  } catch {
    return NO_RULES
  }
}

const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')

function readPattern(text: string): RegExp | string {
  const [, source = text, flags = ''] = /^\/(.+)\/([a-z]*)$/s.exec(text) ?? []
  try {
    const pattern = boundedPattern(source, flags)
    if (pattern === null) return `“${quotation(text)}” ${UNBOUNDED}.`
    if (!pattern.test('')) return pattern
    return `“${quotation(text)}” fits nothing at all, too, and would be found everywhere.`
  } catch (error) {
    const why = error instanceof Error ? error.message.split(': ').at(-1) : ''
    return `“${quotation(text)}” is no regular expression: ${why}.`
  }
}
