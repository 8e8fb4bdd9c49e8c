// PEP 567 in JavaScript: the names that this room gives to an application, and nothing done.

export { Context, copyContext } from './context/context'
export {
  AttributeError,
  KeyError,
  LookupError,
  ModuleNotFoundError,
  RuntimeError,
  ValueError,
} from './context/errors'
export { Token } from './context/token'
export { ContextVar } from './context/variable'
export {
  ContextReducer,
  type DataForm,
  deregisterContextVar,
  globalContextReducer,
  type ReducedContext,
  type ReducerOptions,
  type RegisterOptions,
  registerContextVar,
} from './reducer'
