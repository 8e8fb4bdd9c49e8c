// Who set a target to work. TC39's proposal gives the reports of a request and of a connection the context in which it was sent
// or opened; a message from elsewhere has none. The policy `dispatch` asks here when an event comes from outside.

import type { Context } from '../context/context'
import type { Boundary } from '../context/tap'
import { capture } from './callback'
import { isObject } from './hand-over'
import { apply, getOwnPropertyDescriptor } from './natives'
import { followClass } from './observers'
import { prototypeOf, replaceMethod, together } from './replace'

/** The events that report on a request; `abort()` tells at once, in its caller's context. */
const OF_A_REQUEST = ['readystatechange', 'loadstart', 'progress', 'load', 'loadend', 'error', 'timeout']

/** The events that report on the opening, by the class whose constructor opens. */
const OPENERS: Record<string, readonly string[]> = {
  WebSocket: ['open', 'error'],
  EventSource: ['open', 'error'],
  Worker: ['error'],
}

interface Sender {
  context: Context
  /** The events that have it. */
  types: readonly string[]
}

const senders = new WeakMap<object, Sender>()

/** The context in which `target` was set to do what an event of this type reports, if any is known. */
export function senderOf(target: unknown, type: string): Context | undefined {
  const sender = senders.get(target as object)
  return sender?.types.includes(type) ? sender.context : undefined
}

/** Begins to note who sends and who opens; returns what ends it. */
export function noteSenders(): () => void {
  return together([
    noteSends,
    ...Object.entries(OPENERS).map(([name, types]) => () => {
      const meet = (made: unknown, boundary: Boundary): void => {
        senders.set(made as object, { context: capture(name, boundary), types })
      }
      return followClass({ name, meet })
    }),
  ])
}

function noteSends(): () => void {
  const prototype = prototypeOf('XMLHttpRequest')
  const native: unknown = prototype === null ? undefined : getOwnPropertyDescriptor(prototype, 'send')?.value
  if (prototype === null || typeof native !== 'function') return () => {}
  const uploadOf = getOwnPropertyDescriptor(prototype, 'upload')?.get
  const methods = {
    send(this: unknown, _body?: unknown): unknown {
      if (isObject(this)) {
        const sender = { context: capture('XMLHttpRequest.send', methods.send), types: OF_A_REQUEST }
        senders.set(this, sender)
        const upload: unknown = uploadOf === undefined ? null : apply(uploadOf, this, [])
        if (isObject(upload)) senders.set(upload, sender)
      }
      // biome-ignore lint/complexity/noArguments: the host counts them
      return apply(native, this, [...arguments])
    },
  }
  return replaceMethod(prototype, 'send', methods.send)
}
