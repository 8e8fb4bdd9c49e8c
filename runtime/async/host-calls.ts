// Functions of the host that are given a callback for later, and that nobody else intercepts. The callback runs in the context of
// the call: once in the copy made then, or, where the host may call it again, in a fresh copy each time.

import { capture, carry, repeat } from './callback'
import { apply, getOwnPropertyDescriptor } from './natives'
import { prototypeOf, replaceMethod, together } from './replace'

interface HostCall {
  /** The interface whose prototype has it; null for the global object. */
  owner: string | null
  name: string
  /** Which arguments are callbacks; counted from the end where negative. */
  callbacks: readonly number[]
  repeated?: true
}

const CALLS: readonly HostCall[] = [
  { owner: null, name: 'requestIdleCallback', callbacks: [0] },
  { owner: 'Scheduler', name: 'postTask', callbacks: [0] },
  { owner: 'HTMLVideoElement', name: 'requestVideoFrameCallback', callbacks: [0] },
  { owner: 'Document', name: 'startViewTransition', callbacks: [0] },
  { owner: 'LockManager', name: 'request', callbacks: [-1] },
  { owner: 'HTMLCanvasElement', name: 'toBlob', callbacks: [0] },
  { owner: 'BaseAudioContext', name: 'decodeAudioData', callbacks: [1, 2] },
  { owner: 'DataTransferItem', name: 'getAsString', callbacks: [0] },
  { owner: 'Geolocation', name: 'getCurrentPosition', callbacks: [0, 1] },
  { owner: 'Geolocation', name: 'watchPosition', callbacks: [0, 1], repeated: true },
  { owner: 'MediaSession', name: 'setActionHandler', callbacks: [1], repeated: true },
]

/** Begins to carry contexts into what these calls are given; returns what ends it. */
export function followHostCalls(): () => void {
  return together(CALLS.map((call) => () => follow(call)))
}

function follow({ owner, name, callbacks, repeated }: HostCall): () => void {
  const holder = owner === null ? globalThis : prototypeOf(owner)
  const native: unknown = holder === null ? undefined : getOwnPropertyDescriptor(holder, name)?.value
  if (holder === null || typeof native !== 'function') return () => {}
  const followed = new Proxy(native as (...args: unknown[]) => unknown, {
    apply(target, self, args: unknown[]) {
      const places = callbacks.map((place) => (place < 0 ? args.length + place : place))
      if (places.some((place) => typeof args[place] === 'function')) {
        const context = capture(name, followed)
        for (const place of places) {
          const callback = args[place]
          if (typeof callback !== 'function') continue
          args[place] = repeated ? repeat(callback as () => void, context, name) : carry(callback, context)
        }
      }
      return apply(target, self, args)
    },
  })
  return replaceMethod(holder, name, followed)
}
