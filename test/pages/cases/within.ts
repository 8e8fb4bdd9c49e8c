// Names the context in which something is done.

import { ContextVar } from 'contextvars-devtools'
import { createTask } from 'contextvars-devtools/async'

/** Holds the name of the context, which is 'outer' where nobody gave it one. */
export const variable = new ContextVar<string>('variable', { default: 'outer' })

/** Does something in a task, whose context has this name. */
export const within = <T>(name: string, body: () => T | Promise<T>): Promise<T> =>
  createTask(() => {
    variable.set(name)
    return body()
  }).result
