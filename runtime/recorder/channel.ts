// A channel between a page and one worker: what goes through it is heard by no listener of either.

import { runtimeHook } from '../context/hook'
import { apply, getOwnPropertyDescriptor } from './natives'

// Before the page's own code runs, as in `natives.ts`. A host that lacks one of these has no channel.
const { BroadcastChannel, MessageEvent, EventTarget } = globalThis
const { postMessage, close } = BroadcastChannel?.prototype ?? {}
const { addEventListener } = EventTarget?.prototype ?? {}
const dataOf = getOwnPropertyDescriptor(MessageEvent?.prototype ?? {}, 'data')?.get ?? Object

export interface Channel {
  /** A message is null, text, a number, or a list of them. */
  post(message: unknown): void
  close(): void
}

/** The name of a worker's. Only scripts of this origin can be on it, and what one of those says is read with care. */
export const channelOf = (key: number): string => `contextvars ${key}`

/** Whoever knows the name is on it. Throws where the host has none. */
export function openChannel(name: string, heard: (message: unknown) => void): Channel {
  const channel = new BroadcastChannel(name)
  // Where the recorder came after the install, the listener would be followed through contexts like one of the page's.
  const listen = runtimeHook()?.runtimes[0]?.listen ?? addEventListener
  apply(listen, channel, ['message', (event: MessageEvent) => heard(apply(dataOf, event, []))])
  return {
    post: (message) => apply(postMessage, channel, [message]),
    close: () => apply(close, channel, []),
  }
}
