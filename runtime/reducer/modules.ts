// Where variables are found by their names. Python has `sys.modules` for that; a page has nothing of the kind, so each reducer knows
// the modules that it was given.

import { AttributeError, ModuleNotFoundError } from '../context/errors'
import { type ContextVar, isContextVar } from '../context/variable'

/** By their names. A module is its namespace (`import * as shop from './shop'`), or any object that holds variables. */
export type Modules = Map<string, object>

/** Where a variable is found. */
export type Path = readonly [module: string, qualname: string]

/** Python's `module.__name__`: the name that it has here, or else says of itself. */
export function nameOf(modules: Modules, module: object): string {
  for (const [name, known] of modules) if (known === module) return name
  const { __name__ } = module as { readonly __name__?: unknown }
  if (typeof __name__ === 'string') return __name__
  throw new ModuleNotFoundError('the module has no name: say `modules.set(name, module)`, or let it export `__name__`')
}

/** What a module has under a dotted name. Own properties alone, so that no name leads to what every object has. */
export function attributeOf(module: object | undefined, [name, qualname]: Path): unknown {
  if (module === undefined) throw new ModuleNotFoundError(`No module named '${name}'`)
  let found: unknown = module
  for (const part of qualname.split('.')) {
    if (!Object.hasOwn(found ?? {}, part)) throw new AttributeError(`module '${name}' has no attribute '${qualname}'`)
    found = (found as Record<string, unknown>)[part]
  }
  return found
}

/** The variable at `path`. A name without a module stands for what was registered under it, the newest of several. */
export function variableAt(
  modules: Modules,
  registered: ReadonlyMap<ContextVar<unknown>, Path>,
  path: Path,
): ContextVar<unknown> {
  const module = modules.get(path[0])
  let found: unknown
  if (module === undefined) {
    for (const [variable, [name, qualname]] of registered) {
      if (name === path[0] && qualname === path[1]) found = variable
    }
  }
  found ??= attributeOf(module, path)
  if (!isContextVar(found)) throw new AttributeError(`module '${path[0]}' has no ContextVar '${path[1]}'`)
  return found
}
