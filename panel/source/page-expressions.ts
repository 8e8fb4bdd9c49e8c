// The one expression that asks a page everything, and how its answer is taken apart. The page may have declared `let Symbol`,
// `let globalThis` or `let JSON`: at the top of a script `this[...]` cannot be shadowed, so nothing else is named.

import { HOOK_KEY, OUTLET_KEY } from '../../runtime/protocol'
import { LONGEST_ANSWER } from '../model/recording'
import type { Place } from './inspected-page'

/** The window that is reached from the top of a script by these places among frames. Numbers cannot be shadowed either. */
export const windowAt = (path: readonly number[]): string => `this${path.map((index) => `[${index}]`).join('')}`

/**
 * Evaluates to one string: `recorder`, the answer to `where()` and the answer to `since(after)`, a line each (JSON has no line
 * breaks of its own); or `too-much` where that is longer than any recorder's; or `runtime` where one announced itself and nobody
 * records it; or `loading` where the document is still empty, and not even the browser has put a script into it, and where a worker has not
 * answered its page yet; or `nothing`.
 */
export function pollExpression(after: number, { path, worker }: Pick<Place, 'path' | 'worker'> = { path: [] }): string {
  return `((page, symbols) => {
  const ofPage = page[${JSON.stringify(OUTLET_KEY)}]
  const outlet = ${worker === undefined ? 'ofPage' : `ofPage && ofPage.worker ? ofPage.worker(${worker}) : null`}
  if (outlet) {
    const answer = "recorder\\n" + outlet.where() + "\\n" + (outlet.packed ? outlet.packed(${after}) : outlet.since(${after}))
    return answer.length > ${LONGEST_ANSWER} ? "too-much" : answer
  }
  if (ofPage) return "loading"
  const hook = typeof symbols === "function" ? page[symbols.for(${JSON.stringify(HOOK_KEY)})] : null
  if (hook && hook.runtimes && hook.runtimes.length > 0) return "runtime"
  const root = page["document"]
  return root && root.readyState === "loading" && !root.documentElement ? "loading" : "nothing"
})(${windowAt(path)}, this["Symbol"])`
}

/** What the page is, to be named in an export. */
export const describeExpression = `((location, page) => location.href + "\\n" + page.title)(this["location"], this["document"])`

export type Answer =
  | { found: 'recorder'; where: string; batch: string }
  | { found: 'runtime' }
  | { found: 'loading' }
  | { found: 'nothing' }
  /** More than any recorder says at once. */
  | { found: 'too-much' }
  /** The page answered something else: its outlet is not ours, or its globals are broken. */
  | { found: 'nonsense' }

export function parseAnswer(answer: unknown): Answer {
  if (answer === 'runtime') return { found: 'runtime' }
  if (answer === 'loading') return { found: 'loading' }
  if (answer === 'nothing') return { found: 'nothing' }
  if (typeof answer !== 'string') return { found: 'nonsense' }
  if (answer === 'too-much' || answer.length > LONGEST_ANSWER) return { found: 'too-much' }
  // One line more than there may be is enough to know.
  const [found, where, batch, ...rest] = answer.split('\n', 4)
  if (found !== 'recorder' || where === undefined || batch === undefined || rest.length > 0)
    return { found: 'nonsense' }
  return { found, where, batch }
}
