// When values are pictured: at once, for what a page may change or let go; when somebody asks, for what cannot change and holds nothing.

import type { Preview } from '../protocol'
import { preview } from './preview'

/** Shorter strings have characters of their own; a longer one may be a piece of a text that it would keep alive. */
const OWN_CHARACTERS = 12

/** A value as it is kept. */
export type Kept = Preview | number | string

const constant = (kind: 'undefined' | 'null' | 'boolean', text: string): Preview => Object.freeze({ kind, text })
const UNDEFINED = constant('undefined', 'undefined')
const NULL = constant('null', 'null')
const TRUE = constant('boolean', 'true')
const FALSE = constant('boolean', 'false')

export function keep(value: unknown): Kept {
  switch (typeof value) {
    case 'number':
      return value
    case 'string':
      return value.length <= OWN_CHARACTERS ? value : preview(value)
    case 'boolean':
      return value ? TRUE : FALSE
    case 'undefined':
      return UNDEFINED
    default:
      return value === null ? NULL : preview(value)
  }
}

export const pictured = (value: Kept): Preview => (typeof value === 'object' ? value : preview(value))
