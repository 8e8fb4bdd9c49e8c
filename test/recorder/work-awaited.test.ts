// Who waits for what: told where an await of a task, or of what a run returned, is seen. What was begun and is not waited for is not.

import { afterEach, beforeEach, expect, test } from 'vitest'
import { Context, copyContext } from '../../runtime'
import { createTask, gather, install, spawn, TaskGroup } from '../../runtime/async'
import type { Batch, WorkAwaited } from '../../runtime/protocol'
import { record } from '../../runtime/recorder'
import { collected } from '../context/collected'

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

const batch = (): Batch => JSON.parse(recording.since(0))

/** `Ada waited for Grace`, by the names of tasks, in the order in which it was told. */
function told(): string[] {
  const { facts } = batch()
  const names = new Map(
    facts.flatMap((fact) => (fact.type === 'context-created' ? [[fact.context, fact.name ?? fact.kind]] : [])),
  )
  const nameOf = (context: number) => names.get(context as WorkAwaited['context']) ?? 'base'
  return facts.flatMap((fact) =>
    fact.type === 'work-awaited' ? `${nameOf(fact.context)} waited for ${nameOf(fact.work)}` : [],
  )
}

/** The files that the stacks begin in; none where the engine itself goes on, or Node for it. */
function files(): Set<string> {
  const { facts, stacks } = batch()
  const urls = facts.flatMap((fact) =>
    fact.type === 'work-awaited' && fact.stack !== null ? (stacks[fact.stack]?.[0]?.url ?? 'not taken') : [],
  )
  return new Set(urls.filter((url) => !url.startsWith('node:')).map((url) => url.replace(/^.*\//, '')))
}

const sleep = (ms = 0) => new Promise<void>((resolve) => setTimeout(resolve, ms))
const named = (name: string) => createTask(() => sleep(), { name })
const answering = <Item>(list: Item[], item: unknown) =>
  Object.assign(list, {
    *[Symbol.iterator]() {
      yield item as Item
    },
  })
/** In a task of its own, since all tests share the base context. */
const inTask = (work: () => unknown) => createTask(async () => void (await work()), { name: 'Ada' }).result

test('who awaits the result of a task, with the line', async () => {
  await inTask(async () => {
    await named('Grace').result
  })
  expect(told()).toEqual(['base waited for Ada', 'Ada waited for Grace'])
  expect(files()).toEqual(new Set(['work-awaited.test.ts']))
})

test.each<[string, () => unknown, string[]]>([
  ['a unit that starts empty', () => spawn(() => sleep(), { name: 'Grace' }).result, ['Grace']],
  [
    'a task that is over by then',
    async () => {
      const task = named('Grace')
      await sleep(5)
      await task.result
    },
    ['Grace'],
  ],
  ['several at once', () => gather(named('Grace'), named('Alan')), ['Grace', 'Alan']],
  [
    // What a build makes of `await using` has lines of its own.
    'a group, as it is left',
    async () => {
      const group = new TaskGroup()
      group.createTask(() => sleep(), { name: 'Grace' })
      group.createTask(() => sleep(), { name: 'Alan' })
      await group[Symbol.asyncDispose]()
    },
    ['Grace', 'Alan'],
  ],
  ['several by a list', () => Promise.all([named('Grace').result, named('Alan').result]), ['Grace', 'Alan']],
  [
    'several by a set, or whatever is iterated',
    () => Promise.all(new Set([named('Grace').result, named('Alan').result])),
    ['Grace', 'Alan'],
  ],
  ['several by a list that answers in its own way', () => Promise.all(answering([], named('Grace').result)), ['Grace']],
  [
    'a group, by hand',
    () => {
      const group = new TaskGroup()
      group.createTask(() => sleep(), { name: 'Grace' })
      return group.join()
    },
    ['Grace'],
  ],
  [
    'a task that another one of the group adds',
    () => {
      const group = new TaskGroup()
      const begin = async () => {
        await sleep()
        group.createTask(() => sleep(), { name: 'Alan' })
      }
      group.createTask(begin, { name: 'Grace' })
      return group.join()
    },
    ['Grace', 'Alan'],
  ],
  ['by an async function that returns it', () => (async () => named('Grace').result)(), ['Grace']],
  ['an async function that runs in a copy', () => copyContext().run(() => sleep()), ['copy']],
  ['one that runs in a new context', () => new Context().run(async () => sleep()), ['new']],
  ['a task that a run makes', () => copyContext().run(() => named('Grace').result), ['Grace']],
  [
    'the same again',
    async () => {
      const task = named('Grace')
      await task.result
      await task.result
    },
    ['Grace'],
  ],
])('told: %s', async (_, work, works) => {
  await inTask(async () => {
    await work()
  })
  expect(told().filter((line) => line.startsWith('Ada'))).toEqual(works.map((name) => `Ada waited for ${name}`))
  expect(files()).toEqual(new Set(['work-awaited.test.ts']))
})

test.each<[string, () => unknown]>([
  ['a task that goes on by itself', () => void named('Grace')],
  ['one whose failure is looked after', () => void named('Grace').result.catch(() => {})],
  ['one whose end is told to somebody', () => void named('Grace').addDoneCallback(() => {})],
  ['a group that is not left', () => void new TaskGroup().createTask(() => sleep())],
  ['what runs at once', () => copyContext().run(() => 5)],
  ['a list that answers with something else', () => void Promise.all(answering([named('Grace').result], 5))],
  [
    'an async function in the same context',
    async () => {
      await (async () => sleep())()
    },
  ],
])('not told: %s', async (_, begin) => {
  await inTask(() => {
    begin()
    return sleep(5)
  })
  expect(told().filter((line) => line.startsWith('Ada'))).toEqual([])
})

test('not told: who awaits what was begun in the very same context', async () => {
  const context = copyContext()
  const work = context.run(() => sleep())
  const inThere = async () => {
    await work
  }
  await createTask(inThere, { context }).result
  expect(told()).toEqual(['base waited for copy'])
})

test('a list is not looked at in any other way than by the host', async () => {
  let asked = 0
  const list: unknown[] = [named('Grace').result]
  Object.defineProperty(list, 1, { get: () => ++asked, enumerable: true })
  expect(await Promise.all(list)).toEqual([undefined, 1])
  expect(asked).toBe(1)
  expect(told()).toEqual(['base waited for Grace'])
})

test('a proxy of a list is asked nothing more than without a recorder', async () => {
  const asked = async () => {
    const log: string[] = []
    const traps = {
      get: (_: object, trap: 'get') =>
        ((target: object, key: PropertyKey, ...rest: []) => {
          log.push(`${trap} ${String(key)}`)
          return Reflect[trap](target, key, ...rest)
        }) as unknown,
    }
    const handler = new Proxy({}, traps)
    await Promise.all(new Proxy([named('Grace').result, named('Alan').result], handler))
    return log
  }
  const recorded = await asked()
  expect(told()).toEqual(['base waited for Grace', 'base waited for Alan'])
  recording.stop()
  expect(recorded).toEqual(await asked())
})

test('what another recorder heard of is not told to this one', async () => {
  const context = copyContext()
  const work = context.run(() => sleep())
  recording.stop()
  recording = record({ budget: 1 })
  await inTask(async () => {
    await work
  })
  expect(told().filter((line) => line.startsWith('Ada'))).toEqual([])
})

test('a promise that is kept keeps no context', async () => {
  const kept: Promise<void>[] = []
  const make = () => {
    const context = copyContext()
    kept.push(context.run(async () => {}))
    return context
  }
  expect(await collected(make)).toBe(true)
  expect(kept).toHaveLength(1)
})
