// How a loop is timed: warm first, then several samples, of which the best counts: whatever else the machine does can only add.

/**
 * Does the operation so many times, and returns what depends on every one of them, so that none can be left out: itself, or a
 * promise for it. (That it is awaited costs one microtask per sample of milliseconds.)
 */
export type Loop = (times: number) => unknown

/** All in milliseconds, but the last. */
export interface Effort {
  warmUp: number
  sample: number
  samples: number
}

/** Nanoseconds for one operation. */
export async function measure(loop: Loop, { warmUp, sample, samples }: Effort): Promise<number> {
  let times = await enoughFor(loop, sample, warmUp)
  for (;;) {
    let best = Number.POSITIVE_INFINITY
    for (let i = 0; i < samples; i++) best = Math.min(best, await timed(loop, times))
    if (best >= sample / 4) return (best / times) * 1e6
    // Where the machine paused while it was learnt, too few seemed to be enough.
    times *= 2
  }
}

/** How many operations fill `sample`; learnt while the loop becomes warm, since a cold one tells nothing. */
async function enoughFor(loop: Loop, sample: number, warmUp: number): Promise<number> {
  const begin = performance.now()
  let times = 1
  for (;;) {
    const took = await timed(loop, times)
    if (performance.now() - begin >= warmUp && took >= sample / 2) return Math.ceil((times * sample) / took)
    if (took < sample / 2) times *= 2
  }
}

async function timed(loop: Loop, times: number): Promise<number> {
  const begin = performance.now()
  const result = await loop(times)
  const took = performance.now() - begin
  // Where somebody could look for it.
  Reflect.set(globalThis, 'benchResult', result)
  return took
}
