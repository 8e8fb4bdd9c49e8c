// dexie: IndexedDB by promises of its own kind, which reaches into native `await` itself to keep its transactions.

import Dexie, { liveQuery, type Table } from 'dexie'
import type { Caller, Job } from '../caller'

interface Friend {
  id?: number
  name: string
  age: number
}

type Friends = Dexie & { friends: Table<Friend, number> }

async function open(name: string): Promise<Friends> {
  await Dexie.delete(name)
  const db = new Dexie(name) as Friends
  db.version(1).stores({ friends: '++id, name, age' })
  await db.open()
  return db
}

const people = (owner: string): Friend[] => [20, 30, 40].map((age) => ({ name: `${owner}'s ${age}`, age }))

let followed = false
let shared: Promise<Friends> | undefined

/** No engine made its promises, and it calls back from a queue of its own. */
function followOnce(caller: Caller): void {
  if (!followed) caller.follow(Dexie.Promise)
  followed = true
}

/** One database for all callers, whose work waits in one queue: so its promises are named, once. */
function sharedDatabase(caller: Caller): Promise<Friends> {
  followOnce(caller)
  shared ??= open('of all callers')
  return shared
}

export const dexie: Record<string, Job> = {
  'transactions of several callers in one database, its promises followed and the scopes wrapped': async (caller) => {
    const db = await sharedDatabase(caller)
    caller.see('opened')
    const count = await db.transaction(
      'r',
      db.friends,
      caller.wrap(async () => {
        caller.see('scope')
        await db.friends.count()
        caller.see('counted')
        return db.friends.where('age').above(1_000).count()
      }),
    )
    caller.see('after it')
    return count
  },

  'opens a database, writes and queries': async (caller) => {
    const db = await open(`query of ${caller.name}`)
    caller.see('opened')
    db.friends.hook('creating', () => caller.see('hook'))
    await db.friends.bulkPut(people(caller.name))
    caller.see('put')
    const old = await db.friends
      .where('age')
      .above(25)
      .filter(({ age }) => {
        caller.see('filter')
        return age < 100
      })
      .toArray()
    caller.see('queried')
    const names = await db.friends.toCollection().sortBy('name', (sorted) => {
      caller.see('sorted, by callback')
      return sorted.map(({ name }) => name)
    })
    await db.friends.each(({ name }) => caller.see(`each ${name}`))
    await db.friends.count().then((count) => caller.see(`then ${count}`))
    db.close()
    return { old, names }
  },

  'a transaction of several native awaits': async (caller) => {
    const db = await open(`transaction of ${caller.name}`)
    const result = await db.transaction('rw', db.friends, async (tx) => {
      caller.see('scope')
      const id = await db.friends.add({ name: 'first', age: 1 })
      caller.see('added')
      tx.on('complete', () => caller.see('complete'))
      for (let i = 0; i < 5; i++) {
        await db.friends.update(id, { age: i })
        caller.see(`updated ${i}`)
      }
      await Promise.all([db.friends.add({ name: 'second', age: 2 }), db.friends.add({ name: 'third', age: 3 })])
      caller.see('both added')
      const nested = await db.transaction('rw', db.friends, async () => {
        await db.friends.where('name').equals('third').modify({ age: 33 })
        caller.see('nested')
        return db.friends.orderBy('age').keys()
      })
      caller.see('after nested')
      return { nested, inTransaction: Dexie.currentTransaction === tx }
    })
    caller.see('committed')
    const outside = Dexie.currentTransaction === null
    db.close()
    return { ...result, outside }
  },

  'an error rolls a transaction back': async (caller) => {
    const db = await open(`rollback of ${caller.name}`)
    await db.friends.add({ name: 'kept', age: 1 })
    let said = ''
    try {
      await db.transaction('rw', db.friends, async () => {
        await db.friends.add({ name: 'lost', age: 2 })
        caller.see('added')
        throw new RangeError('no')
      })
    } catch (error) {
      caller.see('caught')
      said = String(error)
    } finally {
      caller.see('finally')
    }
    const refused = await db.friends.add({ id: 1, name: 'twice', age: 3 }).catch((error: Error) => {
      caller.see('caught by callback')
      return error.name
    })
    const names = (await db.friends.toArray()).map(({ name }) => name)
    caller.see('queried')
    db.close()
    return { said, refused, names }
  },

  'a live query runs again after each write': async (caller) => {
    const db = await open(`live query of ${caller.name}`)
    const seen: number[] = []
    let waiting = () => {}
    const subscription = liveQuery(async () => {
      caller.see('querier')
      const count = await db.friends.count()
      caller.see('querier, counted')
      return count
    }).subscribe((count) => {
      caller.see('next')
      seen.push(count)
      waiting()
    })
    const reaches = (count: number) =>
      new Promise<void>((resolve) => {
        waiting = () => {
          if (seen.at(-1) === count) resolve()
        }
        waiting()
      })
    await reaches(0)
    caller.see('subscribed')
    await db.friends.add({ name: 'one', age: 1 })
    await reaches(1)
    caller.see('told of one')
    await db.friends.bulkAdd(people(caller.name))
    await reaches(4)
    caller.see('told of four')
    subscription.unsubscribe()
    db.close()
    return seen
  },

  "an await of dexie's own promises": async (caller) => {
    const db = await open(`awaits of ${caller.name}`)
    followOnce(caller)
    await caller.resume('add', db.friends.add({ name: 'one', age: 1 }))
    await caller.resume(
      'transaction',
      db.transaction('r', db.friends, async () => db.friends.count()),
    )
    await caller.resume(
      'delay',
      Dexie.Promise.resolve().then(() => caller.see('then')),
    )
    db.close()
    return 'done'
  },
}
