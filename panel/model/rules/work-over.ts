// That work was over, as evidence: a value of it was reset, or it came to its end.

import type { ContextId } from '../../../runtime/protocol'
import type { Evidence } from '../finding'
import { contextPhrase, variableName } from '../selectors/labels'
import { isJudgedByReturn } from '../selectors/standing'
import type { ContextEntry, TokenEntry, World } from '../world'

/** The reset of its value, or else its end. `where` is its phrase, where several contexts have to be told apart. */
export function overEvidence(world: World, token: TokenEntry | undefined, where: string): Evidence[] {
  if (token === undefined) return []
  const reset = token.state === 'used' ? resetEvidence(world, token, where) : []
  return reset.length > 0 ? reset : endEvidence(world, token.context, where)
}

export function resetEvidence(world: World, { variable, context, closed }: TokenEntry, where?: string): Evidence[] {
  if (closed === null) return []
  const label = `reset ${variableName(world, variable)} in ${where ?? contextPhrase(world, context)}`
  return [{ label, seq: closed.seq, context, stack: closed.stack }]
}

export function endEvidence(world: World, context: ContextId | null, where?: string): Evidence[] {
  const entry = context === null ? undefined : world.contexts.get(context)
  if (entry === undefined || entry.ended === null) return []
  return [
    {
      label: `${where ?? contextPhrase(world, context)} ${endWord(entry)}`,
      seq: entry.ended.seq,
      context,
      stack: null,
    },
  ]
}

/** What the tree calls the end of what is over. */
export const endWord = (entry: ContextEntry | undefined): 'was left' | 'ended' =>
  entry !== undefined && isJudgedByReturn(entry) ? 'was left' : 'ended'
