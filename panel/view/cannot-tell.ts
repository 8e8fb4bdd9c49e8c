// What the rules cannot tell, said once. Each gives a reason and, after a semicolon, what it may therefore have missed; where
// several have the same reason, the reason is what matters.

/** `the recording began late` once, however many rules say so; a sentence that nobody shares stays as it is. */
export function cannotTell(whys: readonly string[]): string[] {
  const byReason = new Map<string, Set<string>>()
  for (const why of whys) {
    const end = why.lastIndexOf('; ')
    const reason = end < 0 ? why : why.slice(0, end)
    byReason.set(reason, (byReason.get(reason) ?? new Set()).add(why))
  }
  return [...byReason].flatMap(([reason, sentences]) =>
    sentences.size === 1
      ? [...sentences].map((why) => `Cannot tell: ${why}`)
      : [`Cannot tell whether this is all: ${reason.charAt(0).toLowerCase()}${reason.slice(1)}.`],
  )
}
