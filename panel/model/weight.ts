// What a fact occupies here, in bytes: itself, what it leaves in a world, and its part of the worlds that are kept on the way. The
// objects of an engine have no exact size: these were measured in Chromium, and are a little too much rather than too little.

import type { Fact, Preview } from '../../runtime/protocol'
import type { World } from './world'

/** Any fact, with its part of the checkpoints. */
const FACT = 130
/** An entry of its own in the world. */
const CONTEXT = 550
const TOKEN = 130
const TASK = 80
const CHANGE = 80
const READ = 50
/** What a census lists, and the world mostly has: a context, and a value that it holds. */
const LISTED = 140
/** A preview that is more than one word, and a character of one. */
const PREVIEW = 50
const CHARACTER = 1
/** An id in a list. */
const NUMBER = 8

export function weightOf(fact: Fact): number {
  switch (fact.type) {
    case 'context-created':
      return FACT + CONTEXT
    case 'var-set':
      return FACT + TOKEN + CHANGE + weightOfPreview(fact.value)
    case 'var-reset':
      return FACT + CHANGE + weightOfPreview(fact.value)
    case 'var-read':
    case 'work-awaited':
      return FACT + READ
    case 'var-created':
      return FACT + weightOfPreview(fact.default)
    case 'default-changed':
      return FACT + weightOfPreview(fact.value)
    case 'task-created':
      return FACT + TASK
    case 'token-error':
      return FACT + fact.message.length * CHARACTER
    case 'not-reduced':
      return FACT + fact.variables.length * NUMBER
    case 'census': {
      let weight = FACT + fact.contexts.length * LISTED
      for (const { entries } of fact.contexts) {
        for (const { value } of entries) weight += LISTED + weightOfPreview(value)
      }
      return weight
    }
    default:
      return FACT
  }
}

/** What there is at a moment of which the facts are kept no more: nearly all of it are contexts, and sets that may be undone. */
export const weightOfWorld = ({ contexts, tokens, tasks }: World): number =>
  contexts.size * CONTEXT + tokens.size * (TOKEN + CHANGE) + tasks.size * TASK

function weightOfPreview(preview: Preview | null): number {
  if (preview === null) return 0
  let weight = preview.text.length * CHARACTER
  for (const [key, value] of preview.entries ?? []) weight += PREVIEW + key.length * CHARACTER + weightOfPreview(value)
  return weight
}
