// What a page said, written into a program that people read and run: as a literal that says the same, and as a comment. Neither shows
// another order of characters than it has, ends where it stands, or speaks to a test runner.

/** Controls, ends of lines, and what turns the direction of writing. */
const UNSEEN = /[\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g
/** Runners obey it wherever it stands in a file, in a text or a comment, too. */
const OBEYED = /@(?=(?:vitest|jest)-|module-tag)/g

const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`

/** A literal of TypeScript and of Python. */
export const quoted = (text: string): string => JSON.stringify(text).replace(UNSEEN, escaped).replace(OBEYED, '\\u0040')

/** A comment of one line, in any language. */
export const comment = (text: string): string =>
  text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(UNSEEN, ' ')
    .replace(OBEYED, '@ ')
    .trim()

/** A whole number, and one with a fraction, that are literals of both languages. */
export const isNumber = (text: string): boolean => /^-?(0|[1-9]\d*)(\.\d+)?(e[+-]?\d+)?$/.test(text)

/** Python reads no more digits. */
const MOST_DIGITS = 4_000
export const isBigint = (text: string): boolean => text.length <= MOST_DIGITS && /^-?(0|[1-9]\d*)n$/.test(text)
