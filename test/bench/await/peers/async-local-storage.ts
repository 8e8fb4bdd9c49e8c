// Node's own: the engine itself carries the context.

import { AsyncLocalStorage } from 'node:async_hooks'
import { offer } from '../../peer'
import { shapes } from '../shapes'

const storage = new AsyncLocalStorage<string>()

offer(
  shapes({
    enter: (fn) => storage.run('bench', fn),
    start: (fn) => storage.run('bench', fn),
    check() {
      if (storage.getStore() !== 'bench') throw new Error('The store was lost')
    },
  }),
)
