// How variables, contexts and tokens look in the Console of Chrome's DevTools (and of Firefox's): in a line, and opened, with the values
// themselves to be opened in turn. The person has to allow it: Settings, "Custom formatters".

import { type Context, isContext } from '../context/context'
import { current } from '../context/storage'
import { isToken, Token } from '../context/token'
import { type ContextVar, isContextVar } from '../context/variable'

/** A text, or a tag, its attributes and what is in it; `['object', { object }]` is the value itself, as the Console shows it. */
export type JsonML = string | readonly [tag: string, attributes: Attributes, ...children: readonly unknown[]]

interface Attributes {
  style?: string
  object?: unknown
}

/** What DevTools asks of each object that it shows. */
export interface Formatter {
  header(value: unknown): JsonML | null
  hasBody(value: unknown): boolean
  body(value: unknown): JsonML | null
}

const NAME = 'font-weight: bold'
const ASIDE = 'font-style: italic'
const LIST = 'list-style-type: none; margin: 0; padding-left: 12px'

const span = (style: string, ...children: JsonML[]): JsonML => ['span', { style }, ...children]
const list = (rows: readonly JsonML[][]): JsonML => [
  'ol',
  { style: LIST },
  ...rows.map((row): JsonML => ['li', {}, ...row]),
]

/** Whatever it is; the Console refuses an object that is undefined. */
const shown = (value: unknown): JsonML => (value === undefined ? 'undefined' : ['object', { object: value }])

const row = (word: string, value: JsonML): JsonML[] => [span(NAME, word), ': ', value]

/** What `get()` would give now, and from where, without a `get` of anybody's. */
function standing(variable: ContextVar<unknown>): JsonML[] {
  if (current.has(variable)) return [' = ', shown(current.get(variable))]
  if (variable.hasDefault) return [' = ', shown(variable.defaultValue), span(ASIDE, ' (default)')]
  return [span(ASIDE, ' is not set here')]
}

function titleOf(context: Context): JsonML[] {
  const name: JsonML[] = context.name === null ? [] : [' ', span(NAME, context.name)]
  const count = `${context.size} ${context.size === 1 ? 'variable' : 'variables'}`
  return ['Context', ...name, ` #${context.id} `, span(ASIDE, `(${context === current ? 'current, ' : ''}${count})`)]
}

const contextRows = (context: Context): JsonML[][] =>
  [...context].map(([variable, value]) => row(variable.name, shown(value)))

const tokenRows = (token: Token<unknown>): JsonML[][] => [
  row('variable', shown(token.var)),
  row('old value', token.oldValue === Token.MISSING ? span(ASIDE, 'not set') : shown(token.oldValue)),
  row('made in', shown(token.context)),
]

export const formatter: Formatter = {
  header(value) {
    if (isContextVar(value)) return span('', 'ContextVar ', span(NAME, value.name), ...standing(value))
    if (isContext(value)) return span('', ...titleOf(value))
    if (!isToken(value)) return null
    return span('', 'Token of ', span(NAME, value.var.name), ' ', span(ASIDE, `(${value.used ? 'used' : 'unused'})`))
  },
  hasBody: (value) => isToken(value) || (isContext(value) && value.size > 0),
  body: (value) => (isContext(value) ? list(contextRows(value)) : isToken(value) ? list(tokenRows(value)) : null),
}

const LISTED = 'devtoolsFormatters'

/** Shows them so from now on, beside the formatters that others have; returns what ends it. */
export function formatInConsole(): () => void {
  const known: unknown = Reflect.get(globalThis, LISTED)
  // In place: DevTools asks whatever list stands there, and others may hold it.
  const formatters: unknown[] = Array.isArray(known) ? known : []
  if (formatters !== known) Reflect.set(globalThis, LISTED, formatters)
  if (!formatters.includes(formatter)) formatters.push(formatter)
  return () => {
    const place = formatters.indexOf(formatter)
    if (place >= 0) formatters.splice(place, 1)
  }
}
