// What facts occupy, in bytes. The objects of an engine have no exact size: these are about right for V8, and a little too much.

import type { Fact, Preview } from '../protocol'
import type { Kept } from './picture'

/** What an object costs beside its texts, and what a character does. */
const OBJECT_BYTES = 120
const CHARACTER_BYTES = 2

/** A set or a reset. */
export function sizeOfWrite(value: Kept | null): number {
  return OBJECT_BYTES + (typeof value === 'object' && value !== null ? sizeOfPreview(value) : 0)
}

export function sizeOfFact(fact: Fact): number {
  switch (fact.type) {
    case 'var-created':
      return OBJECT_BYTES + (fact.default === null ? 0 : sizeOfPreview(fact.default))
    case 'default-changed':
      return OBJECT_BYTES + sizeOfPreview(fact.value)
    case 'token-error':
      return OBJECT_BYTES + fact.message.length * CHARACTER_BYTES
    case 'census': {
      let size = OBJECT_BYTES * (1 + fact.variables.length + fact.contexts.length)
      for (const context of fact.contexts) {
        for (const entry of context.entries) size += OBJECT_BYTES + sizeOfPreview(entry.value)
      }
      return size
    }
    default:
      return OBJECT_BYTES
  }
}

function sizeOfPreview(preview: Preview): number {
  let size = OBJECT_BYTES + preview.text.length * CHARACTER_BYTES
  for (const [key, value] of preview.entries ?? []) size += key.length * CHARACTER_BYTES + sizeOfPreview(value)
  return size
}
