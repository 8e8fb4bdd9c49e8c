// One script of two, for DevTools takes one: the first is stepped over by debuggers and never paused in, the second is not. The source map at
// the end tells them apart, since that is what DevTools goes by.

const IGNORED = 'contextvars-devtools/inject.js'
const NOT_IGNORED = 'contextvars-devtools/break-on.js'

/** A comment at the beginning of a line that says how a script is called, or where its map is. */
const OWN_COMMENT = /^\/\/# source(?:MappingURL|URL)=.*$/gm

/** A script that takes the name and the map of the one behind it. The number of its lines stays. */
export const unnamed = (script: string): string => script.replace(OWN_COMMENT, '//')

export function joined(first: string, second: string): string {
  const ignored = unnamed(first)
  const readable = unnamed(second)
  const above = ignored.split('\n').length
  const below = readable.split('\n').length
  const map = {
    version: 3,
    sources: [IGNORED, NOT_IGNORED],
    sourcesContent: ['', readable],
    names: [],
    // All of the first, to the end of its last line; then line by line.
    mappings: `AAAA${';'.repeat(above)}ACAA${';AACA'.repeat(below - 1)}`,
    ignoreList: [0],
  }
  const data = btoa(String.fromCharCode(...new TextEncoder().encode(JSON.stringify(map))))
  return `${ignored}\n${readable}\n//# sourceURL=${IGNORED}\n//# sourceMappingURL=data:application/json;base64,${data}\n`
}
