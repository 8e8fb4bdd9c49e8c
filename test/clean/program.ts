// What the programs of this room share: as people write them, each by itself, with contexts used as they are meant.

export interface Program {
  /** Runs in the base context, as a script of a page does; answers what came of it. */
  run(): Promise<unknown>
  /** A program that does not work proves nothing. */
  comesTo: unknown
  /** What is set for all of a task or a copy, and so never reset there: the one note that a program without a mistake gets. */
  setsForGood?: string[]
}

/** Milliseconds, so many that a busy machine still tells a shorter delay from a longer one. */
export const STEP = 5

export const sleep = (steps = 1): Promise<void> => new Promise((resolve) => setTimeout(resolve, steps * STEP))

/** What `work` throws, as text. */
export async function failure(work: () => unknown): Promise<string> {
  try {
    await work()
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
  throw new Error('it was expected to fail')
}
