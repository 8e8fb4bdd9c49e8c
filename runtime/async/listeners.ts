// Event listeners. What a page adds is wrapped, and the wrapper goes to the host's own `addEventListener`: order, `once`,
// `passive`, `signal`, errors and everything else stay the host's business. All that is kept here is which wrapper stands for
// which listener, since a page removes, and adds twice, by its own function.

import { capture, runCallback } from './callback'
import { type EventPolicy, listenerContext } from './events'
import { isObject } from './hand-over'
import { apply } from './natives'
import { replaceMethod, together } from './replace'
import { noteSenders } from './senders'

type Listener = EventListenerOrEventListenerObject
type Native = (...args: unknown[]) => void

interface Wrapped {
  call: (this: unknown, event: Event) => void
  /** Once it is aborted, the host has dropped the wrapper without a word. */
  signal: AbortSignal | undefined
}

/** By target, by phase and event type, by listener. Weak at both ends: it keeps neither alive. */
const added = new WeakMap<object, Map<string, WeakMap<Listener, Wrapped>>>()

const keyOf = (captures: boolean, type: string): string => `${captures ? 'capture' : 'bubble'} ${type}`

function wrappedOf(target: object, captures: boolean, type: string): WeakMap<Listener, Wrapped> {
  const ofTarget = added.get(target) ?? new Map<string, WeakMap<Listener, Wrapped>>()
  added.set(target, ofTarget)
  const key = keyOf(captures, type)
  const wrapped = ofTarget.get(key) ?? new WeakMap<Listener, Wrapped>()
  ofTarget.set(key, wrapped)
  return wrapped
}

function read(options: unknown): { captures: boolean; once: boolean; signal: AbortSignal | undefined } {
  if (!isObject(options)) return { captures: Boolean(options), once: false, signal: undefined }
  const { capture: captures, once, signal } = options as AddEventListenerOptions
  return { captures: Boolean(captures), once: Boolean(once), signal }
}

/** Begins to carry contexts into event listeners; returns what ends it. */
export function followListeners(policy: EventPolicy): () => void {
  const prototype = globalThis.EventTarget?.prototype
  if (prototype === undefined) return () => {}
  const nativeAdd = prototype.addEventListener as Native
  const nativeRemove = prototype.removeEventListener as Native

  const wrap = (type: string, listener: Listener, first: () => void): Wrapped['call'] => {
    const context = capture(type, methods.addEventListener)
    return function (event) {
      first()
      // An object's `handleEvent` is read at each call, as the host does.
      const [callback, self] =
        typeof listener === 'function' ? [listener, this] : [listener.handleEvent as EventListener, listener]
      runCallback(listenerContext(policy, context, this, type), callback, self, [event])
    }
  }

  const methods = {
    addEventListener(this: unknown, type: unknown, listener: unknown, ...options: unknown[]): void {
      const target = this ?? globalThis
      if (!isObject(target) || !isObject(listener)) {
        // biome-ignore lint/complexity/noArguments: what the host ignores or refuses, it does so in its own way, and it counts them
        apply(nativeAdd, this, [...arguments])
        return
      }
      const name = `${type}`
      const { captures, once, signal } = read(options[0])
      const wrapped = wrappedOf(target, captures, name)
      const known = wrapped.get(listener as Listener)
      const standing = known?.signal?.aborted === true ? undefined : known
      const forget = once ? () => wrapped.delete(listener as Listener) : () => {}
      const call = standing?.call ?? wrap(name, listener as Listener, forget)
      apply(nativeAdd, this, [name, call, ...options])
      if (standing === undefined) wrapped.set(listener as Listener, { call, signal })
    },
    removeEventListener(this: unknown, type: unknown, listener: unknown, ...options: unknown[]): void {
      const target = this ?? globalThis
      if (isObject(target) && isObject(listener)) {
        const name = `${type}`
        const wrapped = added.get(target)?.get(keyOf(read(options[0]).captures, name))
        const known = wrapped?.get(listener as Listener)
        wrapped?.delete(listener as Listener)
        if (known !== undefined) apply(nativeRemove, this, [name, known.call, ...options])
      }
      // It may have been added before this was installed.
      // biome-ignore lint/complexity/noArguments: as above
      apply(nativeRemove, this, [...arguments])
    },
  }
  return together([
    policy === 'dispatch' ? noteSenders : () => () => {},
    () => replaceMethod(prototype, 'addEventListener', methods.addEventListener),
    () => replaceMethod(prototype, 'removeEventListener', methods.removeEventListener),
  ])
}
