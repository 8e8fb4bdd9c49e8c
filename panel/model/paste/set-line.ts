// A line with a set, or with a reset, and what of it can be taken to another line.

import { listed } from './brackets'
import { isInAsync } from './enclosing'
import { returnsWork } from './returned-work'
import type { SourceText } from './source-text'
import { beginsStatement, blockFrom, endsStatement, lastLine, type Opener, openerOf } from './statement'

/** `user`, `this.#user`, `request.user`: what a variable is reached by. */
const PLACE = '[A-Za-z_$][\\w$]*(?:\\.#?[\\w$]+)*'

const SET = new RegExp(`^(\\s*)(?:const\\s+([A-Za-z_$][\\w$]*)\\s*(:[^=]*)?=\\s*)?(${PLACE})\\.set\\(`)

const RESET_STATEMENT = new RegExp(`^\\s*${PLACE}\\.reset\\(`)
const RESET_ARROW = new RegExp(`=>\\s*${PLACE}\\.reset\\((${PLACE})\\)(?=\\s*[),;])`)
const RESET_BLOCK = new RegExp(`(?<!\\$)\\{\\s*${PLACE}\\.reset\\((${PLACE})\\)\\s*;?\\s*\\}`)

/** In what is handed on, which runs when the line is over, unless that waits for it. */
const CALLS_BACK = /=>|\bfunction\b/

/** What a line becomes; null where it goes away. */
export interface Rewritten {
  line: string | null
}

/** The set as a declaration that undoes it; `dropped` are the lines of resets that go away with that. */
export function asUsing(source: SourceText, number: number, dropped: readonly number[]): string | null {
  const line = source.line(number)
  const [match, indent = '', token, type = '', place = ''] = SET.exec(line ?? '') ?? []
  if (line === null || match === undefined || occurrences(line, '.set(') !== 1) return null
  if (/^(?:super|new|await|import)\b/.test(place)) return null
  const opener = openerOf(source, number)
  const end = lastLine(source, number, match.length - 1)
  // The block of a condition ends before the work for which it sets.
  if (opener === null || end === null || /^(?:\}\s*)?(?:if|else|case)\b/.test(opener.code)) return null
  const last = number + blockFrom(source, number).length - 1
  if (!dropped.every((reset) => reset > end && reset <= last && goesWithBlock(source, reset, opener))) return null
  if (isBlockOver(source.lines.slice(end, last), end + 1, dropped)) return null
  if (dropped.length === 0 && /^(?:\}\s*)?(?:try|catch)\b/.test(opener.code) && isFollowed(source, opener, last))
    return null
  if (token === undefined) return `${indent}using ${freshToken(source, place)} = ${line.slice(indent.length)}`
  // A reset that is left would undo it twice, and whoever else has the token may undo it later.
  if (isNamedElsewhere(source, number, token, dropped)) return null
  return `${indent}using ${unread(source, token)}${type === '' ? '' : type.trimEnd()} = ${line.slice(match.lastIndexOf(place))}`
}

/** Whether code comes after the statement whose block ends after the line `last`: the value would be gone there. */
function isFollowed(source: SourceText, opener: Opener, last: number): boolean {
  const indent = (line: string): number => line.length - line.trimStart().length
  const own = indent(source.lines[opener.line - 1] ?? '')
  const next = source.lines
    .slice(last)
    .find((line) => line.trim() !== '' && indent(line) <= own && !(indent(line) === own && /^\s*\}/.test(line)))
  return next !== undefined && indent(next) === own
}

/** Whether nothing is awaited, or done, between the set and the end of its block: then the value would be gone before the work begins. */
function isBlockOver(rest: readonly string[], first: number, dropped: readonly number[]): boolean {
  const lines = rest.filter((_, index) => !dropped.includes(first + index))
  if (lines.some((line) => GOES_ON_ALONE.test(line)) || returnsWork(lines.join('\n'))) return true
  // Where it is reset in this very block, it ended there all along.
  return dropped.length === 0 && lines.every((line) => IS_NO_CODE.test(line))
}

/** Nor is it work to leave, with a value that is there. */
const IS_NO_CODE =
  /^\s*(?:\/\/.*|\/\*.*\*\/|\*.*|[\s;})\]]*|(?:return(?:\s+(?:[\w$.]+|'[^']*'|"[^"]*"))?|break|continue)\s*;?\s*)$/
/** Nobody waits for that. */
const GOES_ON_ALONE = /(?<![\w$.])void\s|^(?!.*(?<![\w$.])await\s).*\.(?:then|catch|finally)\(/

/** Whether a reset is done when the block ends, or in what is awaited there, so that the block can take it over. */
function goesWithBlock(source: SourceText, number: number, opener: Opener): boolean {
  if (withoutReset(source, number) === null) return false
  const line = source.line(number) ?? ''
  if (!RESET_STATEMENT.test(line)) return true
  const theirs = openerOf(source, number)
  return theirs !== null && (theirs.line === opener.line || !/=>|\bfunction\b/.test(theirs.code))
}

/** Whether anything but those resets names the token. */
function isNamedElsewhere(source: SourceText, number: number, token: string, dropped: readonly number[]): boolean {
  const name = new RegExp(`(?<![\\w$])${token.replaceAll('$', '\\$')}(?![\\w$])`, 'g')
  return blockFrom(source, number).some((line, index) => {
    const isSet = index === 0
    const most = isSet || dropped.includes(number + index) ? 1 : 0
    return (line.match(name)?.length ?? 0) > most
  })
}

/** What nobody reads begins with a line, or compilers that look for such names complain. */
function unread(source: SourceText, token: string): string {
  const name = token.startsWith('_') ? token : `_${token}`
  return name === token || source.has(name) ? token : name
}

/** A name that the file does not know yet, and that nobody reads. */
function freshToken(source: SourceText, place: string): string {
  const variable = /[\w$]+$/.exec(place)?.[0] ?? ''
  for (const name of ['_token', `_${variable}Token`]) if (!source.has(name)) return name
  let count = 2
  while (source.has(`_${variable}Token${count}`)) count++
  return `_${variable}Token${count}`
}

/** The line without its reset. */
export function withoutReset(source: SourceText, number: number): Rewritten | null {
  const line = source.line(number)
  if (line === null || occurrences(line, '.reset(') !== 1) return null
  const statement = RESET_STATEMENT.exec(line)?.[0]
  if (statement !== undefined) {
    const isAll = beginsStatement(source, number) && endsStatement(source, number, statement.length - 1)
    return isAll && /\)\s*;?\s*(?:\/\/.*)?$/.test(line) ? { line: null } : null
  }
  if (CALLS_BACK.test(line) && !/(?<![\w$.])(?:await|return)(?![\w$])/.test(line)) return null
  const without = RESET_ARROW.test(line) ? line.replace(RESET_ARROW, '=> {}') : line.replace(RESET_BLOCK, '{}')
  if (without === line) return null
  // The callback came after the work; the end of the block is to, as well.
  if (!/^\s*return\s+(?!await\b)/.test(without)) return { line: without }
  return RETURNS_A_CALL.test(without) && isInAsync(source, number)
    ? { line: without.replace('return', 'return await') }
    : null
}

const RETURNS_A_CALL = new RegExp(`^\\s*return\\s+(?!(?:async|function|super|import)\\b)${PLACE}\\(`)

/** The reset, by the variable of the set that made the token. */
export function resetBy(line: string, set: string): string | null {
  const place = setPlace(set)
  if (place === null || occurrences(line, '.reset(') !== 1) return null
  const wrong = new RegExp(`(?<![\\w$.#?)\\]'"\`])${PLACE}(?=\\.reset\\()`)
  return wrong.test(line) ? line.replace(wrong, () => place) : null
}

/** What the variable is called that a line sets: one name, that is as good in another function of the file. */
export function setPlace(line: string): string | null {
  if (occurrences(line, '.set(') !== 1) return null
  return /(?:^|[^\w$.#?)\]])([A-Za-z_$][\w$]*)\.set\(/.exec(line)?.[1] ?? null
}

/** The call that sets, where it may be made a second time, elsewhere: without effects, or names that only this place knows. */
export function repeatableSet(line: string): string | null {
  const place = setPlace(line)
  if (place === null) return null
  const found = listed(line, line.indexOf('.set(') + '.set'.length)
  const [value, ...others] = found?.items ?? []
  if (value === undefined || others.length > 0 || !REPEATABLE.test(value)) return null
  return `${place}.set(${value})`
}

/** Literals and names, and objects and arrays of them. */
const REPEATABLE =
  /^(?!.*\b(?:await|yield|new|function|class|async|arguments|this)\b)(?:[\w$\s.,:[\]{}-]|'[^'\\]*'|"[^"\\]*")+$/

export const occurrences = (line: string, text: string): number => line.split(text).length - 1
