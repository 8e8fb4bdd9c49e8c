// The runtime that `inject.js` brings, under the names by which an application imports the package. The first touch sets it up.

import type * as runtime from 'contextvars-devtools'
import type * as asynchronous from 'contextvars-devtools/async'

declare global {
  var contextvars: typeof runtime & typeof asynchronous
}

export const { Context, ContextVar, copyContext, RuntimeError, ValueError } = globalThis.contextvars
export const { callAt, callLater, callSoon, createTask, gather, install, spawn, TaskGroup, wrap } =
  globalThis.contextvars
