// What a live value is beside the picture that was recorded of it, and how either is written down.

import type { LiveStep, Preview } from '../../../runtime/protocol'

export { mayBeSame } from '../same-value'

const HOLDERS: ReadonlySet<Preview['kind']> = new Set(['object', 'array', 'map', 'set'])

/** Whether there is more of it than its line; of an object nobody knows before it is asked. */
export const canBeOpened = ({ kind, more }: Preview): boolean =>
  HOLDERS.has(kind) || (kind === 'string' && more !== undefined)

const NAME = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u

/** `user.orders[0]["first name"]`, from the name of the variable on. */
export function pathText(variable: string, path: readonly LiveStep[]): string {
  return path.reduce((text, [, name]) => {
    if (/^(?:0|[1-9]\d*)$/.test(name)) return `${text}[${name}]`
    return NAME.test(name) ? `${text}.${name}` : `${text}[${JSON.stringify(name)}]`
  }, variable)
}

/** A value as text to take along: the characters of a string, the lines of what holds others. */
export function valueText({ kind, text, entries = [], more }: Preview): string {
  if (kind === 'string' && more === undefined) return charactersOf(text)
  if (entries.length === 0) return text
  const [open, close, separator] = kind === 'array' || kind === 'set' ? ['[', ']', null] : ['{', '}', ': ']
  const lines = entries.map(([name, value]) => (separator === null ? value.text : `${name}${separator}${value.text}`))
  return `${open}\n  ${lines.join(',\n  ')}\n${close}`
}

function charactersOf(quoted: string): string {
  try {
    const characters: unknown = JSON.parse(quoted)
    return typeof characters === 'string' ? characters : quoted
  } catch {
    return quoted
  }
}
