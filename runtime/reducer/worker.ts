// Contexts across threads: a worker or a port whose every message brings along the context that it was sent in. It is an entry of its
// own, so that who does not import it does not pay for it.

import { describe } from '../context/describe'
import { ValueError } from '../context/errors'
import { current } from '../context/storage'
import type { Boundary } from '../context/tap'
import type { ReducedContext } from './data'
import { globalContextReducer } from './index'
import { reduceContext } from './reduce'
import type { ContextReducer } from './reducer'
import { restoreContext } from './restore'

const VERSION = 1

/** What travels in the place of a message: `data` is the message. */
interface Envelope {
  /** The version of this form, and what tells it from a message of somebody who carries nothing. */
  readonly $contextvarsMessage: 1
  readonly context: ReducedContext
  readonly data: unknown
}

/** Anything that messages are posted to and heard from: a `Worker`, a `MessagePort`, a worker's `self`, Node's `parentPort`. */
export interface MessageEndpoint {
  postMessage(...message: never[]): void
}

export interface CarryOptions {
  /** What decides which variables travel, and finds them again. Default the global one. */
  reducer?: ContextReducer
}

type Listener = (this: unknown, ...args: unknown[]) => unknown

const ADD = new Set<PropertyKey>([
  'addEventListener',
  'addListener',
  'on',
  'once',
  'prependListener',
  'prependOnceListener',
])
const REMOVE = new Set<PropertyKey>(['removeEventListener', 'removeListener', 'off'])

/** What carries for a port, by the port and by itself: asked for again, it is the same. */
const carriers = new WeakMap<object, { proxy: object; reducer: ContextReducer }>()

/** By the event whose `data` became the message: several listeners hear one event. */
const opened = new WeakMap<object, Envelope>()

/**
 * The same worker or port, to be used in its place: what is posted to it brings the sender's context along, and its `message` listeners
 * run in a context that has the sender's values of the registered variables, each in one of its own. Both sides have to carry;
 * a message of somebody who does not is delivered as ever.
 */
export function carryContext<Port extends MessageEndpoint>(
  port: Port,
  { reducer = globalContextReducer }: CarryOptions = {},
): Port {
  const carrier = carriers.get(port)
  if (carrier?.reducer === reducer) return carrier.proxy as Port
  if (carrier !== undefined) throw new ValueError('this port carries contexts by another reducer already')

  /** By what the application gave us, and back. */
  const wrappers = new WeakMap<object, Listener>()
  const originals = new WeakMap<object, unknown>()

  function postMessage(data: unknown, ...rest: unknown[]): void {
    const context = reduceContext(reducer, current, 'clone', postMessage)
    call(port, 'postMessage', { $contextvarsMessage: VERSION, context, data } satisfies Envelope, ...rest)
  }

  function wrapped(listener: unknown): unknown {
    if ((typeof listener !== 'object' && typeof listener !== 'function') || listener === null) return listener
    const known = wrappers.get(listener)
    if (known !== undefined) return known
    const wrapper: Listener = function (heard, ...rest) {
      // An object's `handleEvent` is read at each call, as the host does.
      const [fn, self] =
        typeof listener === 'function'
          ? [listener, this === port ? proxy : this]
          : [Reflect.get(listener, 'handleEvent'), listener]
      const [message, envelope] = open(heard)
      const run = (): unknown => Reflect.apply(fn as Listener, self, [message, ...rest])
      return envelope === null ? run() : contextOf(reducer, envelope, wrapper).run(run)
    }
    wrappers.set(listener, wrapper)
    originals.set(wrapper, listener)
    return wrapper
  }

  const proxy = new Proxy(Object.create(Object.getPrototypeOf(port)) as Port, {
    get(_, key) {
      if (key === 'postMessage') return postMessage
      const value: unknown = Reflect.get(port, key, port)
      if (key === 'onmessage') return originals.get(value as object) ?? value
      if (typeof value !== 'function') return value
      if (!ADD.has(key) && !REMOVE.has(key)) return value.bind(port)
      return (type: unknown, listener: unknown, ...rest: unknown[]) => {
        const result = call(port, key, type, type === 'message' ? wrapped(listener) : listener, ...rest)
        // Node's answer with the emitter, for the next call.
        return result === port ? proxy : result
      }
    },
    set: (_, key, value) => Reflect.set(port, key, key === 'onmessage' ? wrapped(value) : value, port),
    has: (_, key) => Reflect.has(port, key),
  })
  carriers.set(port, { proxy, reducer }).set(proxy, { proxy, reducer })
  return proxy
}

const call = (port: object, key: PropertyKey, ...args: unknown[]): unknown =>
  Reflect.apply(Reflect.get(port, key, port), port, args)

/** What a listener is to hear: an event whose `data` is the message, or, from Node's emitters, the message itself. */
function open(heard: unknown): [message: unknown, envelope: Envelope | null] {
  if (isEnvelope(heard)) return [heard.data, heard]
  if (typeof heard !== 'object' || heard === null) return [heard, null]
  const known = opened.get(heard)
  if (known !== undefined) return [heard, known]
  const data: unknown = isEvent(heard) ? Reflect.get(heard, 'data') : undefined
  if (!isEnvelope(data)) return [heard, null]
  opened.set(heard, data)
  Object.defineProperty(heard, 'data', { value: data.data, enumerable: true, configurable: true })
  return [heard, data]
}

/** Also one of another realm: a frame's worker is heard by its maker. What is posted itself has no such tag. */
const isEvent = (heard: object): boolean =>
  (typeof Event === 'function' && heard instanceof Event) ||
  Object.prototype.toString.call(heard) === '[object MessageEvent]'

const isEnvelope = (value: unknown): value is Envelope =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, '$contextvarsMessage')

/** Whoever posted it may have written anything: it is all there, or an error of one sentence, and the listener is not called. */
function contextOf(reducer: ContextReducer, { $contextvarsMessage: version, context }: Envelope, boundary: Boundary) {
  if (version !== VERSION) {
    throw new ValueError(`a message with its context, of version ${describe(version)}; this runtime reads ${VERSION}`)
  }
  return restoreContext(reducer, context, boundary, 'message')
}
