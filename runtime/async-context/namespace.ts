// `AsyncContext` itself: an object that has the two classes, and nothing else.

import { dataProperty } from './properties'
import { Snapshot, type Snapshot as SnapshotOf } from './snapshot'
import { Variable, type Variable as VariableOf } from './variable'

/** As the host will have it one day, under this name. */
export const AsyncContext: { readonly Variable: typeof Variable; readonly Snapshot: typeof Snapshot } =
  /* @__PURE__ */ namespace()

/** The types that bear their names: `AsyncContext.Variable<string>`. */
export declare namespace AsyncContext {
  type Variable<T> = VariableOf<T>
  type Snapshot = SnapshotOf
}

function namespace(): typeof AsyncContext {
  const made = {} as typeof AsyncContext
  for (const [key, value] of Object.entries({ Variable, Snapshot })) {
    Object.defineProperty(made, key, { value, writable: true, enumerable: false, configurable: true })
  }
  dataProperty(made, Symbol.toStringTag, 'AsyncContext')
  return made
}
