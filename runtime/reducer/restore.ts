// From data to a context, all of it or nothing. Whoever sent the data may have written anything.

import { type Context, copyFor, emptyFor, valuesOf } from '../context/context'
import { describe } from '../context/describe'
import { ValueError } from '../context/errors'
import { current } from '../context/storage'
import { type Boundary, tap } from '../context/tap'
import { makeToken } from '../context/token'
import type { ContextVar } from '../context/variable'
import { copier, isData, type ReducedContext, VERSION } from './data'
import { variableAt } from './modules'
import type { Registry } from './reduce'

const API = 'ContextReducer.restore'

type Make = (copyContext: boolean, found: ReadonlyMap<ContextVar<unknown>, unknown>) => object

/** `name` is what the unit of work is called that is to go on there. */
export function restoreContext(
  registry: Registry,
  data: unknown,
  boundary: Boundary,
  name: string | null = null,
): Context {
  if (typeof data !== 'object' || data === null || !isData(data)) {
    throw new ValueError(`expected a context as data, got ${describe(data)}`)
  }
  // Once without a trace: where a context holds others, one of these may be the one that cannot be restored.
  read(registry, data, () => ({}))
  return read(registry, data, (copyContext, found) => {
    const context = copyContext
      ? copyFor(current, 'restored', API, name, boundary)
      : emptyFor('restored', API, name, boundary)
    for (const [variable, value] of found) {
      const token = makeToken(variable, valuesOf(context).set(variable, value), context)
      tap?.variableSet(context, variable, token, value, boundary)
    }
    return context
  }) as Context
}

function read({ modules, picklableContextVars }: Registry, data: object, make: Make): unknown {
  const copy = copier(
    (value) => {
      if (!isData(value)) return undefined
      const { $contextvars: version, copyContext, values } = value as Partial<Record<keyof ReducedContext, unknown>>
      if (version !== VERSION) {
        throw new ValueError(`a context as data of version ${describe(version)}; this runtime reads version ${VERSION}`)
      }
      if (typeof copyContext !== 'boolean' || !Array.isArray(values)) {
        throw new ValueError('a context as data has `copyContext`, true or false, and `values`, a list')
      }
      const found = new Map<ContextVar<unknown>, unknown>()
      for (const entry of values) {
        const [module, qualname, value] = Array.isArray(entry) ? entry : []
        if (typeof module !== 'string' || typeof qualname !== 'string') {
          throw new ValueError('each of the `values` of a context as data is a list: module, qualname, value')
        }
        found.set(variableAt(modules, picklableContextVars, [module, qualname]), copy(value))
      }
      return make(copyContext, found)
    },
    () => {},
  )
  return copy(data)
}
