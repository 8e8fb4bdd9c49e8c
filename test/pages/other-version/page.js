// A runtime from the future, as a recorder meets it: it announces itself, and speaks another version of the seam.

const key = Symbol.for('contextvars.hook')
globalThis[key] ??= { version: 1, runtimes: [] }
const hook = globalThis[key]
const runtime = {
  tapVersion: 9,
  version: '9.0.0',
  origin: 'application',
  base: {},
  current: () => ({}),
  attach: () => () => {},
  propagation: () => null,
  entries: () => [],
  counts: () => ({ contexts: 1, variables: 0, tokens: 0 }),
}
hook.runtimes.push(runtime)
hook.found?.(runtime)
