// For code that was written for the standard: `AsyncContext` as a global, where the host has none, and contexts that are followed as the
// proposal says.

import { install as follow, type InstallOptions } from '../async/install'
import { AsyncContext } from './namespace'

let users = 0
let withdraw = (): void => {}

/**
 * Makes `globalThis.AsyncContext`, if nothing of that name is there, and follows asynchrony as `install` of
 * `contextvars-devtools/async` does, with listeners in the context of the dispatch, unless the options say otherwise.
 * @throws TypeError as that does.
 * @returns what undoes both, once everybody who installed has called theirs.
 */
export function install(options: InstallOptions = {}): () => void {
  const unfollow = follow({ ...options, events: options.events ?? 'dispatch' })
  if (users++ === 0) withdraw = provide()
  let installed = true
  return () => {
    if (!installed) return
    installed = false
    if (--users === 0) withdraw()
    unfollow()
  }
}

function provide(): () => void {
  const own = { value: AsyncContext, writable: true, enumerable: false, configurable: true }
  if ('AsyncContext' in globalThis || !Reflect.defineProperty(globalThis, 'AsyncContext', own)) return () => {}
  return () => {
    // Somebody may have put another there.
    if (Reflect.get(globalThis, 'AsyncContext') === AsyncContext) Reflect.deleteProperty(globalThis, 'AsyncContext')
  }
}
