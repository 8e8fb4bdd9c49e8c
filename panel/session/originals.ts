// Where frames are in the sources that people wrote. Scripts are read once, when a frame of theirs is shown for the first time;
// until then, and where a script brings no map, a frame stands for itself.

import type { Frame } from '../../runtime/protocol'
import { SourceMap } from '../model/source-map'

/** Reads the text of a script of the page; null where it cannot be had. */
export type ReadScript = (url: string) => Promise<string | null>

export class Originals {
  readonly #read: ReadScript
  #maps = new Map<string, SourceMap | null | 'reading'>()
  #originals = new Map<Frame, Frame>()
  #listeners = new Set<() => void>()

  constructor(read: ReadScript) {
    this.#read = read
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** The original of `frame` as far as it is known now: the same object until more is known. */
  of(frame: Frame): Frame {
    const known = this.#originals.get(frame)
    if (known !== undefined) return known
    const map = this.#maps.get(frame.url)
    if (map === undefined) void this.#load(frame.url)
    if (map === undefined || map === 'reading') return frame
    const original = map?.original(frame) ?? frame
    this.#originals.set(frame, original)
    return original
  }

  /** Another document runs other scripts. */
  forget(): void {
    this.#maps = new Map()
    this.#originals = new Map()
  }

  async #load(url: string): Promise<void> {
    const maps = this.#maps
    maps.set(url, 'reading')
    const text = await this.#read(url).catch(() => null)
    maps.set(url, text === null ? null : SourceMap.inScript(text, url))
    if (maps !== this.#maps) return
    for (const listener of this.#listeners) listener()
  }
}
