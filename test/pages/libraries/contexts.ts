// An application that follows contexts: it installs the runtime before anything else is loaded.

import { ContextVar } from 'contextvars-devtools'
import { createTask, followPromises, install, wrap } from 'contextvars-devtools/async'
import type { Contexts } from './caller'

install()

const caller = new ContextVar<string>('caller', { default: 'nobody' })
const marked = new ContextVar<boolean>('marked')

const contexts: Contexts = {
  asTask: (name, work) =>
    createTask(
      async () => {
        const token = caller.set(name)
        const result = await work()
        caller.reset(token)
        return result
      },
      { name },
    ).result,
  who: () => caller.get(),
  wrap,
  followPromises,
  mark() {
    const token = marked.set(true)
    return () => {
      try {
        marked.reset(token)
        return 'same context'
      } catch {
        return 'copy'
      }
    }
  },
}

Object.assign(globalThis, { contexts })
