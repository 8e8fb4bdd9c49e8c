// Sees the workers that a page makes, and gives each its name, without changing anything else: the host is handed what the page gave,
// asks it in its own order, and throws its own errors.

import { apply, construct, defineProperty, get, getOwnPropertyDescriptor } from './natives'

type Constructor = new (...given: unknown[]) => object

/** One worker, while it is made. */
export interface Making {
  /** The name that it gets in the place of what the page gave, asked for at most once. */
  name(given: unknown): unknown
  made(worker: object): void
  /** The host refused it. */
  failed(): void
}

/** Wraps a class of workers on the global object; returns what gives it back. `begin` learns what stands for the address. */
export function watchConstructor(key: 'Worker' | 'SharedWorker', begin: (address: unknown) => Making): () => void {
  const original = getOwnPropertyDescriptor(globalThis, key)
  const native = original?.value as Constructor | undefined
  if (native === undefined) return () => {}
  const wrapped: Constructor = new Proxy(native, {
    construct(_, given, newTarget) {
      const subclass = newTarget === wrapped ? native : newTarget
      if (given.length === 0) return construct(native, given, subclass)
      const making = begin(given[0])
      try {
        const worker: object = construct(native, [given[0], naming(given[1], making)], subclass)
        quietly(() => making.made(worker))
        return worker
      } catch (error) {
        quietly(() => making.failed())
        throw error
      }
    },
  })
  // An instance says what made it.
  const undo = [replaceValue(globalThis, key, wrapped), replaceValue(native.prototype, 'constructor', wrapped)]
  return () => {
    for (const undoOne of undo) undoOne()
  }
}

/** Is told of every worker that the page ends; returns what ends that. */
export function watchTerminate(ended: (worker: object) => void): () => void {
  const prototype = globalThis.Worker?.prototype
  const native = prototype?.terminate
  if (native === undefined) return () => {}
  const watched = new Proxy(native, {
    apply(_, worker, given) {
      quietly(() => ended(worker))
      return apply(native, worker, given)
    },
  })
  return replaceValue(prototype, 'terminate', watched)
}

/** The call is the page's: what goes wrong in the recorder stays there. */
function quietly(work: () => void): void {
  try {
    work()
  } catch {
    // A page that broke what lists can do, say: one worker is not told of.
  }
}

/** The options as the page gave them, but for the name. What the host does not take for options stays what it is. */
function naming(options: unknown, making: Making): unknown {
  if (options === undefined || options === null) {
    return Object.create(null, { name: { value: making.name(undefined) } })
  }
  // All that a shared worker may be given is its name.
  if (typeof options === 'string') return making.name(options)
  if (typeof options !== 'object' && typeof options !== 'function') return options
  // Of nothing, since a proxy of frozen options must tell the truth.
  return new Proxy(Object.create(null), {
    get(_, key) {
      const given: unknown = get(options, key)
      return key === 'name' ? making.name(given) : given
    },
  })
}

function replaceValue(target: object, key: string, value: unknown): () => void {
  const original = getOwnPropertyDescriptor(target, key)
  if (original === undefined || !defineProperty(target, key, { ...original, value })) return () => {}
  return () => {
    if (getOwnPropertyDescriptor(target, key)?.value === value) defineProperty(target, key, original)
  }
}
