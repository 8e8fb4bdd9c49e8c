// Why something failed, in the words of others: of the browser, or of the page itself.

import { oneLine, plainText } from '../model/recording'

/** Characters of what others say of a failure. */
const LONGEST_REASON = 300

export const reason = (words: string): string => oneLine(plainText(words, LONGEST_REASON))

/** Why an evaluation failed. It may have been the page that threw, so this may be anything, and throw again when it is asked. */
export function sentence(error: unknown): string {
  let said = ''
  try {
    said = reason(error instanceof Error ? String(error.message) : String(error)).trim()
  } catch {
    // What cannot be said is as good as nothing.
  }
  if (said === '') return 'The page throws when it is asked.'
  return /[.!?…]$/.test(said) ? said : `${said}.`
}
