// The outermost function on the stack: the one that the host called. A stack's text does not tell a function without a name from the
// top level of a script; what V8 knows of a frame does, in nearly all cases. Elsewhere nothing is told.

import type { Boundary } from '../context/tap'
import { apply, getPrototypeOf, NativeError, ownKeys } from './natives'
import { captureTrace, withSetting } from './stack'

/** What V8 tells of one frame. */
interface CallSite {
  /** Not a string where code that was evaluated has no name. */
  getScriptNameOrSourceURL(): string | null | undefined
  getFunctionName(): string | null
  isEval(): boolean
  /** In the script, from 0. */
  getPosition(): number
  getLineNumber(): number
  getColumnNumber(): number
  /** Where the function begins; for a top level, where the script does. */
  getEnclosingLineNumber(): number
  getEnclosingColumnNumber(): number
  toString(): string
}

export interface Entry {
  /** Names the function, whatever line of it runs. */
  key: string
  /** Its frame, as a stack that is read like any other: by what `Error.prepareStackTrace` is then. */
  readonly stack: string
}

/** A stack that is deeper is not looked through. */
const DEEPEST = 500

function callSites(boundary: Boundary): readonly CallSite[] {
  const found: unknown = withSetting('stackTraceLimit', DEEPEST, () =>
    withSetting(
      'prepareStackTrace',
      (_: unknown, sites: unknown) => sites,
      () => captureTrace(boundary, true).stack,
    ),
  )
  return Array.isArray(found) && found.length < DEEPEST ? found : []
}

/** The engine's own methods, taken before a page can replace them. */
const methods = ((): CallSite | null => {
  const [site] = callSites(callSites)
  if (site === undefined) return null
  const prototype = getPrototypeOf(site) as CallSite
  const taken = ownKeys(prototype).map((key) => [key, Reflect.get(prototype, key)])
  return 'getEnclosingLineNumber' in prototype ? Object.fromEntries(taken) : null
})()

const ask = <K extends keyof CallSite>(site: CallSite, question: K): ReturnType<CallSite[K]> =>
  apply(methods?.[question] as (...args: unknown[]) => ReturnType<CallSite[K]>, site, [])

/** The function that the host called, or null: for the top level of a script, and where neither can be told. */
export function outermostFunction(boundary: Boundary): Entry | null {
  const site = methods && callSites(boundary).findLast((one) => !isOfTheHost(one))
  if (!site || ask(site, 'isEval')) return null
  const url = ask(site, 'getScriptNameOrSourceURL')
  // Evaluated from outside: by the console, or by whoever drives the browser.
  if (typeof url !== 'string') return null
  const line = ask(site, 'getEnclosingLineNumber')
  const column = ask(site, 'getEnclosingColumnNumber')
  if (ask(site, 'getFunctionName') === null && !isNamelessFunction(site, url, line, column)) return null
  return {
    key: `${url}:${line}:${column}`,
    get stack() {
      return NativeError.prepareStackTrace?.(NativeError(), [site as NodeJS.CallSite]) ?? `at ${ask(site, 'toString')}`
    },
  }
}

/** Frames of Node's own scripts are at the bottom of any stack there. */
function isOfTheHost(site: CallSite): boolean {
  const url = ask(site, 'getScriptNameOrSourceURL')
  return url === null || url === '' || !!url?.startsWith('node:')
}

/** A function without a name, and not the top level of a script, which has none either. */
function isNamelessFunction(site: CallSite, url: string, line: number, column: number): boolean {
  // Where a file begins.
  if (line === 1 && column === 1) return false
  // A script in the page begins anywhere. Counted back, its first character is number 0; over several lines nobody can count.
  const inThePage = url.split('#')[0] === globalThis.location?.href.split('#')[0]
  const sameLine = ask(site, 'getLineNumber') === line
  return sameLine ? ask(site, 'getPosition') !== ask(site, 'getColumnNumber') - column : !inThePage
}
