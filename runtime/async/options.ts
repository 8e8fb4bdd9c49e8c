// Options that a caller gives. One that is misspelt would do nothing, in silence: it is refused in a sentence.

import { Context } from '../context/context'
import { describe } from '../context/describe'

/** What an option has to be, in words, and whether a value is that. */
type Expected = readonly [words: string, is: (value: unknown) => boolean]

/** All options of a function; `undefined` stands for one that is not given. */
export type Known<Options> = Readonly<Record<keyof Options, Expected>>

export const STRING: Expected = ['a string', (value) => typeof value === 'string']
export const BOOLEAN: Expected = ['true or false', (value) => typeof value === 'boolean']
export const CONTEXT: Expected = ['a contextvars Context', (value) => value instanceof Context]
export const oneOf = (values: readonly unknown[]): Expected => [
  `one of ${values.join(', ')}`,
  (value) => values.includes(value),
]

/** Throws a TypeError for what is no option of `api`, or no value for one. */
export function checkOptions<Options extends object>(api: string, options: Options, known: Known<Options>): void {
  const refuse = (words: string): never => {
    throw new TypeError(`${api}: ${words}`)
  }
  const names = (): string => Object.keys(known).join(', ')
  // Whoever has a context to give forgets the braces easily.
  const isContext = options instanceof Context
  if (isContext || typeof options !== 'object' || options === null) {
    refuse(`options are given as { ${names()} }, got ${isContext ? options : describe(options)}`)
  }
  for (const name of Object.keys(options)) {
    if (!Object.hasOwn(known, name)) refuse(`there is no option ${name}, only ${names()}`)
  }
  for (const name of Object.keys(known) as (keyof Options & string)[]) {
    const [words, is] = known[name]
    const value: unknown = options[name]
    if (value !== undefined && !is(value)) refuse(`for ${name}, ${words} was expected, got ${describe(value)}`)
  }
}
