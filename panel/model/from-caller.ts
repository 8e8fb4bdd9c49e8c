// A stack as its reader thinks of it: what acts for a line of the page is no line of theirs. A tracer sets and resets for who called it, and
// what compilers make of `using` disposes for the block that ended.

import type { Frame } from '../../runtime/protocol'

/** OpenTelemetry's own files, as they are installed, and as Vite serves them; and a helper of `using` in a file of its own. */
const FILES = /\/@opentelemetry[/_]|\/usingCtx\.js$/

/** The helpers of esbuild and of TypeScript, which mostly stand in the file itself; what they call first is a function of theirs. */
const HELPERS = /^(?:Object\.)?__(?:callDispose|disposeResources)$/
const NEAR = 3

/** A stack of nothing else stays as it is. */
export function fromCaller(frames: Frame[]): Frame[] {
  const caller = frames.findIndex(({ url }) => !FILES.test(url))
  const rest = caller > 0 ? frames.slice(caller) : frames
  const helper = rest.slice(0, NEAR).findLastIndex(({ name }) => HELPERS.test(name))
  return helper >= 0 && helper + 1 < rest.length ? rest.slice(helper + 1) : rest
}
