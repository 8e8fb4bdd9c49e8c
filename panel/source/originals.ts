// A source whose stacks stand in the files that people wrote: what a bundle's source map knows is told from the first moment, so
// that views, rules and exports alike speak of those lines.

import type { Batch, Frame, StackTable } from '../../runtime/protocol'
import type { OriginalTexts } from './original-texts'
import type { Source, SourceListener } from './source'
import { SourceMap } from './source-map'

/** Reads the text of a script of the page; null where it cannot be had. */
export type ReadScript = (url: string) => Promise<string | null>

/** Scripts of one document whose maps are asked for; a page that names more of them makes them up. */
const MOST_SCRIPTS = 2_000

/** Milliseconds that facts wait for the map of a script that is met for the first time. */
const PATIENCE = 1_000

/** `texts` learns the files that the maps speak of, as long as the source is read. */
export function withOriginals(source: Source, read: ReadScript, texts: OriginalTexts | null = null): Source {
  return { ...source, start: (listener) => new Translation(read, listener).start(source, texts) }
}

class Translation implements SourceListener {
  readonly #read: ReadScript
  readonly #listener: SourceListener
  #maps = new Map<string, SourceMap | null>()
  /** What is delivered, in the order it came. */
  #queue: Promise<void> = Promise.resolve()
  #ended = false

  constructor(read: ReadScript, listener: SourceListener) {
    this.#read = read
    this.#listener = listener
  }

  start(source: Source, texts: OriginalTexts | null): () => void {
    const end = source.start(this)
    const takeBack = texts?.add((url) => this.#textOf(url))
    return () => {
      this.#ended = true
      takeBack?.()
      end()
    }
  }

  readonly link: SourceListener['link'] = (link) => void this.#deliver(() => this.#listener.link(link))
  readonly where: SourceListener['where'] = (where) => void this.#deliver(() => this.#listener.where(where))
  readonly pace: SourceListener['pace'] = (pace) => void this.#deliver(() => this.#listener.pace(pace))
  readonly held: SourceListener['held'] = (held) => void this.#deliver(() => this.#listener.held(held))

  readonly breaks: NonNullable<SourceListener['breaks']> = (held) =>
    void this.#deliver(() => this.#listener.breaks?.(held))

  readonly epoch: SourceListener['epoch'] = (epoch) =>
    void this.#deliver(() => {
      // Another document may run another version of a script under the same address.
      this.#maps = new Map()
      this.#listener.epoch(epoch)
    })

  readonly batch: SourceListener['batch'] = (batch) =>
    this.#deliver(async () => {
      const urls = new Set(Object.values(batch.stacks).flatMap((frames) => frames.map((frame) => frame.url)))
      const strange = [...urls].filter((url) => !this.#maps.has(url))
      await Promise.all(strange.slice(0, MOST_SCRIPTS - this.#maps.size).map((url) => this.#meet(url)))
      if (!this.#ended) await this.#listener.batch(this.#translated(batch))
    })

  #deliver(work: () => unknown): Promise<void> {
    const delivered = this.#queue.then(async () => {
      if (!this.#ended) await work()
    })
    // One that fails is its sender's to know, and holds up none of those behind it.
    this.#queue = delivered.catch(() => {})
    return delivered
  }

  async #meet(url: string): Promise<void> {
    const tooLate = new Promise<null>((resolve) => setTimeout(resolve, PATIENCE, null))
    const text = await Promise.race([this.#read(url).catch(() => null), tooLate])
    this.#maps.set(url, text === null ? null : SourceMap.inScript(text, url))
  }

  #textOf(url: string): string | null | undefined {
    let isNamed = false
    for (const map of this.#maps.values()) {
      const text = map?.textOf(url)
      if (typeof text === 'string') return text
      isNamed ||= text === null
    }
    return isNamed ? null : undefined
  }

  #translated(batch: Batch): Batch {
    const stacks: StackTable = {}
    for (const [id, frames] of Object.entries(batch.stacks))
      stacks[Number(id)] = frames.map((frame) => this.#original(frame))
    return { ...batch, stacks }
  }

  #original(frame: Frame): Frame {
    return this.#maps.get(frame.url)?.original(frame) ?? frame
  }
}
