// An animation loop: one loop of frames for all that moves, each with its own easing and its own name, and work that waits for an idle moment.

import { Context, ContextVar, copyContext } from 'contextvars-devtools'
import { createTask, gather } from 'contextvars-devtools/async'
import type { Program } from '../program'

const easing = new ContextVar<(part: number) => number>('easing', { default: (part) => part })
const animated = new ContextVar<string>('animated')
const isReduced = new ContextVar('isReduced', { default: false })

const frames = new Map<string, number[]>()

interface Animation {
  context: Context
  step: (part: number) => void
  begun: number
  frames: number
  done: () => void
}

/** Counts frames, not milliseconds, so that a busy machine makes no difference. */
class Loop {
  readonly #animations = new Set<Animation>()
  #frame = 0
  isRunning = false

  run(length: number, step: (part: number) => void): Promise<void> {
    return new Promise((done) => {
      this.#animations.add({ context: copyContext(), step, begun: this.#frame, frames: length, done })
      if (!this.isRunning) this.#start()
    })
  }

  /** It works for all, whoever came first. */
  #start(): void {
    this.isRunning = true
    new Context().run(() => requestAnimationFrame(this.#tick))
  }

  readonly #tick = (): void => {
    this.#frame++
    for (const animation of this.#animations) {
      const part = Math.min(1, (this.#frame - animation.begun) / animation.frames)
      animation.context.run(animation.step, part)
      if (part < 1) continue
      this.#animations.delete(animation)
      animation.done()
    }
    this.isRunning = this.#animations.size > 0
    if (this.isRunning) requestAnimationFrame(this.#tick)
  }
}

const loop = new Loop()

function step(part: number): void {
  const name = animated.get()
  const steps = frames.get(name) ?? []
  frames.set(name, steps)
  steps.push(easing.get()(part))
}

async function fade(name: string): Promise<string> {
  const token = animated.set(name)
  try {
    await loop.run(isReduced.get() ? 1 : 4, step)
    return `${animated.get()} after ${frames.get(name)?.length} steps`
  } finally {
    animated.reset(token)
  }
}

async function eased<T>(by: (part: number) => number, work: () => Promise<T>): Promise<T> {
  using _ = easing.set(by)
  return await work()
}

async function quietly<T>(work: () => Promise<T>): Promise<T> {
  using _ = isReduced.set(true)
  return await work()
}

const whenIdle = <T>(work: () => T): Promise<T> =>
  new Promise((resolve) => requestIdleCallback(() => resolve(work()), { timeout: 100 }))

export const program: Program = {
  async run() {
    const all = await gather(
      () => fade('plain'),
      () =>
        eased(
          (part) => part ** 2,
          () => fade('slow'),
        ),
      () => quietly(() => fade('quiet')),
    )
    const later = await createTask(async () => {
      using _ = animated.set('idle')
      return await whenIdle(() => animated.get())
    }).result
    return { all, later, frames: [...frames], isRunning: loop.isRunning }
  },
  comesTo: {
    all: ['plain after 4 steps', 'slow after 4 steps', 'quiet after 1 steps'],
    later: 'idle',
    frames: [
      ['plain', [0.25, 0.5, 0.75, 1]],
      ['slow', [0.0625, 0.25, 0.5625, 1]],
      ['quiet', [1]],
    ],
    isRunning: false,
  },
}
