// What an application's build imports as `contextvars-devtools/vite`.

import type { Plugin } from 'vite'
import { compileModule } from './await'

type Pattern = string | RegExp | (string | RegExp)[]

export interface CompileAwaitOptions {
  /** The modules to compile: globs, or expressions that fit their ids. Default: all, those of `node_modules` too. */
  include?: Pattern
  /** The modules to leave as they are. */
  exclude?: Pattern
}

/**
 * A Vite plugin that makes every `await` one that the runtime sees, whatever is awaited: contexts then survive any number of
 * them, in the very same context. Everything else about the code stays as it is.
 * @throws TypeError for an option that does not exist, or has a value that means nothing.
 */
export function compileAwait(options: CompileAwaitOptions = {}): Plugin {
  const { include = /^/, exclude = [], ...others } = options
  for (const name of Object.keys(others)) {
    throw new TypeError(`compileAwait: there is no option ${name}, only include, exclude`)
  }
  for (const [name, pattern] of Object.entries({ include, exclude })) {
    for (const one of [pattern].flat()) {
      if (typeof one === 'string' || one instanceof RegExp) continue
      throw new TypeError(`compileAwait: for ${name}, a glob or an expression was expected, got ${String(one)}`)
    }
  }
  return {
    name: 'contextvars:await',
    transform: {
      // JavaScript by then, whatever it was written in; and who looks for the words of an await (`vi.hoisted`) has found them.
      order: 'post',
      filter: { id: { include, exclude }, code: /\b(?:async|await)\b/ },
      handler(code) {
        try {
          return compileModule(code, this.parse(code, { sourceType: 'unambiguous' }))
        } catch (error) {
          // A script that returns at its top, say: bundlers take more than the language has.
          this.warn(`Its awaits stay as they are: ${String(error)}`)
          return null
        }
      },
    },
  }
}
