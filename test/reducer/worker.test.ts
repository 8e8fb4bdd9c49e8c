// A context that is posted to another thread and restored there, one line each; the thread has a copy of the runtime of its own, as built.

import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'
import { expect, test } from 'vitest'
import { ContextVar, copyContext, globalContextReducer, registerContextVar } from '../../runtime'
import { root } from '../../scripts/steps.mjs'

const user = new ContextVar<unknown>('user')
const secret = new ContextVar<string>('secret')
registerContextVar(user, { __name__: 'shop', user })

const worker = `
  const { parentPort } = require('node:worker_threads')
  const begun = (async () => {
    const built = ${JSON.stringify(pathToFileURL(join(root, 'dist/runtime/index.js')).href)}
    const { ContextVar, globalContextReducer, registerContextVar } = await import(built)
    const user = new ContextVar('user')
    const secret = new ContextVar('secret')
    registerContextVar(user, { __name__: 'shop', user })
    return (data) => globalContextReducer.restore(data).run(() => [user.get(), secret.get('not here')])
  })()
  parentPort.on('message', async (data) => {
    const read = await begun
    parentPort.postMessage(read(data))
  })
`

test('another thread goes on with what was registered, and with nothing else', async () => {
  const thread = new Worker(worker, { eval: true })
  try {
    user.set(new Map([['name', 'Ada']]))
    secret.set('hush')
    const answer = new Promise((resolve, reject) => thread.once('message', resolve).once('error', reject))
    thread.postMessage(globalContextReducer.reduce(copyContext()))
    expect(await answer).toEqual([new Map([['name', 'Ada']]), 'not here'])
  } finally {
    await thread.terminate()
  }
})
