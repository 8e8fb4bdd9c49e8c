// nodejs/help#2546: a listener is added in the middle of a request, and finds nothing of it: it runs where its event is emitted. In a page, that
// are the listeners of nodes; here is no document, so that there are some, one is made.

import { ContextVar } from 'contextvars-devtools'
import { createTask, wrap } from 'contextvars-devtools/async'
import type { Program } from '../program'

const store = new ContextVar('store', { default: 'undefined' })

function handle(request: EventTarget, onEnd: (listener: () => void) => () => void) {
  const token = store.set('foo')
  request.addEventListener('end', onEnd(read))
  store.reset(token)
}

let found = ''
const read = () => {
  found = store.get()
}

async function served(onEnd: (listener: () => void) => () => void, expected: string) {
  const before = Reflect.get(globalThis, 'Node')
  class Node extends EventTarget {}
  Object.assign(globalThis, { Node })
  const request = new Node()
  await createTask(() => handle(request, onEnd)).result
  await createTask(() => request.dispatchEvent(new Event('end'))).result
  Object.assign(globalThis, { Node: before })
  if (found !== expected) throw new Error(`found ${found}`)
}

export const asReported: Program = {
  run: () => served((listener) => listener, 'undefined'),
  finds: [],
  findsOnRequest: [
    {
      severity: 'info',
      rule: 'listener-elsewhere',
      lines: ["const token = store.set('foo')", "request.addEventListener('end', onEnd(read))"],
      says: 'The function that added it had set store to "foo"',
    },
  ],
}

export const mended: Program = { run: () => served(wrap, 'foo'), finds: [] }
