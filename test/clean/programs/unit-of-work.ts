// Transactions: whoever writes joins the one that is under way, an inner one is a savepoint, an error rolls back, and what is to
// happen after the commit waits for it.

import { ContextVar } from 'contextvars-devtools'
import { createTask, gather } from 'contextvars-devtools/async'
import { failure, type Program, sleep } from '../program'

class Store {
  readonly rows = new Map<string, number>()
  async read(key: string): Promise<number> {
    await sleep()
    return this.rows.get(key) ?? 0
  }
}

class Transaction {
  readonly changes = new Map<string, number>()
  readonly afterCommit: (() => void | Promise<void>)[] = []

  constructor(
    readonly store: Store,
    readonly outer: Transaction | null,
  ) {}

  async read(key: string): Promise<number> {
    return this.changes.get(key) ?? (await (this.outer ?? this.store).read(key))
  }

  async commit(): Promise<void> {
    await sleep()
    const into = this.outer?.changes ?? this.store.rows
    for (const [key, value] of this.changes) into.set(key, value)
    if (this.outer !== null) this.outer.afterCommit.push(...this.afterCommit)
    else for (const then of this.afterCommit) await then()
  }
}

const store = new Store()
const transaction = new ContextVar<Transaction | null>('transaction', { default: null })

async function atomically<T>(work: () => Promise<T>): Promise<T> {
  const begun = new Transaction(store, transaction.get())
  const token = transaction.set(begun)
  let result: T
  try {
    result = await work()
  } finally {
    transaction.reset(token)
  }
  await begun.commit()
  return result
}

function current(): Transaction {
  const found = transaction.get()
  if (found === null) throw new Error('no transaction is under way')
  return found
}

const accounts = {
  async balance(of: string) {
    return (await transaction.get()?.read(of)) ?? store.read(of)
  },
  async add(to: string, amount: number) {
    const under = current()
    const before = await under.read(to)
    if (before + amount < 0) throw new Error(`${to} has only ${before}`)
    under.changes.set(to, before + amount)
  },
}

const letters: string[] = []

async function transfer(from: string, to: string, amount: number): Promise<void> {
  await atomically(async () => {
    await accounts.add(to, amount)
    await accounts.add(from, -amount)
    current().afterCommit.push(() => void letters.push(`${from} → ${to}: ${amount}`))
  })
}

/** All that can be paid is; one that fails leaves the others. */
async function payroll(names: string[], amount: number): Promise<string[]> {
  return atomically(async () => {
    const failed: string[] = []
    for (const name of names) {
      try {
        await transfer('firm', name, amount)
      } catch {
        failed.push(name)
      }
    }
    return failed
  })
}

export const program: Program = {
  async run() {
    await atomically(() => accounts.add('firm', 100))
    const unpaid = await createTask(() => payroll(['ada', 'bob', 'eve'], 40), { name: 'payroll' }).result
    const refused = await failure(() => transfer('ada', 'bob', 500))
    const outside = await failure(() => accounts.add('ada', 1))
    await gather(
      () => transfer('ada', 'eve', 10),
      () => transfer('bob', 'zoe', 5),
    )
    const balances = await Promise.all(['firm', 'ada', 'bob', 'eve', 'zoe'].map((name) => accounts.balance(name)))
    return { unpaid, refused, outside, balances, letters }
  },
  comesTo: {
    unpaid: ['eve'],
    refused: 'ada has only 40',
    outside: 'no transaction is under way',
    balances: [20, 30, 35, 10, 5],
    letters: ['firm → ada: 40', 'firm → bob: 40', 'ada → eve: 10', 'bob → zoe: 5'],
  },
}
