// AS, GV, ND: what went wrong, in which context the page is told, and what the recorder notes of it.

import { ContextVar, ValueError } from 'contextvars-devtools'
import { createTask, spawn } from 'contextvars-devtools/async'
import { deferred, rejects, same, sleep } from '../../async/cases/case'
import { early } from '../../async/cases/early'
import type { PageCases } from './page-case'

/**
 * Listens for errors and rejections that nobody handles, from the context of now. Answers a function that says in which context
 * the next ones are told: `count` of them, since each is told to a listener and to a handler.
 */
function watch(variable: ContextVar<string>): (count?: number) => Promise<string[]> {
  let next = deferred<string[]>()
  let told: string[] = []
  let missing = 0
  const note = (how: string): void => {
    told.push(`${how} ${variable.get()}`)
    variable.set('of a handler')
    if (told.length === missing) next.resolve(told)
  }
  for (const type of ['error', 'unhandledrejection']) {
    addEventListener(type, (event) => {
      event.preventDefault()
      note(type)
    })
  }
  window.onerror = () => note('onerror')
  window.onunhandledrejection = () => note('onunhandledrejection')
  return (count = 2) => {
    missing = count
    next = deferred()
    told = []
    return next.promise
  }
}

const ERROR = ['error base', 'onerror base']
const REJECTION = ['unhandledrejection base', 'onunhandledrejection base']

const thrown = (): never => {
  throw new RangeError('thrown for a test')
}

export const failures: PageCases = {
  async 'AS-32 handlers of errors run in a copy of the base context, wherever the error arose'() {
    const variable = new ContextVar<string>('variable', { default: 'base' })
    const task = createTask(async () => {
      variable.set('of the task')
      const next = watch(variable)
      let told = next()
      setTimeout(thrown)
      same(await told, ERROR)
      told = next()
      createTask(thrown)
      same(await told, REJECTION)
      return variable.get()
    })
    same(await task.result, 'of the task')
    same(variable.get(), 'base')
  },

  async 'AS-32 the recorder notes in which context a callback threw, and which task failed'({ recorded }) {
    const variable = new ContextVar<string>('where it arose', { default: 'base' })
    const next = watch(variable)
    let told = next()
    setTimeout(() => {
      variable.set('of the timer')
      thrown()
    })
    await told
    told = next()
    const task = createTask(thrown, { name: 'failing' })
    await told
    same(task.done, true)
    const { facts } = recorded()
    const inTimer = facts.find((fact) => fact.type === 'var-set' && fact.value.text === '"of the timer"')
    const failed = facts.find((fact) => fact.type === 'task-created' && fact.name === 'failing')
    if (inTimer?.type !== 'var-set' || failed?.type !== 'task-created') throw new Error('the recorder saw nothing')
    const noted = facts.filter(
      (fact) =>
        (fact.type === 'callback-ran' && fact.context === inTimer.context && fact.threw) ||
        (fact.type === 'task-settled' && fact.task === failed.task && fact.outcome === 'rejected'),
    )
    same(
      noted.map(({ type }) => type),
      ['callback-ran', 'task-settled'],
    )
  },

  async 'AI-05 the recorder tells of code that was started through a function from before'({ recorded }) {
    const variable = new ContextVar<string>('variable', { default: 'base' })
    const { promise, resolve } = deferred<string>()
    const task = createTask(() => {
      variable.set('own')
      early.setTimeout.call(globalThis, function startedThroughAFunctionFromBefore() {
        resolve(variable.get())
      })
    })
    await task.result
    same(await promise, 'base')
    const { facts, stacks } = recorded()
    const entries = facts.flatMap((fact) => (fact.type === 'entry-unfollowed' ? [stacks[fact.stack ?? 0]] : []))
    same(
      entries.map((frames) => frames?.[0]?.name),
      ['startedThroughAFunctionFromBefore'],
    )
  },

  async 'GV-04 the recorder tells the context of the unit that cleaned up, and of the one that set'({ recorded }) {
    const variable = new ContextVar<string>('variable')
    function* guarded() {
      const token = variable.set('guarded')
      try {
        yield
      } finally {
        variable.reset(token)
      }
    }
    const body = guarded()
    const first = spawn(async () => void body.next(), { name: 'first' })
    await first.result
    const second = spawn(async () => void body.return(), { name: 'second' })
    await rejects(ValueError, /different Context/, second.result)
    const { facts } = recorded()
    const contextOf = new Map(
      facts.flatMap((fact) => (fact.type === 'task-created' ? [[fact.name, fact.context]] : [])),
    )
    const error = facts.find((fact) => fact.type === 'token-error')
    same(
      [error?.code, error?.tokenContext, error?.context],
      ['other-context', contextOf.get('first'), contextOf.get('second')],
    )
  },

  async 'ND-07 an error of a timer, after an await, of a listener, of a handler: each is told in a copy of the base context'() {
    const variable = new ContextVar<string>('variable', { default: 'base' })
    const own = await createTask(async () => {
      variable.set('of the task')
      const next = watch(variable)
      const target = new EventTarget()
      target.addEventListener('event', thrown)
      const ways: [string[], () => void][] = [
        [ERROR, () => setTimeout(thrown)],
        [REJECTION, async () => [await sleep(1), thrown()]],
        [ERROR, () => target.dispatchEvent(new Event('event'))],
        // A handler that throws itself: its error is told, too.
        [
          ['unhandledrejection base', ...ERROR],
          () => {
            window.onunhandledrejection = thrown
            void Promise.reject(new Error('rejected for a test'))
          },
        ],
      ]
      for (const [expected, fail] of ways) {
        const told = next(expected.length)
        fail()
        same([await told, variable.get()], [expected, 'of the task'])
      }
      return variable.get()
    }).result
    same(own, 'of the task')
  },
}
