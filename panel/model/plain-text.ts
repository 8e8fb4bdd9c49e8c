// Text of a page, made fit to be shown: bounded, and without what makes a reader see something else than what is there. Overrides
// of the writing direction, terminal commands, and halves of characters are spelled out (`\u202e`), as V8 does in JSON.

import { LONGEST_QUOTE, LONGEST_TEXT } from './limits'

/** Controls (but not the white space among them), embeddings, overrides and isolates of direction, and lone surrogates. */
const MISLEADING =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]|\p{Surrogate}/gu

/** Nearly every text is made of these alone, and there are many texts. */
const HARMLESS = /^[ -~]*$/

/** Long text keeps its head: a fact is worth more than the end of a string. */
export function plainText(text: string, longest = LONGEST_TEXT): string {
  const clipped = text.length > longest ? `${text.slice(0, longest)}…` : text
  return HARMLESS.test(clipped) ? clipped : clipped.replace(MISLEADING, spelled)
}

const spelled = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`

/** Text keeps to its line. White space is looked at where a run of it begins, and nowhere else: runs may be long. */
export const oneLine = (text: string): string => text.replace(/(?<!\s)\s*[\r\n\u2028\u2029]+\s*/g, ' ')

/** A piece of text within a sentence. */
export const quotation = (text: string): string => oneLine(plainText(text, LONGEST_QUOTE))
