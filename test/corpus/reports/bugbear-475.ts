// PyCQA/flake8-bugbear#475 (werkzeug#2103, flower#6139): a default that can be changed is one for all contexts. Who adds to the list adds to
// everybody's.

import { ContextVar, copyContext } from 'contextvars-devtools'
import type { Program } from '../program'

const cv = new ContextVar<number[]>('cv', { default: [] })

const append = () => {
  cv.get().push(0)
}

export const asReported: Program = {
  run: () => {
    const context = copyContext()
    context.run(append)
    context.run(append)
    if (cv.get().length !== 2) throw new Error('nothing leaked')
  },
  finds: [],
}

export const notDiagnosed =
  'a change inside of a value is no fact: the page tells what a variable is set to, not what becomes of that; and a default that could be changed is no mistake as long as nobody does.'
