// A sentence in which `code` stands between backticks.

import { Fragment, type ReactNode } from 'react'

/** `words` says how the rest is shown; as it stands without. */
export function Prose({ text, words = (piece) => piece }: { text: string; words?: (piece: string) => ReactNode }) {
  // Every other piece was between two backticks; pieces keep their place, so the place is a good key.
  return text.split('`').map((piece, place) => {
    // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one sentence do not move
    return place % 2 === 1 ? <code key={place}>{piece}</code> : <Fragment key={place}>{words(piece)}</Fragment>
  })
}
