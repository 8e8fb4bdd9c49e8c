// Contexts as data, as cvpickle has them: a variable may leave if somebody registered it, with the name by which it is found again.

import { Context } from '../context/context'
import { describe } from '../context/describe'
import { KeyError, ValueError } from '../context/errors'
import { type ContextVar, isContextVar } from '../context/variable'
import type { ReducedContext } from './data'
import { attributeOf, nameOf, type Path } from './modules'
import { type DataForm, reduceContext } from './reduce'
import { restoreContext } from './restore'

export interface ReducerOptions {
  /** Whether the first variable that is registered makes this what `JSON.stringify(context)` uses, for good. Default false. */
  autoRegister?: boolean
  /** Whether contexts are restored over a copy of what is current, and not over nothing. Default false. */
  factoryIsCopyContext?: boolean
}

export interface RegisterOptions {
  /** Whether the variable has to be found under its name at once. Default true. */
  validate?: boolean
}

export class ContextReducer {
  /** What may leave, and the names by which it is found. */
  readonly picklableContextVars: Map<ContextVar<unknown>, readonly [module: string, qualname: string]> = new Map()
  /** Modules by their names, as `sys.modules` has them in Python. */
  readonly modules: Map<string, object> = new Map()
  autoRegister: boolean
  factoryIsCopyContext: boolean

  constructor(options: ReducerOptions = {}) {
    this.autoRegister = options.autoRegister ?? false
    this.factoryIsCopyContext = options.factoryIsCopyContext ?? false
  }

  /**
   * Lets a variable leave, as `qualname` of `module`: a name, or a namespace (`import * as shop from './shop'`) that has one. `qualname`
   * is the name of the variable, unless something else is said.
   */
  registerContextVar(
    variable: ContextVar<unknown>,
    module: string | object,
    qualname?: string | null,
    options: RegisterOptions = {},
  ): void {
    if (!isContextVar(variable)) {
      throw new TypeError(`Argument 1 must be a ContextVar object not ${describe(variable)}`)
    }
    const namespace = typeof module === 'object' && module !== null ? module : undefined
    const name = namespace === undefined ? String(module) : nameOf(this.modules, namespace)
    const path: Path = [name, qualname ?? variable.name]
    if ((options.validate ?? true) && attributeOf(namespace ?? this.modules.get(name), path) !== variable) {
      throw new ValueError(`Not the same object: ContextVar ${variable.name} and global ${path.join('.')}`)
    }
    if (namespace !== undefined) this.modules.set(name, namespace)
    this.picklableContextVars.set(variable, path)
    if (this.autoRegister) this.#serveJson()
  }

  deregisterContextVar(variable: ContextVar<unknown>): void {
    if (!this.picklableContextVars.delete(variable)) throw new KeyError(variable)
  }

  /** A context as data. What it holds and is not registered is left out, which a recorder is told. */
  reduce(context: Context, form: DataForm = 'clone'): ReducedContext {
    return reduceContext(this, context, form, this.reduce)
  }

  /** A context made of data, be it of `reduce` or parsed from JSON. Where it cannot be all, it is an error and nothing is done. */
  restore(data: unknown): Context {
    return restoreContext(this, data, this.restore)
  }

  #serveJson(): void {
    this.autoRegister = false
    const registry = this
    function toJSON(this: Context): ReducedContext {
      return reduceContext(registry, this, 'json', toJSON)
    }
    Object.defineProperty(Context.prototype, 'toJSON', { value: toJSON, writable: true, configurable: true })
  }
}
