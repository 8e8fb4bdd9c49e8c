// Where a bracket closes, in code of which nothing else is known. Strings, templates and comments are passed over; what might be a
// regular expression, or markup, ends the search: nobody guesses.

const CLOSERS: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' }

/** A call that goes on for longer is none that a person reads as one. */
const FARTHEST = 2_000

/** Behind these, and behind names, a slash divides. */
const ENDS_A_VALUE = /[\w$\])'"`]$/

/** The places of the commas between the things in brackets, and of the bracket that closes them; null where that is not certain. */
export function bracketed(code: string, open: number): { commas: number[]; close: number } | null {
  const closers: string[] = []
  const commas: number[] = []
  const end = Math.min(code.length, open + FARTHEST)
  for (let at = open; at < end; at++) {
    const character = code.charAt(at)
    const closer = CLOSERS[character]
    if (closer !== undefined) {
      closers.push(closer)
    } else if (character === closers.at(-1)) {
      closers.pop()
      if (closers.length === 0) return { commas, close: at }
    } else if (/[)\]}]/.test(character)) {
      return null
    } else if (character === ',' && closers.length === 1) {
      commas.push(at)
    } else if (/['"`/]/.test(character)) {
      const last = passed(code, at)
      if (last === null) return null
      at = last
    }
  }
  return null
}

/** The last character of the string or comment that begins here; of a slash that divides, itself. */
function passed(code: string, at: number): number | null {
  const rest = code.slice(at, at + FARTHEST)
  const text = TEXT.exec(rest)?.[0]
  if (text !== undefined) return at + text.length - 1
  return rest.startsWith('/') && ENDS_A_VALUE.test(code.slice(0, at).trimEnd()) && !isAfterKeyword(code, at) ? at : null
}

/** A string, a template in which nothing is put, or a comment. */
const TEXT = /^(?:'(?:[^'\\\r\n]|\\.)*'|"(?:[^"\\\r\n]|\\.)*"|`(?:[^`\\$]|\\[\s\S]|\$(?!\{))*`|\/\/.*|\/\*[\s\S]*?\*\/)/

const isAfterKeyword = (code: string, at: number): boolean =>
  /(?:^|[^\w$.])(?:return|typeof|case|in|of|do|else|void|delete|new|throw|await|yield|instanceof)\s*$|[)\]}]\s*$/.test(
    code.slice(Math.max(0, at - 40), at),
  )

/** The things in brackets, each as it is written; null where that is not certain. */
export function listed(code: string, open: number): { items: string[]; close: number } | null {
  const found = bracketed(code, open)
  if (found === null) return null
  const { commas, close } = found
  const edges = [open, ...commas, close]
  const items = edges.slice(1).map((edge, index) => code.slice((edges[index] ?? open) + 1, edge).trim())
  // The last comma may have nothing behind it.
  if (items.at(-1) === '') items.pop()
  return { items, close }
}
