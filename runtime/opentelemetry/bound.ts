// Functions, and objects that others listen to, bound to an OpenTelemetry context.

// biome-ignore lint/suspicious/noExplicitAny: any function may be bound
type AnyFunction = (...args: any[]) => unknown
type Run = (fn: AnyFunction, self: unknown, args: unknown[]) => unknown

/** What adds a listener, and what takes one away, of the host's targets and of emitters as Node has them. */
const ADD = ['addEventListener', 'addListener', 'on', 'once', 'prependListener', 'prependOnceListener']
const REMOVE = ['removeEventListener', 'removeListener', 'off']

/** A function that calls `fn` by `run`. */
export function bindFunction(fn: AnyFunction, run: Run): AnyFunction {
  const bound = function (this: unknown, ...args: unknown[]): unknown {
    return run(fn, this, args)
  }
  // Frameworks tell callbacks apart by the number of their parameters.
  return Object.defineProperty(bound, 'length', { value: fn.length, configurable: true })
}

const methodsOf = (target: object, names: readonly string[]): [name: string, method: AnyFunction][] =>
  names.flatMap((name) => {
    const method: unknown = Reflect.get(target, name)
    return typeof method === 'function' ? [[name, method as AnyFunction]] : []
  })

/** Whether listeners can be added to it and taken away. */
export const isListenedTo = (target: unknown): target is object =>
  typeof target === 'object' &&
  target !== null &&
  methodsOf(target, ADD).length > 0 &&
  methodsOf(target, REMOVE).length > 0

/** From now on, listeners that are added to `target` are called by `run`. */
export function bindListeners(target: object, run: Run): void {
  /** By what the application gave: it adds a listener twice, and takes it away, by its own function. */
  const wrappers = new WeakMap<object, AnyFunction>()
  /** `once` of an emitter adds by `on`: what is added there is wrapped already. */
  let adding = false

  const wrapped = (listener: unknown): unknown => {
    if ((typeof listener !== 'function' && typeof listener !== 'object') || listener === null) return listener
    const known = wrappers.get(listener)
    if (known !== undefined) return known
    const wrapper =
      typeof listener === 'function'
        ? bindFunction(listener as AnyFunction, run)
        : // An object's `handleEvent` is read at each call, as the host does.
          (event: unknown) => run((listener as EventListenerObject).handleEvent, listener, [event])
    wrappers.set(listener, wrapper)
    return wrapper
  }

  for (const [name, method] of methodsOf(target, ADD)) {
    define(target, name, function (this: unknown, ...args: unknown[]) {
      if (adding) return Reflect.apply(method, this, args)
      adding = true
      try {
        return Reflect.apply(method, this, withListener(args, wrapped))
      } finally {
        adding = false
      }
    })
  }
  for (const [name, method] of methodsOf(target, REMOVE)) {
    define(target, name, function (this: unknown, ...args: unknown[]) {
      return Reflect.apply(
        method,
        this,
        withListener(args, (listener) => wrappers.get(listener as object) ?? listener),
      )
    })
  }
}

/** The second is the listener. As many as there were: an emitter whose `off` is given an event alone takes away all of its listeners. */
const withListener = (args: unknown[], change: (listener: unknown) => unknown): unknown[] =>
  args.map((value, at) => (at === 1 ? change(value) : value))

function define(target: object, name: string, value: AnyFunction): void {
  Object.defineProperty(target, name, { value, configurable: true, writable: true, enumerable: false })
}
