// Which context an event listener runs in: the one question that has no single right answer, so it is a setting.

import type { Context } from '../context/context'
import { base, current } from '../context/storage'
import { again } from './callback'
import { senderOf } from './senders'

/**
 * - `cause`: targets that report what a program started (XMLHttpRequest, WebSocket, MessagePort, AbortSignal, ...) use the context
 *   of the registration; window, document and nodes use the dispatcher's, which for a user's click is the base context
 * - `registration`: always the context of `addEventListener`, as zone.js and asyncio do
 * - `dispatch`: always the dispatcher's, as TC39 proposes; what a request or a connection reports has its sender's
 */
export type EventPolicy = 'cause' | 'registration' | 'dispatch'
export const POLICIES: readonly EventPolicy[] = ['cause', 'registration', 'dispatch']

/** Handlers of what went wrong elsewhere belong to nobody's context. */
const ORPHANS: readonly string[] = ['error', 'unhandledrejection', 'rejectionhandled']

function belongsToThePage(target: unknown): boolean {
  return target === globalThis || (typeof Node === 'function' && target instanceof Node)
}

/** The context for one call of a listener that was added when `registered` was copied. */
export function listenerContext(policy: EventPolicy, registered: Context, target: unknown, type: string): Context {
  if (target === globalThis && ORPHANS.includes(type)) return again(registered, base, type)
  // What comes from outside finds the base context current: no code of the page is running.
  const sender = policy === 'dispatch' && current === base ? senderOf(target, type) : undefined
  const dispatched = policy === 'dispatch' || (policy === 'cause' && belongsToThePage(target))
  return again(registered, sender ?? (dispatched ? current : registered), type)
}
