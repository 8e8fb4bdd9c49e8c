// The application follows contexts, too.

import { ContextVar, copyContext } from 'contextvars-devtools'
import { install } from 'contextvars-devtools/async'
import type { Contexts } from './diary'

install()

const customer = new ContextVar<string>('customer', { default: 'nobody' })
const marked = new ContextVar<boolean>('marked')

const contexts: Contexts = {
  serve: (name) => {
    customer.set(name)
  },
  who: () => customer.get(),
  apart: (work) => copyContext().run(work),
  mark() {
    const token = marked.set(true)
    return () => {
      try {
        marked.reset(token)
        return true
      } catch {
        return false
      }
    }
  },
}

Object.assign(globalThis, { contexts })
