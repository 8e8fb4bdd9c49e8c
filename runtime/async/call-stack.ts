// Chrome's call stacks, linked up: where the host has `console.createTask`, DevTools shows below each step of a task the name of
// the task and the lines that made it. Elsewhere a step is just called.

/** Runs a step, which reports its own errors and never throws. */
export type RunStep = (step: () => void) => void

interface ConsoleTask {
  run(step: () => void): void
}

/** Taken before a page can replace it. */
const createConsoleTask = ((): ((name: string) => ConsoleTask) | null => {
  try {
    const found: unknown = (globalThis.console as { createTask?: unknown } | undefined)?.createTask
    return typeof found === 'function' ? (found as (name: string) => ConsoleTask) : null
  } catch {
    return null
  }
})()

/** What runs steps so that the call stack shown for them goes on with the stack of now, under `name`. */
export function linkCallStack(name: string): RunStep {
  const task = consoleTask(name)
  if (task === null) return (step) => step()
  return (step) => {
    // Whatever a page made of its console: a step runs, and once.
    let waiting = true
    const once = (): void => {
      if (!waiting) return
      waiting = false
      step()
    }
    try {
      task.run(once)
    } catch {
      // Not the step's: it does not throw.
    }
    once()
  }
}

function consoleTask(name: string): ConsoleTask | null {
  if (createConsoleTask === null) return null
  try {
    return createConsoleTask(name)
  } catch {
    // It refuses an empty name.
    return null
  }
}
