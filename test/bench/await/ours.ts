// This package's way to have a context.

import { createTask } from '../../../runtime/async'
import { ContextVar, copyContext } from '../../../runtime/index'
import type { Carrier } from './shapes'

const scope = new ContextVar<string>('scope')

export const ours: Carrier = {
  enter: (fn) =>
    copyContext().run(() => {
      scope.set('bench')
      return fn()
    }),
  start: (fn) =>
    createTask(() => {
      scope.set('bench')
      return fn()
    }).result,
  check() {
    if (scope.get('lost') === 'lost') throw new Error('The context was lost')
  },
}
