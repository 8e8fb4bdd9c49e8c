// The cases of everything asynchronous that hold in Node and in a page alike.

import { betweenTasks } from './between-tasks'
import { calls } from './calls'
import type { Cases } from './case'
import { givenContexts } from './given-contexts'
import { localStorage } from './local-storage'
import { nativeAwait } from './native-await'
import { promiseCallbacks } from './promise-callbacks'
import { seeds } from './seeds'
import { suspended } from './suspended'
import { tasks } from './tasks'

export const everywhere: Readonly<Record<string, Cases>> = {
  tasks,
  'contexts that are given': givenContexts,
  'from one task to another': betweenTasks,
  'scheduled calls': calls,
  'native await': nativeAwait,
  'promises and their callbacks': promiseCallbacks,
  'generators, runs and scopes that wait': suspended,
  'what AsyncLocalStorage promises': localStorage,
  'what aiocontextvars and gevent promise': seeds,
}
