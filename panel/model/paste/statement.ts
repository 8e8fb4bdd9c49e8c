// Whether a line begins a statement in a block, where a declaration may stand. That is known of code that is indented as people and
// formatters do; of all other code it is not certain.

import { bracketed } from './brackets'
import type { SourceText } from './source-text'

/** The line that opens a block. */
export interface Opener {
  line: number
  code: string
}

/** At the top level it is not one: a value that is set there is meant to stay. */
export const beginsStatement = (source: SourceText, number: number): boolean => openerOf(source, number) !== null

/** What opens the block in which the line begins a statement; null where it does not, or where that is not certain. */
export function openerOf(source: SourceText, number: number): Opener | null {
  const indent = indentOf(source.lines[number - 1] ?? '')
  let isNearest = true
  for (let above = number - 1; above >= Math.max(1, number - FARTHEST); above--) {
    const line = source.lines[above - 1] ?? ''
    const code = line.trim()
    if (code === '' || /^(?:\/\/|\/\*.*\*\/$|\*(?:\s|\/$))/.test(code)) continue
    // What lies in a template or in a comment of several lines is no code.
    if (((code.match(/`/g)?.length ?? 0) & 1) === 1 || /\*\/|\/\*/.test(code)) return null
    const theirs = indentOf(line)
    const bare = withoutComment(code)
    if (bare === null) return null
    if (isNearest && !mayComeBefore(bare, theirs === indent)) return null
    isNearest = false
    if (theirs.length < indent.length)
      return indent.startsWith(theirs) && opensBlock(bare) ? { line: above, code: bare } : null
    if (!theirs.startsWith(indent)) return null
    if (theirs === indent && /^(?:case\b|default\s*:|for\b.*[(;]$)/.test(bare)) return null
  }
  return null
}

/** Lines that are looked at. */
const FARTHEST = 500

/** A line and those after it, to the end of the block that it stands in. */
export function blockFrom({ lines }: SourceText, number: number): readonly string[] {
  const indent = indentOf(lines[number - 1] ?? '')
  const end = lines.findIndex((line, index) => index >= number && line.trim() !== '' && !line.startsWith(indent))
  return lines.slice(number - 1, end < 0 ? lines.length : end)
}

const indentOf = (line: string): string => /^\s*/.exec(line)?.[0] ?? ''

/** That of a switch opens none, but its first line is a case. */
const opensBlock = (code: string): boolean => code.endsWith('{')

/** Null where a string may hold what looks like a comment. */
function withoutComment(code: string): string | null {
  const at = code.indexOf('//')
  if (at < 0) return code
  const before = code.slice(0, at)
  return /['"`]/.test(before) ? null : before.trimEnd()
}

/** Whether what stands in the next line begins anew. */
function mayComeBefore(code: string, isSibling: boolean): boolean {
  if (/[;{}]$/.test(code)) return count(code, '(') <= count(code, ')')
  // Without semicolons: one whole line of its own, that is no condition of what follows.
  return (
    isSibling &&
    /[\w$\])'"`]$/.test(code) &&
    /^[\w$'"`]/.test(code) &&
    ['()', '[]', '{}'].every((pair) => count(code, pair.charAt(0)) === count(code, pair.charAt(1))) &&
    !/^(?:if|for|while|with|switch|else|do|try|finally)\b/.test(code) &&
    !/(?:^|[^\w$.])(?:else|do|await|typeof|in|of|instanceof|new|void|delete|yield|throw|extends|async)$/.test(code)
  )
}

const count = (code: string, character: string): number => code.split(character).length - 1

/** Whether the call whose bracket opens at this place of the line is all that is left of its statement. */
export const endsStatement = (source: SourceText, number: number, open: number): boolean =>
  lastLine(source, number, open) !== null

/** The line in which such a statement ends. */
export function lastLine(source: SourceText, number: number, open: number): number | null {
  const code = source.from(number)
  const close = bracketed(code, open)?.close
  if (close === undefined || !STATEMENT_END.test(code.slice(close + 1))) return null
  return number + count(code.slice(0, close), '\n')
}

/** A semicolon, a closing brace, or a line that cannot go on with the one before. */
const STATEMENT_END =
  /^[ \t]*(?:;[ \t]*(?:\/\/.*|\/\*(?:[^*\n]|\*(?!\/))*\*\/[ \t]*)?(?:\n|$)|(?:\/\/.*)?(?:\n\s*(?:\/\/.*\n\s*)*(?!(?:in|instanceof|as|satisfies)\b)[\w$}'"@#]|\s*$))/
