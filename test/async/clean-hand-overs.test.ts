// Work that hands over other work, as it is meant to be: rows of callbacks and tasks that count on from each other, timers that are
// cleared or belong to all, listeners that are added where nothing is set, work in the background. At random, many at once, and none of it
// is worth a word, not even a note.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Finding, startRecording } from '../../panel/testing'
import { Context, ContextVar } from '../../runtime'
import { createTask, install } from '../../runtime/async'
import { seed } from '../seed'

const user = new ContextVar<{ id: number; name: string } | null>('user', { default: null })
const depth = new ContextVar('depth', { default: 0 })
const path = new ContextVar('path', { default: '' })
const stages = new ContextVar<readonly string[]>('stages', { default: [] })
const config = new ContextVar('config', { default: 'none' })

const sleep = (delay = 0) => new Promise<void>((resolve) => setTimeout(resolve, delay))

let count = 0
const next = () => ({ id: ++count, name: `${count} ${Math.sin(count)}` })

/** What goes on from what was there: the one way or the other. */
const steps = {
  depth: () => depth.set(depth.get() + 1),
  path: () => path.set(`${path.get()}/${++count}`),
  stages: () => stages.set([...stages.get(), `${++count}`]),
} as const
type Step = keyof typeof steps

/** How the next of a row is started. */
const starts: Record<string, (work: () => void) => void> = {
  setTimeout: (work) => setTimeout(work, 0),
  queueMicrotask: (work) => queueMicrotask(work),
  promise: (work) => void Promise.resolve().then(work),
  createTask: (work) => void createTask(work),
  listener(work) {
    const target = new EventTarget()
    target.addEventListener('go', work, { once: true })
    setTimeout(() => target.dispatchEvent(new Event('go')), 0)
  },
}

interface Row {
  step: Step
  by: string
  length: number
  awaits: boolean
}

/** Each hands over the next one in the middle of its work, and undoes what it set. */
const row = ({ step, by, length, awaits }: Row) =>
  new Promise<void>((done) => {
    const work = async (left: number): Promise<void> => {
      const token = steps[step]()
      try {
        if (left === 0) return done()
        starts[by]?.(() => void work(left - 1))
        if (awaits) await sleep()
      } finally {
        ;({ depth, path, stages })[step].reset(token as never)
      }
    }
    void work(length)
  })

/** As a server does: each request has its own, and the next one is waited for outside of it. */
async function requests({ length, awaits }: Row) {
  const server = new EventTarget()
  for (let left = length; left > 0; left--) {
    await new Promise<void>((served) => {
      const answer = async () => {
        user.get()
        using _ = user.set(next())
        if (awaits) await sleep()
        user.get()
        served()
      }
      new Context().run(() => server.addEventListener('request', () => createTask(answer), { once: true }))
      server.dispatchEvent(new Event('request'))
    })
  }
}

/** A timer for the time of its work. */
async function ticking({ length }: Row) {
  using _ = user.set(next())
  const timer = setInterval(() => void user.get(), 1)
  await sleep(length)
  clearInterval(timer)
}

/** A timer for all, which whoever came first has started where nothing is set. */
async function shared({ length }: Row) {
  const start = async () => {
    using _ = user.set(next())
    await sleep()
    return new Context().run(() => setInterval(() => void user.get(), 1))
  }
  const timer = await createTask(start).result
  await sleep(length)
  clearInterval(timer)
}

/** Work that begins under a setting of its maker, and its timer that outlives only itself. */
async function configured({ length }: Row) {
  using _ = config.set('some')
  const timer = await createTask(async () => {
    await sleep()
    return setInterval(() => void config.get(), 1)
  }).result
  await sleep(length)
  clearInterval(timer)
}

/** What was begun for somebody is finished for them, however long that takes. */
async function background({ length, awaits }: Row) {
  const letter = async () => {
    await sleep(length)
    user.get()
  }
  const serve = async () => {
    using _ = user.set(next())
    createTask(letter)
    if (awaits) await sleep()
  }
  for (let left = length; left > 0; left--) await createTask(serve).result
}

const works = { row, requests, ticking, shared, configured, background }

const program = fc.record({
  work: fc.constantFrom(...(Object.keys(works) as (keyof typeof works)[])),
  step: fc.constantFrom(...(Object.keys(steps) as Step[])),
  by: fc.constantFrom(...Object.keys(starts)),
  length: fc.integer({ min: 1, max: 4 }),
  awaits: fc.boolean(),
})

test('work that is handed over as it should be is no problem, and no note', async () => {
  const played = new Map<string, number>()
  await fc.assert(
    fc.asyncProperty(fc.array(program, { minLength: 1, maxLength: 12 }), async (programs) => {
      const recording = startRecording()
      const uninstall = install()
      try {
        await Promise.all(programs.map((one) => createTask(() => works[one.work](one)).result))
        await sleep(6)
      } finally {
        uninstall()
        recording.stop()
      }
      expect(recording.findings().map(told)).toEqual([])
      for (const { work } of programs) played.set(work, (played.get(work) ?? 0) + 1)
    }),
    { numRuns: Number(process.env.RUNS ?? 100), interruptAfterTimeLimit: 60_000, markInterruptAsFailure: true },
  )
  const total = [...played.values()].reduce((sum, one) => sum + one, 0)
  console.info(`${total} pieces of work, seed ${seed}: 0 problems, 0 notes`)
  expect([...played.keys()].sort()).toEqual(Object.keys(works).sort())
})

const told = ({ title, what, evidence }: Finding) =>
  [title, what, ...evidence.map(({ label, seq }) => `${seq} ${label}`)].join('\n')
