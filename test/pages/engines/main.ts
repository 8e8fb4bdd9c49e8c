// What this page can be asked. It asks its server for questions, one after the other, and answers each with JSON: so any browser
// that can open a page can be tested by it, whatever it is driven with.

import { Context, ContextVar, registerContextVar } from 'contextvars-devtools'
import { createTask, install } from 'contextvars-devtools/async'
import { carryContext } from 'contextvars-devtools/worker'
import type { Program } from '../../async/program'
import { identity, underContexts } from '../../async/program-contexts'
import { sameContext, sameValue } from './awaits'
import { atDispatch, atRegistration } from './callbacks'
import { order, rejections, remember } from './transparency'

const TASKS = 20

const user = new ContextVar<string>('user')
const secret = new ContextVar<string>('secret')
registerContextVar(user, { __name__: 'engines', user })

const questions = {
  /** Many tasks at once await one kind of thing: how often did they look, and what did they find? */
  async awaits(name: string) {
    const body = sameContext[name] ?? sameValue[name]
    if (body === undefined) throw new Error(`no case: ${name}`)
    const variable = new ContextVar<number>('task')
    const found = { looks: 0, lost: 0, elsewhere: 0 }
    const task = async (number: number) => {
      let token = variable.set(number)
      await body(() => {
        found.looks++
        if (variable.get(-1) !== number) found.lost++
        try {
          variable.reset(token)
        } catch {
          found.elsewhere++
        }
        token = variable.set(number)
      })
    }
    await Promise.all(Array.from({ length: TASKS }, (_, number) => createTask(() => task(number)).result))
    return found
  },

  /** What a callback sees of what the task that handed it over sets before and after, and that task of what it sets. */
  async registration(name: string) {
    const body = atRegistration[name]
    if (body === undefined) throw new Error(`no case: ${name}`)
    const variable = new ContextVar<string>('variable', { default: 'nothing' })
    const task = async () => {
      variable.set('set before')
      const seen = await new Promise<string>((resolve) => {
        body(() => {
          resolve(variable.get())
          variable.set('set by the callback')
        })
        variable.set('set after')
      })
      return [seen, variable.get()]
    }
    return createTask(task).result
  },

  /** What a listener that one task added sees when another dispatches. */
  async dispatch(name: string) {
    const body = atDispatch[name]
    if (body === undefined) throw new Error(`no case: ${name}`)
    const variable = new ContextVar<string>('variable', { default: 'nothing' })
    let seen: string | undefined
    const { result } = createTask(() => {
      variable.set('the listener’s')
      return body(() => {
        seen = variable.get()
        variable.set('set by the listener')
      })
    })
    const dispatch = await result
    const inTask = createTask(() => {
      variable.set('the dispatcher’s')
      dispatch()
      return [seen, variable.get()]
    })
    return inTask.result
  },

  /** Tasks that ask one worker at once: what it says of each, and who each is when it is answered; then one that carries nothing. */
  async messages() {
    const worker = new Worker('worker.js', { type: 'module' })
    const carrying = carryContext(worker)
    const ask = (endpoint: Worker, name: string) =>
      createTask(async () => {
        user.set(name)
        secret.set('hush')
        const answer = new Promise<unknown>((resolve) => {
          carrying.addEventListener('message', ({ data }) => {
            if (Array.isArray(data) && data[0] === name) resolve([...data, user.get()])
          })
        })
        endpoint.postMessage(name)
        return answer
      }).result
    const answers = await Promise.all(['Ada', 'Grace', 'Barbara'].map((name) => ask(carrying, name)))
    const withoutContext = await ask(worker, 'Edsger')
    worker.terminate()
    return { answers, withoutContext, inFrame: await heardInFrame() }
  },

  /** The order of things, in a task and beside one. */
  order: async () => ({ inTask: await createTask(order).result, beside: await order() }),
  rejections: async () => createTask(rejections).result,
} satisfies Record<string, (argument: never) => unknown>

/** What is heard from a port of another realm, whose events are of that. */
async function heardInFrame(): Promise<unknown> {
  const frame = document.body.appendChild(document.createElement('iframe'))
  const { MessageChannel: Channel } = frame.contentWindow as unknown as typeof globalThis
  const { port1, port2 } = new Channel()
  const heard = new Promise((resolve) => {
    carryContext(port2).onmessage = ({ data }) => resolve([data, user.get()])
  })
  new Context().run(() => {
    user.set('Margaret')
    carryContext(port1).postMessage('tea')
  })
  const answer = await heard
  frame.remove()
  return answer
}

/** These are asked of the page as it is, without the runtime, too. */
const plain = {
  order,
  rejections,
  /** What random programs see, and whether it is in the very same Context; they install what they test. */
  programs: (batch: readonly Program[]) => underContexts(batch, identity),
  /** What is replaced once a task has run, and what is still replaced afterwards. */
  async properties() {
    const changed = remember()
    const uninstall = install()
    await createTask(async () => null).result
    const during = changed()
    uninstall()
    return { during, after: changed() }
  },
} satisfies Record<string, (argument: never) => unknown>

export type Questions = typeof questions
export type PlainQuestions = typeof plain
export interface Question {
  id: number
  /** Whether it is asked with the runtime installed. */
  kind: 'installed' | 'plain'
  name: string
  argument?: unknown
}

async function answer({ kind, name, argument }: Question): Promise<unknown> {
  const asked: Record<string, (argument: never) => unknown> = kind === 'plain' ? plain : questions
  if (kind === 'plain') return asked[name]?.(argument as never)
  const uninstall = install()
  try {
    return await asked[name]?.(argument as never)
  } finally {
    uninstall()
  }
}

/** Not waited for: what hangs holds nobody else up. */
async function tell(question: Question): Promise<void> {
  const outcome = await answer(question).then(
    (value) => ({ value }),
    (error) => ({ error: `${error}\n${error?.stack}` }),
  )
  await fetch(`answer?id=${question.id}`, { method: 'POST', body: JSON.stringify(outcome) })
}

for (;;) void tell(await (await fetch('question')).json())
