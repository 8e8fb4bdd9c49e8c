// The line that makes a variable.

import { bracketed, listed } from './brackets'
import type { SourceText } from './source-text'
import { identifier } from './template'

const MADE = /(?<![\w$.])new\s+ContextVar(?:<[\w\s<>[\]|,.'"]*>)?\(/

/** What it is of may be anything that names a type, and `| null` may stand behind it. */
const MADE_OF = /(?<![\w$.])new\s+ContextVar(?:<([\w\s[\]|,.'"{}:;<>]*)>)?\(/

/** `new ContextVar<string>('user')` -> `new ContextVar<string | null>('user', { default: null })`. */
export function withDefault(line: string): string | null {
  const made = MADE_OF.exec(line)
  // What the variable is said to be elsewhere in the line would be another type.
  if (made === null || line.split('ContextVar').length > 2) return null
  const [head, type] = made
  const found = listed(line, made.index + head.length - 1)
  const [name, ...others] = found?.items ?? []
  if (found === null || name === undefined || name.startsWith('...') || others.length > 0) return null
  const widened = type === undefined || /\|\s*null\b/.test(type) ? head : head.replace(/>\($/, ' | null>(')
  return `${line.slice(0, made.index)}${widened}${name}, { default: null }${line.slice(found.close)}`
}

/**
 * With a default that nobody can change, where it is an array or an object that is written out. `new ContextVar<string[]>('cart', { default: [] })` ->
 * `new ContextVar<readonly string[]>('cart', { default: Object.freeze([]) })`: no other type would take it, and who adds to it no longer compiles.
 */
export function frozen(line: string): string | null {
  const made = MADE.exec(line)
  const preset = /(?<=[{,]\s*)default:\s*(?=[[{])/.exec(line)
  if (made === null || preset === null || preset.index < made.index) return null
  const open = preset.index + preset[0].length
  const close = bracketed(line, open)?.close
  if (close === undefined || !/^\s*[,}]/.test(line.slice(close + 1))) return null
  const head = line.slice(0, open).replace(/(?<=new\s+ContextVar<)(?=[\w.]+\[\]>\()/, 'readonly ')
  return `${head}Object.freeze(${line.slice(open, close + 1)})${line.slice(close + 1)}`
}

/** A line for the top of the module. */
export function once(source: SourceText, line: string, name: string): string | null {
  const made = MADE.exec(line)
  if (made === null) return null
  const close = bracketed(line, made.index + made[0].length - 1)?.close
  if (close === undefined) return null
  const call = line.slice(made.index, close + 1)
  // What else it says may be known in its function only.
  if (!CONSTANT.test(call.slice(made[0].length, -1))) return null
  const declared = /^\s*const\s+([A-Za-z_$][\w$]*)\s*=\s*$/.exec(line.slice(0, made.index))?.[1]
  return `const ${declared ?? freshName(source, identifier(name))} = ${call}`
}

/** The name, and a default that is one word. */
const CONSTANT =
  /^\s*(?:'[^'\\]*'|"[^"\\]*")\s*(?:,\s*\{\s*default:\s*(?:'[^'\\]*'|"[^"\\]*"|-?\d[\w.]*|true|false|null|undefined|\[\]|\{\})\s*,?\s*\}\s*)?,?\s*$/

/** The function that makes the variable is often called like it. */
function freshName(source: SourceText, name: string): string {
  for (const candidate of [name, `${name}Var`]) if (!isSaid(source, candidate)) return candidate
  let count = 2
  while (isSaid(source, `${name}Var${count}`)) count++
  return `${name}Var${count}`
}

/** In strings and comments a word is no name. */
const isSaid = (source: SourceText, word: string): boolean =>
  source.lines.some((line) =>
    new RegExp(`(?<![\\w$'"])${word.replaceAll('$', '\\$')}(?![\\w$'"])`).test(line.replace(/\/\/.*/, '')),
  )
