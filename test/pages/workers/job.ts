// What a worker with contexts does, and what it can see of itself.

import { ContextVar, copyContext, type Token } from 'contextvars-devtools'
import { createTask, install } from 'contextvars-devtools/async'
import type { Team } from './team'

/** Hears as an application's worker does: by its handler, and by a listener beside it. `team` are the workers that it made. */
export function begin(of: string, team: Team | null = null): void {
  const heard: unknown[] = []
  const user = new ContextVar<string>('user')
  install()
  addEventListener('message', ({ data }) => heard.push(['listener', data]))
  globalThis.onmessage = ({ data }) => {
    heard.push(['handler', data])
    if (data === 'report') void report()
    if (data === 'task') createTask(() => user.set(`${of}, asked`), { name: `errand of ${of}` })
    if (data === 'much') for (let round = 1; round <= 30_000; round++) user.reset(user.set(`${of}, ${round}`))
    if (data === 'mistake') mistake()
    if (data === 'close') globalThis.close()
  }
  createTask(
    async () => {
      user.set(of)
      await new Promise((resolve) => setTimeout(resolve))
      user.set(`${of}, later`)
      await new Promise(() => {})
    },
    { name: `task of ${of}` },
  )

  async function report(): Promise<void> {
    const seen = { heard, inherited: user.get('nothing'), ...itself() }
    postMessage(team === null ? seen : { ...seen, ...ofClass(team), made: await team.report() })
  }

  function mistake(): void {
    let token: Token<string> | null = null
    copyContext().run(() => {
      token = user.set('elsewhere')
    })
    try {
      user.reset(token as never)
    } catch {
      // Of another context: the panel says so.
    }
  }
}

function itself() {
  const { name, location } = globalThis as unknown as { name: string; location: Location }
  return { name, hash: location.hash, path: location.pathname, names: Reflect.ownKeys(globalThis).map(String).length }
}

/** What a worker sees of the class of those that it made. */
function ofClass({ workers }: Team) {
  const one = Object.values(workers)[0]
  return {
    ofWorker: [Worker.name, Worker.length, String(one), Reflect.ownKeys(Worker).map(String)],
    ofPrototype: Reflect.ownKeys(Worker.prototype).map(String),
    ofInstance: one === undefined ? [] : Reflect.ownKeys(one).map(String),
    isOne: one instanceof Worker && one.constructor === Worker && Object.getPrototypeOf(one) === Worker.prototype,
  }
}
