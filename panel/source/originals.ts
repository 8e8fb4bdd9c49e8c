// A source whose stacks stand in the files that people wrote: what a bundle's source map knows is told from the first moment, or as soon as
// the map has come, so that views, rules and exports alike speak of those lines. They begin with the line that a person wrote, whatever acts
// for it.

import type { Frame, StackTable } from '../../runtime/protocol'
import { fromCaller } from '../model/recording'
import type { OriginalTexts } from './original-texts'
import type { Source, SourceListener } from './source'
import { SourceMap } from './source-map'

/** Reads the text of a script of the page; null where it cannot be had. */
export type ReadScript = (url: string) => Promise<string | null>

/** Scripts of one document whose maps are asked for; a page that names more of them makes them up. */
const MOST_SCRIPTS = 2_000

/** Milliseconds that facts wait for the map of a script that is met for the first time. One that comes later has them told again. */
const PATIENCE = 1_000

/** Milliseconds until a script that is not known yet is asked for again: DevTools may list it later than the page runs it. */
const AGAIN = [300, 1_000, 3_000]

/** Stacks that wait for one script: a text may never come, and a page goes on. Those beyond stay as they were told. */
const MOST_WAITING = 20_000

/** `texts` learns the files that the maps speak of, as long as the source is read. */
export function withOriginals(source: Source, read: ReadScript, texts: OriginalTexts | null = null): Source {
  return { ...source, start: (listener) => new Translation(read, listener).start(source, texts) }
}

class Translation implements SourceListener {
  readonly #read: ReadScript
  readonly #listener: SourceListener
  #maps = new Map<string, SourceMap | null>()
  /** The stacks that name a script whose text has not come yet, as the page told them. */
  #waiting = new Map<string, Map<string, Frame[]>>()
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

  readonly outline: NonNullable<SourceListener['outline']> = (part, isFirst) =>
    this.#deliver(() => this.#listener.outline?.(part, isFirst))

  readonly epoch: SourceListener['epoch'] = (epoch) =>
    void this.#deliver(() => {
      // Another document may run another version of a script under the same address.
      this.#maps = new Map()
      this.#waiting = new Map()
      this.#listener.epoch(epoch)
    })

  readonly batch: SourceListener['batch'] = (batch) =>
    this.#deliver(async () => {
      const urls = new Set(Object.values(batch.stacks).flatMap((frames) => frames.map((frame) => frame.url)))
      const strange = [...urls].filter((url) => !this.#maps.has(url))
      await Promise.all(strange.slice(0, MOST_SCRIPTS - this.#maps.size).map((url) => this.#meet(url)))
      if (this.#ended) return
      this.#noteWaiting(batch.stacks)
      await this.#listener.batch({ ...batch, stacks: this.#translated(batch.stacks) })
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
    const [maps, waiting] = [this.#maps, this.#waiting]
    maps.set(url, null)
    waiting.set(url, new Map())
    const read = () => this.#read(url).catch(() => null)
    const use = (text: string | null, [pause, ...later] = AGAIN): void => {
      if (text === null && pause !== undefined) {
        // Nobody waits for those that follow.
        if (!this.#ended && maps === this.#maps) {
          setTimeout(() => void read().then((text) => use(text, later)), pause)
        }
        return
      }
      if (text !== null) maps.set(url, SourceMap.inScript(text, url))
      const told = waiting.get(url)
      waiting.delete(url)
      if (told === undefined || maps.get(url) === null) return
      if (told.size > 0) void this.#deliver(() => this.#retell(Object.fromEntries(told), maps))
    }
    const reading = read().then((text) => use(text))
    await Promise.race([reading, new Promise((resolve) => setTimeout(resolve, PATIENCE))])
  }

  #noteWaiting(stacks: StackTable): void {
    if (this.#waiting.size === 0) return
    for (const [id, frames] of Object.entries(stacks)) {
      for (const { url } of frames) {
        const told = this.#waiting.get(url)
        if (told !== undefined && told.size < MOST_WAITING) told.set(id, frames)
      }
    }
  }

  #retell(stacks: StackTable, maps: ReadonlyMap<string, SourceMap | null>): unknown {
    return maps === this.#maps ? this.#listener.stacks?.(this.#translated(stacks)) : undefined
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

  #translated(told: StackTable): StackTable {
    const stacks: StackTable = {}
    for (const [id, frames] of Object.entries(told))
      stacks[Number(id)] = fromCaller(frames.map((frame) => this.#original(frame)))
    return stacks
  }

  #original(frame: Frame): Frame {
    return this.#maps.get(frame.url)?.original(frame) ?? frame
  }
}
