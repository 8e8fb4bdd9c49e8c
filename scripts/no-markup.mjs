// A Vite plugin that takes from React what makes markup of a string (`dangerouslySetInnerHTML`): the panel shows what pages say, as text and
// never otherwise, and so nobody has to look whether it does.

import { Failure } from './steps.mjs'

const MAKES_MARKUP = '(domElement.innerHTML = key)'
const REFUSES = '(() => { throw Error("No markup from strings: see scripts/no-markup.mjs.") })()'

/** @returns {import('vite').Plugin} */
export function noMarkupPlugin() {
  let isTaken = false
  return {
    name: 'no-markup',
    apply: 'build',
    transform: {
      filter: { id: /react-dom-client\.production\.js/ },
      handler(code) {
        const pieces = code.split(MAKES_MARKUP)
        if (pieces.length !== 3) {
          throw new Failure(
            `React makes markup of strings in ${pieces.length - 1} places, not two: read its new version`,
          )
        }
        isTaken = true
        return { code: pieces.join(REFUSES), map: null }
      },
    },
    // A file that has another name by now would go by unseen.
    generateBundle() {
      if (!isTaken) throw new Failure('React’s way from strings to markup was not met: read its new version')
    },
  }
}
