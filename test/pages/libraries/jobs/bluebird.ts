// bluebird: promises of another make. All its callbacks, whoever's, wait in one queue that one microtask drains: what waits in
// it at the same time runs in the context of who came first. Nothing outside can see into that queue; a library of this make has
// to be named, once, by `followPromises`.

import Bluebird from 'bluebird'
import type { Caller, Job } from '../caller'

/** What three callers do in the same tick. */
async function mapAndReduce(promises: typeof Bluebird, see: Caller['see'], wrap: Caller['wrap']): Promise<unknown> {
  const doubled = await promises.map(
    [3, 1, 2],
    wrap((i: number) => {
      see(`${i}: map`)
      return promises.delay(i).then(() => {
        see(`${i}: mapped`)
        return i * 2
      })
    }),
  )
  see('doubled')
  const sum = await promises.reduce(
    doubled,
    wrap(async (total: number, i: number) => {
      see(`reduce ${i}`)
      await promises.delay(1)
      see(`reduced ${i}`)
      return total + i
    }),
  )
  see('sum')
  return { doubled, sum }
}

let followed: typeof Bluebird | undefined

/** One copy of the library for all callers, and its promises are named once. */
function followedCopy(caller: Caller): typeof Bluebird {
  if (followed === undefined) {
    followed = Bluebird.getNewLibraryCopy()
    caller.follow(followed)
  }
  return followed
}

export const bluebird: Record<string, Job> = {
  'map and reduce for three callers at once, its promises followed and what it maps with wrapped': (caller) =>
    mapAndReduce(followedCopy(caller), (point) => caller.see(point), caller.wrap),

  'awaits of its promises, followed': async (caller) => {
    const promises = followedCopy(caller)
    await caller.resume('fulfilled', promises.resolve('value'))
    await caller.resume('delay', promises.delay(1))
    try {
      await promises.reject(new Error('no'))
    } catch {
      caller.see('caught')
    }
    return 'done'
  },

  'map and reduce for three callers at once, in the context of who came first': (caller) =>
    mapAndReduce(
      Bluebird,
      (point) => caller.see(point, 'Ada'),
      (fn) => fn,
    ),

  'awaits of its promises, while nobody else is in its queue': async (caller) => {
    // No native promises: what is current after the await has the same values.
    await caller.resume('delay', Bluebird.delay(1), 'copy')
    await caller.resume('fulfilled', Bluebird.resolve('value'), 'copy')
    try {
      await Bluebird.reject(new Error('no'))
    } catch {
      caller.see('caught')
    } finally {
      caller.see('finally')
    }
    return 'done'
  },

  'awaits of its promises, made native by Promise.resolve, whoever is in its queue': async (caller) => {
    await caller.resume('fulfilled', Promise.resolve(Bluebird.resolve('value')))
    await caller.resume('chain', Promise.resolve(Bluebird.resolve().then(() => Bluebird.delay(1))))
    try {
      await Promise.resolve(Bluebird.reject(new Error('no')))
    } catch {
      caller.see('caught')
    }
    return 'done'
  },
}
