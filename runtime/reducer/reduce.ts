// From a context to data: only what somebody registered may leave, and what does not is told.

import { type Context, isContext } from '../context/context'
import { describe } from '../context/describe'
import { type Boundary, type NotReducedWhy, tap } from '../context/tap'
import type { ContextVar } from '../context/variable'
import { copier, isData, isPlain, type ReducedContext, VERSION } from './data'
import { attributeOf, type Modules, type Path } from './modules'

/**
 * Which way the data is to go.
 * - `clone`: through structured clone (`postMessage`, IndexedDB), which carries most values, and keeps one object one
 * - `json`: as text; what JSON would make something else of is refused
 */
export type DataForm = 'clone' | 'json'

/** What a reducer knows. */
export interface Registry {
  readonly modules: Modules
  readonly picklableContextVars: ReadonlyMap<ContextVar<unknown>, Path>
  readonly factoryIsCopyContext: boolean
}

export function reduceContext(
  registry: Registry,
  subject: Context,
  form: DataForm,
  boundary: Boundary,
): ReducedContext {
  if (!isContext(subject)) throw new TypeError(`Argument must be a Context object not ${describe(subject)}`)
  /** Whose value is looked at. */
  let at: ContextVar<unknown> | null = null

  const copy = copier(
    (value) => (isContext(value) ? dataOf(value) : undefined),
    (value) => {
      const unfit = unfitFor(value, form)
      if (unfit === null) return
      throw new TypeError(`cannot reduce ${at}: ${form === 'json' ? 'JSON' : 'structured clone'} has no ${unfit}`)
    },
  )
  return copy(subject) as ReducedContext

  function dataOf(context: Context): ReducedContext {
    const outer = at
    const notes = new Map<NotReducedWhy, ContextVar<unknown>[]>()
    const note = (why: NotReducedWhy, variable: ContextVar<unknown>): void => {
      const noted = notes.get(why)
      if (noted === undefined) notes.set(why, [variable])
      else noted.push(variable)
    }
    /** By the path: of two variables the newer one has it, as the last entry of a Python dict has its key. */
    const reduced = new Map<string, [variable: ContextVar<unknown>, ReducedContext['values'][number]]>()
    try {
      for (const [variable, value] of context) {
        const path = registry.picklableContextVars.get(variable)
        if (path === undefined) {
          note('unregistered', variable)
          continue
        }
        at = variable
        if (!isFound(registry.modules, path, variable)) note('unresolved', variable)
        const key = JSON.stringify(path)
        const older = reduced.get(key)
        if (older !== undefined) note('duplicate', older[0])
        reduced.set(key, [variable, value === undefined ? path : [...path, copied(variable, value)]])
      }
    } finally {
      for (const [why, variables] of notes) tap?.notReduced?.(context, variables, why, boundary)
      at = outer
    }
    const values = [...reduced.values()].map(([, entry]) => entry)
    return { $contextvars: VERSION, copyContext: registry.factoryIsCopyContext, values }

    function copied(variable: ContextVar<unknown>, value: unknown): unknown {
      try {
        return copy(value)
      } catch (error) {
        note('refused', variable)
        throw error
      }
    }
  }
}

/** Of these, structured clone would make an empty object. */
const OURS = /^\[object (Context|ContextVar|Token)\]$/

/** What a value is that cannot go that way; null for one that can. */
function unfitFor(value: unknown, form: DataForm): string | null {
  if (typeof value !== 'object' || value === null) {
    const fits =
      form === 'clone'
        ? typeof value !== 'function' && typeof value !== 'symbol'
        : value === null || typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value)
    return fits ? null : describe(value)
  }
  if (isData(value)) return 'object of the page with a property $contextvars'
  const shown = Object.prototype.toString.call(value)
  if (form === 'clone') return OURS.test(shown) ? shown : null
  if (!Array.isArray(value)) return isPlain(value) ? null : shown
  return Object.keys(value).length === value.length ? null : 'list with holes'
}

/** Whether a variable that was registered without a look at its module is there. Without the module, nobody can tell. */
function isFound(modules: Modules, path: Path, variable: ContextVar<unknown>): boolean {
  const module = modules.get(path[0])
  if (module === undefined) return true
  try {
    return attributeOf(module, path) === variable
  } catch {
    return false
  }
}
