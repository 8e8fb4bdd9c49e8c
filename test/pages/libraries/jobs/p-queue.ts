// p-queue: jobs of many callers in one queue. A job that has to wait is started by whichever job ends before it, in plain
// JavaScript, as it would be in Python: it runs in that one's context. `wrap` gives a job the context of who adds it.

import PQueue from 'p-queue'
import type { Job } from '../caller'
import { moment } from './moment'

const shared = new PQueue({ concurrency: 3 })

export const pQueue: Record<string, Job> = {
  'thirty jobs of three callers, three at a time': async (caller) => {
    const jobs = Array.from({ length: 10 }, async (_, i) => {
      const result = await caller.resume(
        `${i}: added`,
        shared.add(
          caller.wrap(async () => {
            caller.see(`${i}: begin`)
            await moment(i % 3)
            caller.see(`${i}: end`)
            return i * i
          }),
        ),
      )
      caller.see(`${i}: done`)
      return result
    })
    const results = await Promise.all(jobs)
    caller.see('all done')
    return results
  },

  'priorities decide the order': async (caller) => {
    const queue = new PQueue({ concurrency: 1 })
    const order: string[] = []
    const add = (name: string, priority: number) =>
      queue.add(
        async () => {
          caller.see(`begin ${name}`)
          await null
          order.push(name)
          caller.see(`end ${name}`)
        },
        { priority, id: name },
      )
    void add('first', 0)
    const rest = [add('low', 1), add('high', 10), add('middle', 5), add('raised', 0)]
    queue.setPriority('raised', 20)
    await Promise.all(rest)
    caller.see('all done')
    return order
  },

  'pause, start, and its events': async (caller) => {
    const queue = new PQueue({ concurrency: 2, autoStart: false })
    const events: string[] = []
    for (const event of ['active', 'completed', 'idle', 'empty', 'add', 'next'] as const) {
      queue.on(event, () => {
        caller.see(`on ${event}`)
        events.push(event)
      })
    }
    const results = queue.addAll(
      [1, 2, 3].map((i) => async () => {
        caller.see(`job ${i}`)
        await moment(1)
        return i
      }),
    )
    const before = [queue.size, queue.pending, queue.isPaused]
    queue.start()
    await queue.onEmpty()
    caller.see('empty')
    await queue.onIdle()
    caller.see('idle')
    queue.pause()
    return { before, results: await results, events }
  },

  'timeouts and aborts reject their jobs alone': async (caller) => {
    const queue = new PQueue({ concurrency: 2 })
    const controller = new AbortController()
    const outcomes = Promise.allSettled([
      queue.add(() => moment(10_000), { timeout: 5 }),
      queue.add(
        ({ signal }) => {
          signal?.addEventListener('abort', () => caller.see('2: abort heard'))
          return moment(10_000)
        },
        { signal: controller.signal },
      ),
      queue.add(async () => {
        caller.see('3: begins')
        throw new RangeError('no')
      }),
      queue.add(async () => 4),
    ])
    await moment(1)
    controller.abort(new Error('changed my mind'))
    const settled = await outcomes
    caller.see('settled')
    return settled.map((outcome) =>
      outcome.status === 'fulfilled' ? outcome.value : `${outcome.reason.name}: ${outcome.reason.message}`,
    )
  },

  'an unwrapped job runs in the context of the job that ended before it': async (caller) => {
    if (caller.name !== 'Ada') {
      await moment(1)
      // Ada's job ends, and starts Grace's, which ends, and starts Guido's.
      await unwrapped.add(async () => caller.see('job', 'Ada'))
      caller.see('done')
      return 'added later'
    }
    await unwrapped.add(async () => {
      await moment(20)
      caller.see('job')
    })
    caller.see('done')
    return 'added first'
  },
}

const unwrapped = new PQueue({ concurrency: 1 })
