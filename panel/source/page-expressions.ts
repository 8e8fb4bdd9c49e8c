// The one expression that asks a page everything, and how its answer is taken apart. The page may have declared `let Symbol`,
// `let globalThis` or `let JSON`: at the top of a script `this[...]` cannot be shadowed, so nothing else is named.

import { HOOK_KEY, OUTLET_KEY, type Settings } from '../../runtime/protocol'
import { LONGEST_ANSWER, LONGEST_SETTINGS } from '../model/recording'
import type { Place } from './inspected-page'

/** The window that is reached from the top of a script by these places among frames. Numbers cannot be shadowed either. */
export const windowAt = (path: readonly number[]): string => `this${path.map((index) => `[${index}]`).join('')}`

/** What answers for a worker, given its page's outlet, or that outlet itself. */
const outletOf = (worker: Place['worker']): string =>
  worker === undefined ? 'ofPage' : `ofPage && ofPage.worker ? ofPage.worker(${worker}) : null`

/**
 * Evaluates to one string: `recorder`, the answer to `where()` and the answer to `since(after)`, a line each (JSON has no line
 * breaks of its own); or `too-much` where that is longer than any recorder's; or `runtime` where one announced itself and nobody
 * records it; or `loading` where the document is still empty, and not even the browser has put a script into it, and where a worker has not
 * answered its page yet; or `nothing`.
 */
export function pollExpression(after: number, { path, worker }: Pick<Place, 'path' | 'worker'> = { path: [] }): string {
  return `((page, symbols) => {
  const ofPage = page[${JSON.stringify(OUTLET_KEY)}]
  const outlet = ${outletOf(worker)}
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

/**
 * Has the recorder of a document take settings. Evaluates to `settings` and all that hold now, a line each; or `fixed` where it takes
 * none.
 */
export function configureExpression(
  settings: Partial<Settings>,
  { path, worker }: Pick<Place, 'path' | 'worker'> = { path: [] },
): string {
  return `((page) => {
  const ofPage = page[${JSON.stringify(OUTLET_KEY)}]
  const outlet = ${outletOf(worker)}
  if (!outlet || !outlet.configure) return "fixed"
  const answer = "settings\\n" + outlet.configure(${JSON.stringify(JSON.stringify(settings))})
  return answer.length > ${LONGEST_SETTINGS} ? "too-much" : answer
})(${windowAt(path)})`
}

/** The same in front of a page's first script, where nothing is shadowed yet; DevTools puts it into a function, where `this` is nothing. */
export const configureAtStart = (settings: Partial<Settings>): string =>
  `globalThis[${JSON.stringify(OUTLET_KEY)}]?.configure?.(${JSON.stringify(JSON.stringify(settings))})`

export type Configured = { found: 'settings'; settings: string } | { found: 'fixed' } | { found: 'nonsense' }

export function parseConfigured(answer: unknown): Configured {
  if (answer === 'fixed') return { found: 'fixed' }
  if (typeof answer !== 'string' || answer.length > LONGEST_SETTINGS) return { found: 'nonsense' }
  const [found, settings, ...rest] = answer.split('\n', 3)
  return found === 'settings' && settings !== undefined && rest.length === 0
    ? { found, settings }
    : { found: 'nonsense' }
}

/** One line that the recorder of a document answers; or `old` where it does not know the question, `runtime`, or `nothing`. */
const lineExpression = (question: 'where' | 'here', path: Place['path']): string => `((page, symbols) => {
  const outlet = page[${JSON.stringify(OUTLET_KEY)}]
  if (outlet) {
    if (!outlet.${question}) return "old"
    const answer = "line\\n" + outlet.${question}()
    return answer.length > ${LONGEST_ANSWER} ? "too-much" : answer
  }
  const hook = typeof symbols === "function" ? page[symbols.for(${JSON.stringify(HOOK_KEY)})] : null
  return hook && hook.runtimes && hook.runtimes.length > 0 ? "runtime" : "nothing"
})(${windowAt(path)}, this["Symbol"])`

/** Where the page stands. */
export const whereExpression = (path: Place['path'] = []): string => lineExpression('where', path)
/** What is current at the top of it. */
export const hereExpression = (): string => lineExpression('here', [])

export type Line = { found: 'line'; text: string } | { found: 'old' | 'runtime' | 'nothing' | 'nonsense' }

export function parseLine(answer: unknown): Line {
  if (answer === 'old' || answer === 'runtime' || answer === 'nothing') return { found: answer }
  if (typeof answer !== 'string' || answer.length > LONGEST_ANSWER) return { found: 'nonsense' }
  const [found, text, ...rest] = answer.split('\n', 3)
  return found === 'line' && text !== undefined && rest.length === 0 ? { found, text } : { found: 'nonsense' }
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
