// What a page says of a live value, read from text that nobody vouches for.

import { GONE, type LiveAnswer } from '../../runtime/protocol'
import { count, pageText, preview } from './fact-schema'
import { objectOf, oneOf, REFUSED, type Reader, word } from './reader'

type AnswerOf<State extends LiveAnswer['state']> = Extract<LiveAnswer, { state: State }>

/** Names that a script of ours gives: they are shown as code that can be typed. */
const storedName: Reader<string> = (said) => {
  const name = pageText(said)
  return name !== REFUSED && /^(?:\$ctx|temp[1-9]\d{0,8})$/.test(name) ? name : REFUSED
}

const readers = new Map<unknown, Reader<LiveAnswer>>([
  ['value', objectOf<AnswerOf<'value'>>({ state: word('value'), value: preview, left: count, recorded: preview })],
  ['stored', objectOf<AnswerOf<'stored'>>({ state: word('stored'), name: storedName })],
  ['not-stored', objectOf<AnswerOf<'not-stored'>>({ state: word('not-stored') })],
  ['printed', objectOf<AnswerOf<'printed'>>({ state: word('printed') })],
  ['gone', objectOf<AnswerOf<'gone'>>({ state: word('gone'), what: oneOf(GONE) })],
])

/** Null for what is none. */
export function parseLiveAnswer(text: string): LiveAnswer | null {
  try {
    const candidate: unknown = JSON.parse(text)
    if (typeof candidate !== 'object' || candidate === null || !('state' in candidate)) return null
    const read = readers.get(candidate.state)?.(candidate) ?? REFUSED
    return read === REFUSED ? null : read
  } catch {
    return null
  }
}
