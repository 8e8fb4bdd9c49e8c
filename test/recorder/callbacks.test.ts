// Callbacks that touch nothing: counted, or each of them told where somebody asks for that.

import { afterEach, expect, test } from 'vitest'
import { parseBatch } from '../../panel/model/recording'
import { judge } from '../../panel/model/rules'
import { Timeline } from '../../panel/model/timeline'
import type { ContextEntry, World } from '../../panel/model/world'
import { ContextVar } from '../../runtime'
import { createTask, install } from '../../runtime/async'
import { type RecordOptions, record } from '../../runtime/recorder'

/** Ends what a test started, whatever became of the test. */
const undo: (() => void)[] = []
afterEach(() => {
  for (const end of undo.splice(0).reverse()) end()
})

interface Recorded {
  configure(settings: object): void
  /** What somebody who reads all of it knows, and how many callbacks were only counted. */
  world(): World
  silent(): number
}

function begin(options: RecordOptions = {}): Recorded {
  const recording = record({ budget: 1, ...options })
  undo.push(() => recording.stop(), install())
  const timeline = new Timeline()
  const read = (): number => {
    for (;;) {
      const batch = parseBatch(recording.packed(timeline.head.seq))
      if (batch === null) throw new Error('The recorder answers.')
      timeline.append(batch.facts, batch.stacks)
      if (timeline.head.seq >= batch.last) return batch.silent
    }
  }
  return {
    configure: (settings) => void recording.configure(JSON.stringify(settings)),
    world() {
      read()
      return timeline.head
    },
    silent: read,
  }
}

const callbacks = (world: World): ContextEntry[] =>
  [...world.contexts.values()].filter(({ kind }) => kind === 'callback')
const named = (world: World, api: string) => callbacks(world).filter((one) => one.api === api)
const lineOf = (world: World, { stack }: ContextEntry) => world.stacks[stack ?? 0]?.[0]?.url ?? null

const turn = () => new Promise<void>((resolve) => setTimeout(resolve, 2))

/** Outside of a context nothing is followed. */
const inTask = async (work: () => unknown): Promise<void> => {
  await createTask(async () => {
    await work()
    await turn()
  }).result
}

test('one that is handed over is told with its registration, before it is called and without being so', async () => {
  const recorded = begin({ callbacks: 'told' })
  const timers: ReturnType<typeof setTimeout>[] = []
  await inTask(() => {
    queueMicrotask(() => {})
    timers.push(setTimeout(() => {}, 100_000))
    // The last one that is handed over is told to whoever asks next.
    expect(named(recorded.world(), 'setTimeout')).toHaveLength(1)
  })
  timers.forEach(clearTimeout)
  const world = recorded.world()
  const [microtask] = named(world, 'queueMicrotask')
  expect(microtask).toMatchObject({ state: 'ended', reads: { size: 0 } })
  const [never] = named(world, 'setTimeout')
  expect(never).toMatchObject({ state: 'alive', ended: null })
  for (const one of [microtask, never]) expect(one && lineOf(world, one)).toContain('callbacks.test.ts')
})

test('each call of a listener is told, with the registration that it comes from', async () => {
  const recorded = begin({ callbacks: 'told' })
  const target = new EventTarget()
  await inTask(() => target.addEventListener('ping', () => {}))
  for (let calls = 0; calls < 3; calls++) target.dispatchEvent(new Event('ping'))
  const world = recorded.world()
  const told = named(world, 'ping')
  expect(told.map(({ state }) => state)).toEqual(['alive', 'ended', 'ended', 'ended'])
  expect(new Set(told.map(({ stack }) => stack)).size).toBe(1)
  expect(new Set(told.map(({ parent }) => parent)).size).toBe(1)
})

test('unless somebody asks they are counted; asked for while it is recorded, they are told from then on', async () => {
  const recorded = begin()
  await inTask(() => queueMicrotask(() => {}))
  expect(named(recorded.world(), 'queueMicrotask')).toEqual([])
  const counted = recorded.silent()
  expect(counted).toBeGreaterThan(0)

  recorded.configure({ callbacks: 'told' })
  await inTask(() => queueMicrotask(() => {}))
  expect(named(recorded.world(), 'queueMicrotask')).toHaveLength(1)

  recorded.configure({ callbacks: 'counted' })
  const before = recorded.silent()
  await inTask(() => queueMicrotask(() => {}))
  expect(named(recorded.world(), 'queueMicrotask')).toHaveLength(1)
  expect(recorded.silent()).toBeGreaterThan(before)
})

test('the rules find the same, whether they are told or counted', async () => {
  const user = new ContextVar<string>('user')
  const mistakes = async (): Promise<void> => {
    const token = user.set('base')
    await inTask(() => user.get())
    await createTask(
      () => {
        user.set('forgotten')
        // It goes on when the task is over, and hands a callback over that does not look at what it starts with.
        void turn().then(() => {})
        void (async () => {
          await turn()
          await turn()
          setTimeout(() => {})
        })()
      },
      { name: 'leaves something behind' },
    ).result
    await turn()
    await turn()
    await turn()
    queueMicrotask(() => expect(() => user.reset(token)).toThrow())
    await turn()
    user.reset(token)
  }
  const found = async (callbacks: 'counted' | 'told') => {
    const recorded = begin({ callbacks })
    await mistakes()
    const { findings } = judge(recorded.world())
    for (const end of undo.splice(0).reverse()) end()
    return findings.map(({ rule, severity, title }) => `${severity} of ${rule}: ${title}`).sort()
  }
  const counted = await found('counted')
  expect(counted.length).toBeGreaterThan(1)
  expect(await found('told')).toEqual(counted)
})
