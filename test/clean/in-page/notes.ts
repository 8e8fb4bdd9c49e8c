// Notes in IndexedDB: a transaction is found by whoever writes inside of it, requests become promises, and each note knows its author.

import { ContextVar } from 'contextvars-devtools'
import { createTask, gather } from 'contextvars-devtools/async'
import { failure, type Program } from '../program'

interface Note {
  id?: number
  author: string
  text: string
}

const author = new ContextVar<string>('noteAuthor', { default: 'anonymous' })
const open = new ContextVar<IDBTransaction | null>('openTransaction', { default: null })
const log: string[] = []

function answered<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
}

function completed(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => {
      log.push(`complete for ${author.get()}`)
      resolve()
    }
    transaction.onabort = () => reject(transaction.error ?? new Error('aborted'))
  })
}

function opened(name: string): Promise<IDBDatabase> {
  const request = indexedDB.open(name, 1)
  request.onupgradeneeded = () => request.result.createObjectStore('notes', { keyPath: 'id', autoIncrement: true })
  return answered(request)
}

class Notes {
  constructor(readonly database: IDBDatabase) {}

  /** Joins the transaction that is under way. */
  async #within<T>(mode: IDBTransactionMode, work: (store: IDBObjectStore) => Promise<T>): Promise<T> {
    const around = open.get()
    if (around !== null) return work(around.objectStore('notes'))
    const transaction = this.database.transaction('notes', mode)
    const end = completed(transaction)
    const token = open.set(transaction)
    try {
      const result = await work(transaction.objectStore('notes'))
      await end
      return result
    } catch (error) {
      end.catch(() => {})
      transaction.abort()
      throw error
    } finally {
      open.reset(token)
    }
  }

  add(text: string): Promise<IDBValidKey> {
    return this.#within('readwrite', async (store) => {
      if (text === '') throw new Error(`${author.get()} wrote nothing`)
      return answered(store.add({ author: author.get(), text } satisfies Note))
    })
  }

  addAll(texts: string[]): Promise<number> {
    return this.#within('readwrite', async (store) => {
      for (const text of texts) await this.add(text)
      return answered(store.count())
    })
  }

  all(): Promise<Note[]> {
    return this.#within('readonly', (store) => answered(store.getAll() as IDBRequest<Note[]>))
  }
}

async function write(notes: Notes, who: string, texts: string[]): Promise<number> {
  using _ = author.set(who)
  return await notes.addAll(texts)
}

export const program: Program = {
  async run() {
    const name = `notes ${Math.random()}`
    const database = await opened(name)
    const notes = new Notes(database)
    try {
      await gather(
        () => write(notes, 'Ada', ['one', 'two']),
        () => write(notes, 'Bob', ['three']),
      )
      const failed = await failure(() => createTask(() => write(notes, 'Eve', ['four', ''])).result)
      await notes.add('five')
      const all = (await notes.all()).map(({ author, text }) => `${author}: ${text}`)
      return { failed, all, log: log.sort() }
    } finally {
      database.close()
      indexedDB.deleteDatabase(name)
    }
  },
  comesTo: {
    failed: 'Eve wrote nothing',
    all: ['Ada: one', 'Ada: two', 'Bob: three', 'anonymous: five'],
    log: ['complete for Ada', 'complete for Bob', 'complete for anonymous', 'complete for anonymous'],
  },
}
