// `$ctx` in the Console goes along with the selection, as `$0` does in Elements, once somebody asked for it: what is selected is stored in
// the place of what was. So the Console keeps one context alive, and no other.

import type { ContextId } from '../../runtime/protocol'
import type { Ask, LiveReply } from '../source/live'
import { isGone, type SessionState, selectedContext, shownFeed } from './state'
import type { Store } from './store'

/** Milliseconds, after which a selection is one that somebody stays with. */
const REST = 100
const NAME = '$ctx'

export interface ConsoleContext {
  /** A question about what lives was answered. */
  heard(epoch: string, ask: Ask, reply: LiveReply): void
  end(): void
}

export function startConsoleContext(
  store: Pick<Store<SessionState>, 'state' | 'subscribe'>,
  ask: (ask: Ask) => Promise<LiveReply>,
): ConsoleContext {
  /** What is stored, and in which document. */
  let stored: { epoch: string; context: ContextId } | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  let waitsFor: ContextId | null = null

  /** However often something else changes meanwhile. */
  function keepUp(): void {
    const context = toStore()
    if (context === waitsFor) return
    clearTimeout(timer)
    waitsFor = context
    if (context !== null) timer = setTimeout(storeSelected, REST)
  }

  /** The selected context, where it is another one of the same document. */
  function toStore(): ContextId | null {
    if (stored === null) return null
    const { state } = store
    const selected = selectedContext(state)
    const isThere = state.file === null && !isGone(state) && shownFeed(state).epoch === stored.epoch
    return isThere && selected !== stored.context ? selected : null
  }

  function storeSelected(): void {
    const context = toStore()
    waitsFor = null
    if (context !== null) void ask({ ask: 'follow-context', context })
  }

  const unsubscribe = store.subscribe(keepUp)
  return {
    heard(epoch, question, reply) {
      if (question.ask !== 'store-context' && question.ask !== 'follow-context') return
      const { context } = question
      if (reply.state === 'stored' && reply.name === NAME) stored = { epoch, context }
      else if (question.ask === 'store-context') return
      // By now the page has something of its own there. Else it is that one which cannot be had, and the next may.
      else if (reply.state === 'not-stored') stored = null
      else stored = stored && { ...stored, context }
    },
    end() {
      unsubscribe()
      clearTimeout(timer)
    },
  }
}
