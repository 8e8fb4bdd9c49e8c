// How a loop is timed: warm first, then several samples, of which the best counts: whatever else the machine does can only add.

/** Does the operation so many times, and returns what depends on every one of them: so none can be left out. */
export type Loop = (times: number) => unknown

/** All in milliseconds, but the last. */
export interface Effort {
  warmUp: number
  sample: number
  samples: number
}

/** Nanoseconds for one operation. */
export function measure(loop: Loop, { warmUp, sample, samples }: Effort): number {
  const times = enoughFor(loop, sample, warmUp)
  const took = Array.from({ length: samples }, () => timed(loop, times))
  return (Math.min(...took) / times) * 1e6
}

/** How many operations fill `sample`; learnt while the loop becomes warm, since a cold one tells nothing. */
function enoughFor(loop: Loop, sample: number, warmUp: number): number {
  const begin = performance.now()
  let times = 1
  for (;;) {
    const took = timed(loop, times)
    if (performance.now() - begin >= warmUp && took >= sample / 2) return Math.ceil((times * sample) / took)
    if (took < sample / 2) times *= 2
  }
}

function timed(loop: Loop, times: number): number {
  const begin = performance.now()
  const result = loop(times)
  const took = performance.now() - begin
  // Where somebody could look for it.
  Reflect.set(globalThis, 'benchResult', result)
  return took
}
