// A function or a class of the host that is given callbacks, made to carry contexts into them. A proxy stands in front of it:
// name, length, statics, `instanceof` and subclasses are the native's own, and so is what is constructed; the callbacks alone
// are others.

import type { Context } from '../context/context'
import type { Boundary } from '../context/tap'
import { capture, carry, repeat } from './callback'
import { apply, getOwnPropertyDescriptor } from './natives'
import { replaceMethod } from './replace'

export interface HandsOver {
  name: string
  /** Which arguments are callbacks. */
  callbacks?: readonly number[]
  /** Which members are callbacks where the first argument is a dictionary. */
  members?: readonly string[]
  /** Whether the host may call one again: each call then gets a fresh copy. */
  repeated?: boolean
  /** Is shown what the host gives, to the caller or to a callback, before the page sees it. */
  meet?: (given: unknown, boundary: Boundary) => void
}

type Callback = (this: unknown, ...args: unknown[]) => unknown
/** What the host gets for what the page handed over. */
type Exchange = (value: unknown) => unknown

export const isObject = (value: unknown): value is object =>
  typeof value === 'function' || (typeof value === 'object' && value !== null)

/** Replaces a function of `holder`, where both are there; returns what puts it back. */
export function follow(holder: object | null | undefined, call: HandsOver): () => void {
  const native: unknown = holder ? getOwnPropertyDescriptor(holder, call.name)?.value : undefined
  return holder && typeof native === 'function' ? replaceMethod(holder, call.name, handsOver(native, call)) : () => {}
}

// biome-ignore lint/complexity/noBannedTypes: a function of the host, which may be a class
export function handsOver<F extends Function>(native: F, call: HandsOver): F {
  const { name, callbacks = [], members = [], repeated, meet } = call
  const exchange = (args: unknown[], boundary: Boundary): void => {
    let context: Context | null = null
    const carried: Exchange = (value) => {
      if (typeof value !== 'function') return value
      context ??= capture(name, boundary)
      const callback = meet === undefined ? (value as Callback) : met(value as Callback, meet, boundary)
      return repeated ? repeat(callback, context, name) : carry(callback, context)
    }
    const [first] = args
    if (members.length > 0 && isObject(first) && !(typeof first === 'function' && callbacks.includes(0))) {
      args[0] = dictionary(first, members, carried)
    }
    for (const place of callbacks) if (place < args.length) args[place] = carried(args[place])
  }
  const traps = {
    apply(target: F, self: unknown, args: unknown[]): unknown {
      exchange(args, traps.apply)
      const result: unknown = apply(target, self, args)
      meet?.(result, traps.apply)
      return result
    },
    construct(target: F, args: unknown[], newTarget: F): object {
      exchange(args, traps.construct)
      const made: object = Reflect.construct(target, args, newTarget)
      meet?.(made, traps.construct)
      return made
    },
  }
  return new Proxy(native, traps)
}

const met = (callback: Callback, meet: NonNullable<HandsOver['meet']>, boundary: Boundary): Callback =>
  function (...args) {
    meet(args[0], boundary)
    return apply(callback, this, args)
  }

/**
 * What the host reads in place of `page`'s dictionary: the same members, each when the host asks, its callbacks exchanged. A
 * callback that the host calls on the dictionary is called on the page's.
 */
function dictionary(page: object, members: readonly string[], carried: Exchange): object {
  const stand: object = new Proxy(
    {},
    {
      get(_, member) {
        const value: unknown = Reflect.get(page, member)
        if (typeof value !== 'function' || typeof member !== 'string' || !members.includes(member)) return value
        const callback: Callback = function (...args) {
          return apply(value, this === stand ? page : this, args)
        }
        return carried(callback)
      },
    },
  )
  return stand
}
