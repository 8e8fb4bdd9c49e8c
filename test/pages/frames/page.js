// The document at the top: it adds a frame of another origin, and one that comes and goes.

import { begin } from './child.js'

begin('top')

const other = new URLSearchParams(location.search).get('other')
if (other !== null) addFrame(`${other}/frames/child.html?name=foreign`)

globalThis.addFrame = addFrame

function addFrame(src) {
  const frame = document.createElement('iframe')
  frame.src = src
  document.querySelector('#other').append(frame)
}
