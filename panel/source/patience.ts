// Waiting for the answers of a page, which may be late, or gone with the page that was asked.

/** Longer than any task of a healthy page; a paused page answers at once. */
const PATIENCE = 5000
const SILENT = 'The page does not answer: it is busy, or it crashed.'

/** Why a question was given up: the page that was asked is gone. */
export const LEFT = Symbol('left')

export class Patience {
  /** Gives up the question that is open. */
  abandon: () => void = () => {}
  /** Ends the rest between two questions. */
  wake: () => void = () => {}

  /**
   * Rejects when an answer takes too long, or the page went elsewhere. A late answer is dropped: the next question asks for the same
   * again.
   */
  answerTo<T>(answer: Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(SILENT)), PATIENCE)
      this.abandon = () => {
        clearTimeout(timer)
        reject(LEFT)
      }
      answer.then(resolve, reject).finally(() => clearTimeout(timer))
    })
  }

  /** Over after so many milliseconds, or when somebody wakes it; null is only then. */
  rest(milliseconds: number | null): Promise<void> {
    return new Promise((resolve) => {
      const timer = milliseconds === null ? undefined : setTimeout(resolve, milliseconds)
      this.wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }
}
