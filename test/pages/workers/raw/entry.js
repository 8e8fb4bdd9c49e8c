// A module worker that one of its own chunks imports, as bundlers make them: it runs once.

import { ContextVar } from '/runtime/index.js'

globalThis.runs = (globalThis.runs ?? 0) + 1
new ContextVar('once').set(globalThis.runs)
export const { url } = import.meta
import('./chunk.js').then(({ entry }) => {
  postMessage({ runs: globalThis.runs, isSame: entry() === url, hash: new URL(url).hash, name })
})
