// Contexts as data: the names that this room gives to an application, and the reducer that all of it shares. Where nobody uses them, a
// bundler leaves them out.

import type { ContextVar } from '../context/variable'
import { ContextReducer, type RegisterOptions } from './reducer'

export type { ReducedContext } from './data'
export type { DataForm } from './reduce'
export { ContextReducer, type ReducerOptions, type RegisterOptions } from './reducer'

/** The reducer that `JSON.stringify(context)` uses from when a variable is registered with it. */
export const globalContextReducer: ContextReducer = /* @__PURE__ */ new ContextReducer({
  autoRegister: true,
  factoryIsCopyContext: true,
})

/** Registers with the global reducer. */
export function registerContextVar(
  variable: ContextVar<unknown>,
  module: string | object,
  qualname?: string | null,
  options?: RegisterOptions,
): void {
  globalContextReducer.registerContextVar(variable, module, qualname, options)
}

/** Deregisters from the global reducer. */
export function deregisterContextVar(variable: ContextVar<unknown>): void {
  globalContextReducer.deregisterContextVar(variable)
}
