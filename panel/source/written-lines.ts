// The lines that people wrote, for a page that tells problems of its own: it reads its scripts once more, with the source maps that they
// bring or name. Only those are read that something to be told begins in; what cannot be read stays as it was.

import type { Frame, StackTable } from '../../runtime/protocol'
import { fromCaller } from '../model/recording'
import { SourceMap } from './source-map'

export class WrittenLines {
  readonly #maps = new Map<string, SourceMap | null>()
  /** Vite serves `main.ts` as `main.ts`: the address alone does not say whose line it is. */
  readonly #written = new WeakSet<Frame>()

  /** Reads the scripts in which these stacks begin; null where all of them are known. */
  learn(stacks: StackTable): Promise<unknown> | null {
    const begins = Object.values(stacks).flatMap(([frame]) =>
      frame === undefined || this.#written.has(frame) || !isReadable(frame.url) ? [] : [frame.url],
    )
    const strange = [...new Set(begins)].filter((url) => !this.#maps.has(url))
    for (const url of strange) this.#maps.set(url, null)
    return strange.length === 0 ? null : Promise.all(strange.map((url) => this.#read(url)))
  }

  of(stacks: StackTable): StackTable {
    const told = Object.entries(stacks).map(([id, frames]) => [id, fromCaller(frames.map((frame) => this.#of(frame)))])
    return Object.fromEntries(told)
  }

  #of(frame: Frame): Frame {
    const written = this.#written.has(frame) ? null : (this.#maps.get(frame.url)?.original(frame) ?? null)
    if (written === null) return frame
    this.#written.add(written)
    return written
  }

  async #read(url: string): Promise<void> {
    const script = await textAt(url)
    if (script === null) return
    const file = SourceMap.fileOf(script, url)
    const map = file === null || !isReadable(file) ? null : await textAt(file)
    this.#maps.set(url, map === null ? SourceMap.inScript(script, url) : SourceMap.inFile(map, file ?? url))
  }
}

/** The page's own files; not its document, which may be another one when it is asked for again. */
function isReadable(url: string): boolean {
  const { origin, href } = globalThis.location ?? {}
  // A worker's address is that of its script.
  const isDocument = globalThis.document !== undefined && url === href.split('#', 1)[0]
  return origin !== undefined && url.startsWith(`${origin}/`) && !isDocument
}

/** Milliseconds: what is not there by then is told without. */
const LONGEST = 5_000

/** What the page runs lies in its cache, and may have been changed since. */
async function textAt(url: string): Promise<string | null> {
  try {
    const answer = await fetch(url, { cache: 'force-cache', signal: AbortSignal.timeout(LONGEST) })
    return answer.ok ? await answer.text() : null
  } catch {
    return null
  }
}
