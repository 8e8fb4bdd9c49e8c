// A sentence in which `code` stands between backticks.

export function Prose({ text }: { text: string }) {
  // Every other piece was between two backticks; pieces keep their place, so the place is a good key.
  return text.split('`').map((piece, place) => {
    // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one sentence do not move
    return place % 2 === 1 ? <code key={place}>{piece}</code> : piece
  })
}
