// python/cpython#140947 (Kludex/uvicorn#2167): a request pauses its connection and goes on reading from within its task. From then on the
// connection's callback runs in a copy of that request, and the requests that come later start with what it had set.

import { Context, ContextVar } from 'contextvars-devtools'
import { createTask, type TaskOptions } from 'contextvars-devtools/async'
import { type Program, sleep } from '../program'

const user = new ContextVar('user', { default: 'anonymous' })

const nameOfNext = (seen: readonly string[]): string => `user ${seen.length}`

async function connection(options: () => TaskOptions) {
  const { port1: browser, port2: transport } = new MessageChannel()
  const seen: string[] = []
  let respond = () => {}
  const resumeReading = () => transport.addEventListener('message', dataReceived, { once: true })
  const request = async () => {
    seen.push(user.get())
    const token = user.set(nameOfNext(seen))
    resumeReading()
    await sleep()
    user.reset(token)
    respond()
  }
  function dataReceived() {
    createTask(request, options())
  }
  resumeReading()
  transport.start()
  for (const url of ['/', '/']) {
    await new Promise<void>((resolve) => {
      respond = resolve
      browser.postMessage(url)
    })
  }
  browser.close()
  return seen
}

export const asReported: Program = {
  run: async () => {
    const seen = await connection(() => ({}))
    if (seen[1] !== 'user 1') throw new Error('nothing leaked')
  },
  finds: [
    {
      severity: 'info',
      rule: 'carried-over',
      lines: [
        'const token = user.set(nameOfNext(seen))',
        'user.reset(token)',
        "const resumeReading = () => transport.addEventListener('message', dataReceived, { once: true })",
        'createTask(request, options())',
        'const token = user.set(nameOfNext(seen))',
      ],
      says: 'and read it before it set its own',
    },
  ],
}

/** As Kludex/uvicorn#2742 does it. */
export const mended: Program = { run: () => connection(() => ({ context: new Context() })), finds: [] }
