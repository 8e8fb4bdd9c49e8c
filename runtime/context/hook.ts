// How a recorder and a runtime find each other, whichever comes first: a list on `globalThis` where every copy of the runtime
// leaves a handle.

import { version } from '../../package.json'
import { type Context, contextsMinted } from './context'
import { base, current } from './storage'
import { attachTap, type PropagationState, TAP_VERSION, type Tap, tap } from './tap'
import { tokensMinted } from './token'
import { type ContextVar, variablesMinted } from './variable'

/** The version of the package. */
export const VERSION = version

const HOOK_KEY = Symbol.for('contextvars.hook')

/** What lies under the key. Whoever comes first makes it. */
export interface Hook {
  version: 1
  runtimes: Runtime[]
  /** Told of every runtime that comes later. */
  found?: (runtime: Runtime) => void
  /** The recording that began last and was not ended, where it is not the extension's: who only reads joins it. */
  recording?: object
}

/** What a recorder may do with one copy of the runtime. */
export interface Runtime {
  tapVersion: number
  version: string
  /** `application`: the page's own code imported it. `injected`: the extension brought it. `zone.js`: its contexts are the page's zones. */
  origin: 'application' | 'injected' | 'zone.js'
  base: Context
  current(): Context
  attach(tap: Tap): () => void
  propagation(): PropagationState | null
  /**
   * Whether the code that runs now was started through something that is followed: not by a script, nor by an API that is not
   * followed. A runtime of before cannot tell.
   */
  isFollowed?(): boolean
  /** Whether it is certainly a microtask that the engine queued where nobody could see it. As above. */
  isUnseen?(): boolean
  entries(context: Context): Iterable<[ContextVar<unknown>, unknown]>
  /** The host's `addEventListener`, from before anything here could replace it. A runtime of before does not keep it. */
  listen?: typeof addEventListener | undefined
  /** How many were made so far, living or not. */
  counts(): { contexts: number; variables: number; tokens: number }
}

let propagation: PropagationState | null = null
/** What knows how the code that runs now was started. */
export type Started = Required<Pick<Runtime, 'isFollowed' | 'isUnseen'>>

const nothingToFollow: Started = { isFollowed: () => true, isUnseen: () => false }
let started = nothingToFollow

/** States what carries contexts across asynchrony from now on, null when nothing does, and whom to ask about the code that runs. */
export function setPropagation(state: PropagationState | null, by: Started = nothingToFollow): void {
  propagation = state
  started = by
  tap?.propagationChanged(state)
}

/** Leaves this runtime's handle where recorders look. */
export function announceRuntime(origin: Runtime['origin']): Runtime {
  const runtime: Runtime = {
    tapVersion: TAP_VERSION,
    version: VERSION,
    origin,
    base,
    current: () => current,
    attach: attachTap,
    propagation: () => propagation,
    isFollowed: () => started.isFollowed(),
    isUnseen: () => started.isUnseen(),
    entries: (context) => context.entries(),
    listen: globalThis.addEventListener,
    counts: () => ({ contexts: contextsMinted(), variables: variablesMinted(), tokens: tokensMinted() }),
  }
  try {
    const hook = runtimeHook()
    hook?.runtimes.push(runtime)
    hook?.found?.(runtime)
  } catch {
    // A foreign or hostile object under the key: nobody records.
  }
  return runtime
}

/** What lies under the key, made if there is nothing; null where the page's globals do not allow it. */
export function runtimeHook(): Hook | null {
  try {
    const present: unknown = Reflect.get(globalThis, HOOK_KEY)
    if (present !== undefined) return isHook(present) ? present : null
    const value: Hook = { version: 1, runtimes: [] }
    const made = Reflect.defineProperty(globalThis, HOOK_KEY, { value, configurable: true, writable: true })
    return made ? value : null
  } catch {
    return null
  }
}

function isHook(value: unknown): value is Hook {
  return Array.isArray((value as Partial<Hook> | null)?.runtimes)
}
