// Chrome's call stacks link up: paused in a step of a task, the stack goes on, under the task's name, where the task was made.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'playwright/test'
import { journey } from './harness/journey'

interface StackTrace {
  description?: string
  callFrames: { functionName: string }[]
  parent?: StackTrace
}

const page = `
globalThis.go = () => {
  const { createTask, gather, spawn } = globalThis.contextvars
  async function work() {
    debugger
    await new Promise((resolve) => setTimeout(resolve))
    debugger
  }
  function* unit() {
    debugger
    yield
    debugger
  }
  const makeAlice = () => createTask(work, { name: 'Alice' })
  const makeEager = () => createTask(work, { name: 'Eager', eagerStart: true })
  const makeUnit = () => spawn(unit, { name: 'Unit' })
  return gather(makeAlice(), makeEager(), makeUnit())
}`

journey('paused in a step of a task, the stack goes on where it was made', async ({ tab, site, dist }) => {
  await tab.page.goto(`${site.origin}/plain/`)
  await tab.page.addScriptTag({ content: readFileSync(join(dist, 'runtime/inject.js'), 'utf8') })
  await tab.page.addScriptTag({ content: page })
  const session = await tab.page.context().newCDPSession(tab.page)
  const pauses: string[] = []
  session.on('Debugger.paused', async ({ callFrames, asyncStackTrace }) => {
    let made = ''
    for (let trace: StackTrace | undefined = asyncStackTrace; trace !== undefined; trace = trace.parent) {
      const maker = trace.callFrames.find(({ functionName }) => functionName.startsWith('make'))
      if (trace.description !== 'await' && maker !== undefined) made = `${trace.description}, by ${maker.functionName}`
    }
    pauses.push(`${callFrames[0]?.functionName} of ${made}`)
    await session.send('Debugger.resume')
  })
  await session.send('Debugger.enable')
  await session.send('Debugger.setAsyncCallStackDepth', { maxDepth: 32 })
  await tab.page.evaluate('go()')
  await session.detach()
  const expected = ['work of Alice, by makeAlice', 'work of Eager, by makeEager', 'unit of Unit, by makeUnit']
  expect(pauses.sort()).toEqual([...expected, ...expected].sort())
})
