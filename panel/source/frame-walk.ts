// Which documents lie in the frames of a page, which of them have a runtime, and which workers they made: one expression that visits
// every frame it may enter, and how its answer is taken apart. Frames of another origin are not entered from outside; each is
// asked by its address.

import { HOOK_KEY, OUTLET_KEY, type WorkerNote } from '../../runtime/protocol'
import { parseWorkerNotes } from '../model/recording'

/** More frames than a person follows, and deeper than pages go. */
const MOST_FRAMES = 100
const DEEPEST = 8
const LONGEST_ADDRESS = 2_000
/** Characters of what a document says of its workers: of a hundred, each with a name and an address. */
const LONGEST_NOTES = 1_000_000

/** A frame that was entered, by its places among frames from where the walk began; `[]` is where it began. */
export interface WalkedFrame {
  path: readonly number[]
  /** `recorder`: it answers; `runtime`: there is one, and nobody records it. */
  has: 'recorder' | 'runtime' | 'nothing'
  url: string
  workers: readonly WorkerNote[]
}

/**
 * Evaluates to a line for each frame: `0.2 runtime https://…`, and to another, `workers [{…}]`, behind that of a document which made some.
 * What throws on the way is a frame that nobody may enter: `closed 2`, at the end, says how many. In front stands `page` where it began at the top: no page can say otherwise.
 */
export const walkExpression = `((top, symbols) => {
  let lines = ""
  let count = 0
  let closed = 0
  const hookKey = typeof symbols === "function" ? symbols.for(${JSON.stringify(HOOK_KEY)}) : ""
  const workersOf = (outlet) => {
    try {
      const notes = "" + outlet.workers()
      return notes.length > 2 && notes.length < ${LONGEST_NOTES} ? "workers " + notes + "\\n" : ""
    } catch {
      return ""
    }
  }
  const visit = (page, path, depth) => {
    let inside = 0
    try {
      const hook = page[hookKey]
      const outlet = page[${JSON.stringify(OUTLET_KEY)}]
      const has = outlet ? "recorder" : hook && hook.runtimes && hook.runtimes.length > 0 ? "runtime" : "nothing"
      lines += path + " " + has + " " + page.location.href + "\\n" + (outlet && outlet.workers ? workersOf(outlet) : "")
      inside = page.length
    } catch {
      closed++
      return
    }
    for (let index = 0; index < inside && depth < ${DEEPEST} && count < ${MOST_FRAMES}; index++) {
      count++
      visit(page[index], path === "" ? "" + index : path + "." + index, depth + 1)
    }
  }
  visit(top, "", 0)
  if (closed > 0) lines += "closed " + closed + "\\n"
  return top.top === top ? "page\\n" + lines : lines
})(this, this["Symbol"])`

const WORKERS = 'workers '

/** Whether the walk began in the document of the page itself. */
export const beganAtTop = (answer: unknown): boolean => typeof answer === 'string' && answer.startsWith('page\n')

/** How many frames it came by that it may not enter. */
export const closedIn = (answer: unknown): number =>
  typeof answer === 'string' ? Math.min(Number(/(?:^|\n)closed (\d{1,4})\n$/.exec(answer)?.[1] ?? 0), MOST_FRAMES) : 0

/** What was visited; lines that are no answer of the walk are left out. */
export function parseWalk(answer: unknown): WalkedFrame[] {
  if (typeof answer !== 'string') return []
  const frames: WalkedFrame[] = []
  for (const line of answer.split('\n', 2 * (MOST_FRAMES + 1))) {
    const latest = frames.at(-1)
    if (line.startsWith(WORKERS) && line.length <= LONGEST_NOTES && latest !== undefined) {
      frames.splice(-1, 1, { ...latest, workers: parseWorkerNotes(line.slice(WORKERS.length)) })
    }
    const [, places = '', has, url] = /^((?:\d{1,4}(?:\.\d{1,4})*)?) (recorder|runtime|nothing) (\S+)$/.exec(line) ?? []
    if (url === undefined || url.length > LONGEST_ADDRESS || frames.length > MOST_FRAMES) continue
    const path = places === '' ? [] : places.split('.').map(Number)
    if (path.length <= DEEPEST) frames.push({ path, has: has as WalkedFrame['has'], url, workers: [] })
  }
  return frames
}
