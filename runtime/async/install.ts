// Installs what carries contexts across asynchrony, and takes it away again.

import { setPropagation } from '../context/hook'
import { setCarrier } from '../context/storage'
import { type EventPolicy, POLICIES } from './events'
import { followHandlers } from './handlers'
import { followHostCalls } from './host-calls'
import { followListeners } from './listeners'
import { followNativeAwait } from './native-await'
import { followObservers } from './observers'
import { BOOLEAN, checkOptions, type Known, oneOf } from './options'
import { followPromiseCallbacks } from './promise-callbacks'
import { isFollowed, isUnseen } from './segment'
import { noteActivity } from './span'
import { followTimers } from './timers'
import { runNoted } from './work'

export interface InstallOptions {
  /** Follow native `await`. Default true. */
  nativeAwait?: boolean
  /** Which context event listeners run in. Default `'cause'`. */
  events?: EventPolicy
}

const INSTALL_OPTIONS: Known<InstallOptions> = { nativeAwait: BOOLEAN, events: oneOf(POLICIES) }

let users = 0
let undoAll: (() => void)[] = []

/**
 * Makes contexts survive native `await`, promise callbacks, timers, animation frames and event listeners. Installing twice is
 * the same as once; the options of the first count. What cannot be patched (frozen intrinsics) is left alone and reported to
 * an attached recorder, and never throws.
 * @throws TypeError for an option that does not exist, or has a value that means nothing.
 * @returns what uninstalls it: every property is the host's own again once everybody who installed has called theirs.
 */
export function install(options: InstallOptions = {}): () => void {
  checkOptions('install', options, INSTALL_OPTIONS)
  if (users++ === 0) installAll(options.nativeAwait ?? true, options.events ?? 'cause')
  let installed = true
  return () => {
    if (!installed) return
    installed = false
    if (--users === 0) uninstallAll()
  }
}

function installAll(nativeAwait: boolean, events: EventPolicy): void {
  const limits: string[] = []
  const attempt = (what: string, begin: () => (() => void) | string): boolean => {
    let undo: (() => void) | string
    try {
      undo = begin()
    } catch (error) {
      undo = `${what} cannot be followed: ${error instanceof Error ? error.message : String(error)}`
    }
    if (typeof undo === 'string') limits.push(undo)
    else undoAll.push(undo)
    return typeof undo !== 'string'
  }
  attempt('context.run', () => setCarrier(runNoted))
  const failed = (reason: string): void => {
    limits.push(reason)
    setPropagation({ nativeAwait: false, events, limits }, { isFollowed, isUnseen })
  }
  const followed = nativeAwait && attempt('native await', () => followNativeAwait(failed))
  attempt('promise callbacks', followPromiseCallbacks)
  attempt('timers', followTimers)
  attempt('event listeners', () => followListeners(events))
  attempt('event handlers', () => followHandlers(events))
  attempt('observers', followObservers)
  attempt('calls that take a callback', followHostCalls)
  // Whoever installs within a run goes on in it.
  if (followed) noteActivity()
  setPropagation({ nativeAwait: followed, events, limits }, { isFollowed, isUnseen })
}

function uninstallAll(): void {
  const undo = undoAll.reverse()
  undoAll = []
  for (const end of undo) end()
  setPropagation(null)
}
