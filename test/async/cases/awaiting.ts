// Ways to await something, each looked at from a context of its own.

import { Context, ContextVar } from 'contextvars-devtools'
import { createTask } from 'contextvars-devtools/async'
import { isCurrent, same } from './case'

/** Awaits each of these in a context of its own, and looks whether what comes after runs in that very one. */
export async function keepsItsContext(awaits: Readonly<Record<string, () => unknown>>): Promise<void> {
  const variable = new ContextVar<string>('variable')
  for (const [name, start] of Object.entries(awaits)) {
    const context = new Context()
    const work = async (): Promise<unknown[]> => {
      variable.set(name)
      await start()
      return [name, variable.get('lost'), isCurrent(context)]
    }
    same(await createTask(work, { context }).result, [name, name, true])
  }
}

export async function thenables(): Promise<void> {
  const variable = new ContextVar<string>('variable')
  const calls: string[] = []
  /** Resolves at once, in a microtask, or in a timer. */
  const thenable = (name: string, how: (resolve: () => void) => void): PromiseLike<string> => ({
    // biome-ignore lint/suspicious/noThenProperty: a thenable is what is tested
    then(onFulfilled) {
      calls.push(`${name} ${variable.get('lost')}`)
      how(() => onFulfilled?.(name))
      return undefined as never
    },
  })
  const ways: Record<string, (resolve: () => void) => void> = {
    'at once': (resolve) => resolve(),
    'in a microtask': (resolve) => queueMicrotask(resolve),
    'in a timer': (resolve) => void setTimeout(resolve),
  }
  const uses: Record<string, (made: PromiseLike<string>) => unknown> = {
    awaited: (made) => made,
    returned: (made) => (async () => made)(),
    resolved: (made) => new Promise((resolve) => resolve(made)),
    'from a callback': (made) => Promise.resolve().then(() => made),
  }
  for (const [way, how] of Object.entries(ways)) {
    for (const [use, through] of Object.entries(uses)) {
      const name = `${use}, ${way}`
      const work = async (): Promise<unknown[]> => {
        variable.set(name)
        return [await through(thenable(name, how)), variable.get('lost')]
      }
      same(await createTask(work).result, [name, name])
      same(calls.pop(), `${name} ${name}`)
    }
  }
  same(calls, [])
}
