// Which browser this is, as a bug report names it: `Chrome 156 on Linux x86_64`.

const NAMES: readonly (readonly [RegExp, string])[] = [
  [/\bFirefox\/(\d+)/, 'Firefox'],
  [/\bEdg\/(\d+)/, 'Edge'],
  [/\bOPR\/(\d+)/, 'Opera'],
  // All of its kin name it, too.
  [/Chrome\/(\d+)/, 'Chrome'],
]

/** Null for one that is not known by its `userAgent`. */
export function browserName(userAgent: string): string | null {
  for (const [pattern, name] of NAMES) {
    const version = pattern.exec(userAgent)?.[1]
    if (version !== undefined) return `${name} ${version} on ${systemIn(userAgent)}`
  }
  return null
}

/** The part that says it, without the window system in front of it and what comes after it: it is told as the browser tells it. */
const systemIn = (userAgent: string): string =>
  /\((?:X11; |Macintosh; )?(?:Ubuntu; )?([^;)]+)/.exec(userAgent)?.[1] ?? 'an unknown system'
