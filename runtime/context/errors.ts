// Python's exceptions, where JavaScript has no error of its own for the case. Wrong types throw the built-in TypeError.

import type { ContextVar } from './variable'

/** `get()` found neither a value nor a default. */
export class LookupError extends Error {
  readonly variable: ContextVar<unknown>

  constructor(variable: ContextVar<unknown>) {
    super(String(variable))
    this.variable = variable
  }
}

/** The variable is not in this mapping. */
export class KeyError extends LookupError {}

export class ValueError extends Error {}

export class RuntimeError extends Error {}

export class ModuleNotFoundError extends Error {}

export class AttributeError extends Error {}

// On the prototypes, as the language's own errors have it; and spelled out, since a minifier renames classes.
for (const [name, { prototype }] of Object.entries({
  LookupError,
  KeyError,
  ValueError,
  RuntimeError,
  ModuleNotFoundError,
  AttributeError,
})) {
  Object.defineProperty(prototype, 'name', { value: name, configurable: true, writable: true })
}
