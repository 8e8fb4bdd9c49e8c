// A thenable may keep the engine's functions, and whoever calls them goes on with the code that waits: nothing can be seen of that.
// But where an async function that is a task comes to its end, the runtime knows which context its last code ran in.

import { afterEach, beforeEach, expect, test } from 'vitest'
import { ContextVar, copyContext } from '../../runtime'
import { createTask, install } from '../../runtime/async'
import type { Batch, ContextId, Fact } from '../../runtime/protocol'
import { record } from '../../runtime/recorder'
import { execute } from './program'
import { values } from './program-contexts'
import { expectAgreement } from './program-reference'

const variable = new ContextVar<string>('variable', { default: 'base' })
const sleep = (ms = 1) => new Promise<void>((resolve) => setTimeout(resolve, ms))

let recording = record({ budget: 1 })
let uninstall = () => {}
beforeEach(() => {
  recording = record({ budget: 1 })
  uninstall = install()
})
afterEach(() => {
  uninstall()
  recording.stop()
})

/** As libraries make them that know nothing of promises: whoever settles it calls everybody who waits. */
class Deferred {
  #waiting: (() => void)[] = []
  // biome-ignore lint/suspicious/noThenProperty: a thenable is what is tested
  then(resolve: () => void): void {
    this.#waiting.push(resolve)
  }
  settle(): void {
    for (const resolve of this.#waiting) resolve()
  }
}

function facts(): Fact[] {
  const all: Fact[] = []
  for (let last = -1; (all.at(-1)?.seq ?? 0) > last; ) {
    last = all.at(-1)?.seq ?? 0
    const batch: Batch = JSON.parse(recording.since(last))
    all.push(...batch.facts)
  }
  return all
}

interface Loss {
  from: string
  /** Null where it is not known. */
  into: string | null
  copied: boolean
}

/** Each await that was lost, with the names of the contexts that it was between. */
function losses(): Loss[] {
  const told = facts()
  const names = new Map(
    told.flatMap((fact) => (fact.type === 'context-created' ? [[fact.context, fact.name ?? fact.kind]] : [])),
  )
  const name = (id: ContextId) => names.get(id) ?? `context ${id}`
  return told
    .filter((fact) => fact.type === 'await-untracked')
    .map(({ context, resumed, copied }) => ({
      from: name(context),
      into: resumed === null ? null : name(resumed),
      copied,
    }))
}

const waitFor = (awaited: unknown) => async () => {
  variable.set('waiting')
  await awaited
  return variable.get()
}

test('a task that comes to its end in another one is told', async () => {
  const deferred = new Deferred()
  const waiting = createTask(waitFor(deferred), { name: 'waits' })
  await sleep()
  const settling = createTask(
    async () => {
      variable.set('settling')
      deferred.settle()
    },
    { name: 'settles' },
  )
  await settling.result
  expect(await waiting.result).toBe('settling')
  expect(losses()).toEqual([{ from: 'waits', into: 'settles', copied: false }])
})

test('and one that ends in the base context', async () => {
  const waiting = createTask(
    async () => {
      variable.set('waiting')
      for (let i = 0; i < 200; i++) await i
      return variable.get()
    },
    { name: 'waits' },
  )
  expect(await waiting.result).toBe('base')
  expect(losses()).toEqual([{ from: 'waits', into: 'base', copied: false }])
})

test('one that goes on in a copy is told once', async () => {
  // biome-ignore lint/suspicious/noThenProperty: a thenable is what is tested
  const later = { then: (resolve: () => void) => void setTimeout(resolve, 1) }
  expect(await createTask(waitFor(later), { name: 'waits' }).result).toBe('waiting')
  expect(losses()).toMatchObject([{ from: 'waits', copied: true }])
})

test('a thenable that only does something later besides goes on in the same context, and nothing is told', async () => {
  const after = (settle: (resolve: () => void, reject: () => void) => unknown) => async () => {
    const token = variable.set('waiting')
    // biome-ignore lint/suspicious/noThenProperty: a thenable is what is tested
    await { then: settle }
    variable.reset(token)
    variable.set('still here')
  }
  // As query builders do; and one that logs.
  const builder = after((resolve, reject) =>
    sleep()
      .then(() => 'text')
      .then(resolve, reject),
  )
  const logs = after((resolve) => {
    setTimeout(() => {}, 1)
    resolve()
  })
  for (const fn of [builder, logs]) {
    await createTask(fn).result
    await copyContext().run(fn)
  }
  expect(losses()).toEqual([])
})

test('a task that is refused is not told', async () => {
  const context = copyContext()
  const refused = context.run(() =>
    copyContext().run(() => createTask(async () => {}, { context, eagerStart: true }).result.catch(String)),
  )
  expect(await refused).toContain('is already entered')
  expect(losses()).toEqual([])
})

test('a task that comes back to itself is not told, whatever it awaits', async () => {
  const deferred = new Deferred()
  const tasks = [sleep(), 5, copyContext().run(() => sleep()), Promise.all([sleep(), sleep(2)])].map((awaited) =>
    createTask(waitFor(awaited)),
  )
  // What it calls goes on elsewhere; its own code comes back.
  const calls = createTask(async () => {
    await waitFor(deferred)()
  })
  // Whose promise this is, nobody knows.
  const promised = createTask(() => new Promise<void>((resolve) => void deferred.then(resolve)))
  await sleep(5)
  await createTask(async () => deferred.settle()).result
  await Promise.all([...tasks, calls, promised].map((task) => task.result))
  await expect(createTask(async () => Promise.reject(new Error('expected'))).result).rejects.toThrow('expected')
  expect(losses()).toEqual([])
})

test('nor is one of random programs, where nothing is lost', { timeout: 300_000 }, () =>
  expectAgreement({
    programs: 400,
    async run(batch) {
      const tasks = batch.map((steps) => createTask(async () => execute(steps, values)))
      const seen = await Promise.all(tasks.map((task) => task.result))
      // Thenables that call back later are among what they await.
      const strayed = facts().filter(
        (fact) => fact.type === 'await-untracked' && fact.cause.includes('came to its end'),
      )
      expect(strayed).toEqual([])
      return seen
    },
  }),
)

test('where await is not followed, nothing is told of tasks', async () => {
  uninstall()
  uninstall = install({ nativeAwait: false })
  await createTask(waitFor(sleep())).result
  expect(losses()).toEqual([])
})
