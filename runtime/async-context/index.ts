// What an application imports as `contextvars-devtools/async-context`: TC39's AsyncContext over this runtime, which is announced to recorders
// by that. Importing it installs nothing.

import '../announced'

export { install } from './install'
export { AsyncContext } from './namespace'
export { Snapshot } from './snapshot'
export { Variable, type VariableOptions } from './variable'
