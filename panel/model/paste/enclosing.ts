// Whether `await` may stand in a line. The function around it is looked for by its brace and by its indentation: where the two
// disagree, or what opens the brace is not read easily, nobody guesses.

import type { SourceText } from './source-text'

/** Lines that are looked at. */
const FARTHEST = 500

/** False where it is not certain. */
export function isInAsync(source: SourceText, number: number): boolean {
  let indent = indentOf(source.lines[number - 1] ?? '')
  let closed = 0
  for (let above = number - 1; above >= Math.max(1, number - FARTHEST); above--) {
    const line = source.lines[above - 1] ?? ''
    const code = line.replace(/'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"/g, "''").replace(/\/\/.*$/, '')
    // What lies in a template or in a comment of several lines is no code, and a regular expression may hold a brace.
    if (/`|\/\*|\*\/|\/.*[{}].*\//.test(code)) return false
    for (let at = code.length - 1; at >= 0; at--) {
      if (code[at] === '}') closed++
      if (code[at] !== '{' || closed-- > 0) continue
      closed = 0
      const theirs = indentOf(line)
      if (theirs.length >= indent.length || !indent.startsWith(theirs)) return false
      const head = code.slice(0, at)
      if (isAsync(head)) return true
      if (!isNoFunction(head)) return false
      indent = theirs
    }
  }
  return false
}

const indentOf = (line: string): string => /^\s*/.exec(line)?.[0] ?? ''

/** Whether nothing but the name, the parameters and the type of an `async` function stands between its word and its brace. */
function isAsync(head: string): boolean {
  let rest = /^.*(?<![\w$.#])(async\b.*)$/.exec(head)?.[1] ?? ''
  for (let before = ''; before !== rest; ) {
    before = rest
    rest = rest.replace(/\([^()]*\)|\[[^[\]]*\]|\{[^{}]*\}/g, ' ')
  }
  return ARROW.test(rest) || NAMED.test(rest)
}

const TYPES = '(?:<[\\w$\\s,.=]*>)?\\s*(?::[\\w$\\s<>,.|]*)?'
const ARROW = new RegExp(`^async\\s+[\\w$]*\\s*${TYPES}\\s*=>\\s*$`)
const NAMED = new RegExp(`^async\\s+(?:function\\b\\s*\\*?\\s*[\\w$]*|\\*?\\s*#?[\\w$]+)\\s*${TYPES}\\s*$`)

const isNoFunction = (head: string): boolean =>
  /^\s*(?:\}\s*)?(?:(?:if|for|while|switch|catch)\s*\(.*\)|else(?:\s+if\s*\(.*\))?|do|try|catch|finally)?\s*$/.test(
    head,
  ) && !/=>|\bfunction\b/.test(head)
