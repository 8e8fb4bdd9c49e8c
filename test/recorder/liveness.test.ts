// What the page lets go stays collectable while it is recorded, and the recorder tells what the collector took.

import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Context, ContextVar, copyContext, type Token } from '../../runtime'
import { createTask, install, wrap } from '../../runtime/async'
import type { Fact, FactType } from '../../runtime/protocol'
import { record } from '../../runtime/recorder'

setFlagsFromString('--expose-gc')
const collectGarbage: () => void = runInNewContext('gc')

let recording: ReturnType<typeof record>
let uninstall: () => void
beforeAll(() => {
  recording = record({ budget: 1 })
  uninstall = install()
})
afterAll(() => {
  uninstall()
  recording.stop()
})

const all = <T extends FactType>(type: T): Extract<Fact, { type: T }>[] =>
  (JSON.parse(recording.since(0)).facts as Fact[]).filter(
    (fact): fact is Extract<Fact, { type: T }> => fact.type === type,
  )

/** Collects until `done`, a bounded number of times; the collector needs the stack to be empty in between. */
async function collectUntil(done: () => boolean): Promise<void> {
  for (let round = 0; round < 50 && !done(); round++) {
    await new Promise((resolve) => setTimeout(resolve, 1))
    collectGarbage()
  }
}

test('values, contexts, tokens and the objects on a recorded stack go when the page lets them go', async () => {
  const variable = new ContextVar<object>('held')
  const watched: WeakRef<object>[] = []
  const watch = <T extends object>(object: T): T => {
    watched.push(new WeakRef(object))
    return object
  }
  class Service {
    work(): void {
      // Its `this` is on the stack of this set.
      variable.set(watch({ big: new Array(1_000).fill(1) }))
    }
  }
  await (async () => {
    const context = watch(copyContext())
    context.run(() => watch(new Service()).work())
    await createTask(async () => {
      watch(variable.set(watch({ of: 'a task' })))
      await null
    }).result
    setTimeout(() => variable.set(watch({ of: 'a timer' })), 1)
    await new Promise((resolve) => setTimeout(resolve, 3))
  })()
  // The panel asks; that reads the stacks that were waiting.
  recording.since(0)
  const left = () => watched.filter((reference) => reference.deref() !== undefined).length
  await collectUntil(() => left() === 0)
  expect(left()).toBe(0)
  expect(watched.length).toBe(6)
})

test('a token that is lost while its context lives is told; a used one is not', async () => {
  const variable = new ContextVar<number>('forgotten')
  const context = new Context()
  const used: number[] = []
  context.run(() => {
    variable.set(1)
    const token: Token<number> = variable.set(2)
    variable.reset(token)
    used.push(all('var-reset').at(-1)?.token ?? 0)
  })
  const lost = all('var-set').find((set) => set.variable === all('var-created').at(-1)?.variable)?.token
  const collected = () => all('token-collected').map((fact) => fact.token)
  await collectUntil(() => collected().some((token) => token === lost))
  expect(collected()).toContain(lost)
  expect(collected()).not.toContain(used[0])
  expect(context.size).toBe(1)
})

test('of many tokens those that were used go unnoticed, and the others are told, however long after they were made', async () => {
  const variable = new ContextVar<number>('many')
  const before = all('token-collected').length
  const context = new Context()
  context.run(() => {
    for (let i = 0; i < 100; i++) {
      const token = variable.set(i)
      if (i % 2 === 0) variable.reset(token)
    }
  })
  const lost = all('var-set').filter((set) => set.context === all('run-ended').at(-1)?.context)
  const unused = lost.filter((_, index) => index % 2 === 1).map((set) => set.token)
  const collected = () =>
    all('token-collected')
      .slice(before)
      .map((fact) => fact.token)
  await collectUntil(() => collected().length >= 50)
  expect(collected().sort((a, b) => a - b)).toEqual(unused)
  expect(context.size).toBe(1)
})

test('a context that goes is told', async () => {
  const made = (() => {
    copyContext().run(() => {})
    return all('context-created').at(-1)?.context
  })()
  const collected = () => all('context-collected').map((fact) => fact.context)
  await collectUntil(() => collected().some((context) => context === made))
  expect(collected()).toContain(made)
})

test('a timer that sets the next timer for ever keeps nothing of the ones before', async () => {
  const contexts: WeakRef<object>[] = []
  const variable = new ContextVar<number>('loop', { default: 0 })
  let left = 300
  await new Promise<void>((resolve) => {
    const tick = () => {
      contexts.push(new WeakRef(copyContext()))
      variable.get()
      if (--left > 0) setTimeout(tick)
      else resolve()
    }
    setTimeout(tick)
  })
  recording.since(0)
  const alive = () => contexts.filter((reference) => reference.deref() !== undefined).length
  await collectUntil(() => alive() <= 2)
  expect(alive()).toBeLessThanOrEqual(2)
})

test('a context is not called gone as long as a copy of it may still be told of', async () => {
  // A stack that nobody has read yet keeps what stands on it.
  recording.configure('{"stacks":"none"}')
  const variable = new ContextVar<string>('late')
  const registers = (name: string) =>
    createTask(
      async () => {
        variable.set(name)
        return wrap(() => variable.get())
      },
      { name },
    ).result
  const contextOf = (task: string) => all('task-created').find(({ name }) => name === task)?.context ?? 0
  const isCollected = (context: number) => all('context-collected').some((fact) => fact.context === context)

  // Nobody has a task's context any more; of each, one copy waits to be called, which is told of only then.
  let later: (() => unknown) | null = await registers('kept')
  for (let round = 0; round < 20; round++) await registers(`dropped ${round}`)
  const [owner, other] = [contextOf('kept'), contextOf('dropped 0')]
  await collectUntil(() => isCollected(other))
  expect(isCollected(other)).toBe(true)
  await collectUntil(() => isCollected(owner))
  expect(isCollected(owner)).toBe(false)

  expect(later()).toBe('kept')
  expect(all('context-created').at(-1)?.parent).toBe(owner)
  later = null
  await collectUntil(() => isCollected(owner))
  expect(isCollected(owner)).toBe(true)
})
