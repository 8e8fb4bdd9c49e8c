// From the position in a script as the page runs it to the line that a person wrote, by the source map that the script brings
// in its last comment. One in a file of its own is the page's to fetch: an extension without permissions cannot.

import { originalPositionFor, TraceMap } from '@jridgewell/trace-mapping'
import type { Frame } from '../../runtime/protocol'
import { plainText } from '../model/recording'

const INLINE = /\/\/[#@]\s*sourceMappingURL=data:application\/json[^,\s]{0,100};base64,([A-Za-z0-9+/=]+)/g
const LONGEST_COMMENT = 2_000
const LAST_LINE = /(?:^|\n)[^\S\n]*\/\/[#@]\s*sourceMappingURL=(?!data:)(\S+)\s*$/

export class SourceMap {
  readonly #map: TraceMap

  private constructor(map: TraceMap) {
    this.#map = map
  }

  /** The map in the text of the script at `url`; null where there is none that can be read. */
  static inScript(text: string, url: string): SourceMap | null {
    // The last one counts: a bundle may quote others.
    const packed = [...text.matchAll(INLINE)].at(-1)?.[1]
    if (packed === undefined) return null
    try {
      const bytes = Uint8Array.from(atob(packed), (character) => character.charCodeAt(0))
      return SourceMap.inFile(new TextDecoder().decode(bytes), url)
    } catch {
      return null
    }
  }

  /** The map that the file at `url` is; null where it is none. */
  static inFile(text: string, url: string): SourceMap | null {
    try {
      return new SourceMap(new TraceMap(text, url))
    } catch {
      return null
    }
  }

  /** Where the script says that its map lies; null where it names no file. */
  static fileOf(script: string, url: string): string | null {
    const named = LAST_LINE.exec(script.slice(-LONGEST_COMMENT))?.[1]
    return named === undefined || !URL.canParse(named, url) ? null : new URL(named, url).href
  }

  /** The original of a frame; null where the map has none for it. */
  original(frame: Frame): Frame | null {
    // Lines count from 1 in maps as in stacks; columns count from 0 in maps. A stack that was made up may stand nowhere.
    const found = this.#found(frame.line, frame.column - 1)
    if (found === null || found.source === null) return null
    return { ...frame, url: plainText(found.source), line: found.line, column: found.column + 1 }
  }

  /** The text of a file that the script was made from; null where the map leaves it out, undefined where it does not name the file. */
  textOf(url: string): string | null | undefined {
    const place = this.#map.resolvedSources.findIndex((source) => source !== null && plainText(source) === url)
    if (place < 0) return undefined
    const text: unknown = this.#map.sourcesContent?.[place]
    return typeof text === 'string' ? text : null
  }

  /** What the map says is read when it is asked for, and may be anything. */
  #found(line: number, column: number): ReturnType<typeof originalPositionFor> | null {
    try {
      return originalPositionFor(this.#map, { line, column })
    } catch {
      return null
    }
  }
}
