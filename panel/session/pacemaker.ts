// Does work soon after it was asked for, and not again before some time has passed: a flood of facts becomes a few pictures a
// second. The pause grows with what the work costs, and what is drawn for it, so that it never takes more than a fifth of the panel's time.

const LEAST_PAUSE = 100

export interface Pacemaker {
  /** `atOnce`: for what a person waits for, as soon as there is a turn. */
  request(atOnce?: boolean): void
  stop(): void
}

export function createPacemaker(work: () => void): Pacemaker {
  let timer: ReturnType<typeof setTimeout> | null = null
  let notBefore = 0
  return {
    request(atOnce = false) {
      if (atOnce && timer !== null) {
        clearTimeout(timer)
        timer = null
      }
      timer ??= setTimeout(
        () => {
          timer = null
          const began = performance.now()
          const rest = () => {
            const ended = performance.now()
            notBefore = ended + Math.max(LEAST_PAUSE, 4 * (ended - began))
          }
          work()
          rest()
          // React draws in a microtask, which the work has queued before this one.
          queueMicrotask(rest)
        },
        atOnce ? 0 : Math.max(0, notBefore - performance.now()),
      )
    },
    stop() {
      if (timer !== null) clearTimeout(timer)
      timer = null
    },
  }
}
