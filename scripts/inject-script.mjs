// A Vite plugin for the script that goes into pages: it ends in its name and in a source map that says nothing but "ignore
// me", so that a debugger steps over it into the application's next line. The newline at the end is needed: a browser
// quietly drops an injected script that ends in a comment.

/** @param {string} script */
const nameOf = (script) => `contextvars-devtools/${script}.js`

/**
 * How a script ends that debuggers are to step over. One mapping at the very beginning reaches to the end: all of it belongs to the one
 * source, which is ignored. That this has one scope, without a name, is said because DevTools would look for scopes else: it starts a worker
 * that parses the script.
 * @param {string} name
 */
function ignoredEnd(name) {
  const scopes = 'BAAA,CAA'
  const map = {
    version: 3,
    sources: [name],
    sourcesContent: [''],
    names: [],
    mappings: 'AAAA',
    ignoreList: [0],
    scopes,
  }
  const data = Buffer.from(JSON.stringify(map)).toString('base64')
  return `\n//# sourceURL=${name}\n//# sourceMappingURL=data:application/json;base64,${data}\n`
}

/** The language as it was before the page's own code: a page that replaces these later replaces them for itself alone. */
const LANGUAGE =
  'AggregateError Array BigInt Date Error FinalizationRegistry JSON Map Math Number Object Promise Proxy RangeError Reflect ' +
  'RegExp Set String Symbol TypeError WeakMap WeakRef WeakSet'

/** For the head of the script's own scope, where it shadows the globals for everything in it. */
export const ownLanguage = `const { ${LANGUAGE.split(' ').join(', ')} } = globalThis;`

/** @returns {import('vite').Plugin} */
export function injectScriptPlugin() {
  return {
    name: 'inject-script',
    enforce: 'post',
    generateBundle(_, bundle) {
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== 'chunk') continue
        const end = ignoredEnd(nameOf('inject'))
        const [, body] = /^"use strict";\(function\(\)\{(.*)\}\)\(\);$/s.exec(chunk.code.trimEnd()) ?? []
        if (body === undefined) throw new Error('The script is not one function that is called at once.')
        // It knows its own text, since it is the recorder of the page's workers, too (`runtime/inject.ts`).
        chunk.code = `(function injectScript(injectScriptEnd,workerChannel){"use strict";${body}})(${JSON.stringify(end)});${end}`
      }
    },
  }
}

/**
 * For a script that comes later, when somebody needs it: with its name, and ignored by debuggers, unless it is one to pause in.
 * @param {string} script
 * @param {{ ignored: boolean }} options
 * @returns {import('vite').Plugin}
 */
export function onDemandScriptPlugin(script, { ignored }) {
  return {
    name: 'on-demand-script',
    enforce: 'post',
    generateBundle(_, bundle) {
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== 'chunk') continue
        chunk.code =
          chunk.code.trimEnd() + (ignored ? ignoredEnd(nameOf(script)) : `\n//# sourceURL=${nameOf(script)}\n`)
      }
    },
  }
}
