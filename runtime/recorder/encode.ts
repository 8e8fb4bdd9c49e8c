// JSON of our own facts. `JSON.stringify` calls any `toJSON` that it finds, also one that the page put on `Object.prototype` or
// `Array.prototype` (old libraries do); then this writes the text itself.

import { ArrayPrototype, isArray, ObjectPrototype, stringify } from './natives'

type Json = string | number | boolean | null | undefined | readonly Json[] | { readonly [key: string]: Json }

export function encode(value: object): string {
  if ('toJSON' in ObjectPrototype || 'toJSON' in ArrayPrototype) return encodeAny(value as Json)
  return stringify(value)
}

function encodeAny(value: Json): string {
  if (typeof value !== 'object' || value === null) return stringify(value) ?? 'null'
  let text = ''
  if (isArray(value)) {
    const list = value as readonly Json[]
    for (let index = 0; index < list.length; index++) text += (index > 0 ? ',' : '') + encodeAny(list[index])
    return `[${text}]`
  }
  const record = value as { readonly [key: string]: Json }
  for (const key of Object.keys(record)) {
    const field = record[key]
    if (field !== undefined) text += `${text === '' ? '' : ','}${stringify(key)}:${encodeAny(field)}`
  }
  return `{${text}}`
}
