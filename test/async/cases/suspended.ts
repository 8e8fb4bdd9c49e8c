// GN, RN, TM: generators, runs and scopes that go on after an await.

import { Context, ContextVar, copyContext, ValueError } from 'contextvars-devtools'
import { createTask } from 'contextvars-devtools/async'
import { type Cases, isCurrent, rejects, same, sleep } from './case'

/** Holds a value while it is suspended. */
async function* borrow(variable: ContextVar<string>): AsyncGenerator<string, void> {
  const token = variable.set('borrowed')
  try {
    await sleep()
    yield variable.get()
  } finally {
    variable.reset(token)
  }
}

export const suspended: Cases = {
  async 'GN-05 an async generator that another task closes cannot give back what it set'() {
    const variable = new ContextVar<string>('variable')
    const generator = borrow(variable)
    same((await generator.next()).value, 'borrowed')
    await rejects(ValueError, /different Context/, createTask(() => generator.return()).result)
    same(variable.get(), 'borrowed')
  },

  async 'GN-06 one that is closed where it was begun can'() {
    const variable = new ContextVar<string>('variable', { default: 'own' })
    const generator = borrow(variable)
    await generator.next()
    same(variable.get(), 'borrowed')
    await generator.return()
    same(variable.get(), 'own')
  },

  async 'GN-07 leaving its loop closes it, where the loop is'() {
    const variable = new ContextVar<string>('variable', { default: 'own' })
    for await (const value of borrow(variable)) {
      same([value, variable.get()], ['borrowed', 'borrowed'])
      break
    }
    same(variable.get(), 'own')
  },

  async 'GN-11 a scope by an async generator is entered and left in whichever context steps it'() {
    const variable = new ContextVar<string>('variable')
    const seen: string[] = []
    async function* scope() {
      seen.push(`entered in ${variable.get()}`)
      await sleep()
      yield
      seen.push(`left in ${variable.get()}`)
      await sleep()
      variable.set('D')
    }
    variable.set('B')
    const opened = scope()
    await opened.next()
    const copy = copyContext()
    await copy.run(async () => {
      variable.set('C')
      await opened.next()
      seen.push(`afterwards ${variable.get()}`)
    })
    same(seen, ['entered in B', 'left in C', 'afterwards D'])
    same([variable.get(), copy.get(variable)], ['B', 'D'])
  },

  async 'RN-16 a context that runs an async function is free while that waits'() {
    const variable = new ContextVar<string>('variable')
    const context = new Context()
    const promise = context.run(async () => {
      variable.set('before')
      await sleep()
      same(isCurrent(context), true)
      const seen = variable.get()
      variable.set('after')
      return seen
    })
    same(promise instanceof Promise, true)
    same(
      context.run(() => variable.get()),
      'before',
    )
    context.run(() => variable.set('meanwhile'))
    same(await promise, 'meanwhile')
    same(context.item(variable), 'after')
  },

  async 'RN-17 who awaits its promise stays where they are'() {
    const variable = new ContextVar<string>('variable')
    const outer = new Context()
    await outer.run(async () => {
      variable.set('outer')
      const result = new Context().run(async () => {
        variable.set('inner')
        await sleep()
        return variable.get()
      })
      same(await result, 'inner')
      same([variable.get(), isCurrent(outer)], ['outer', true])
    })
  },

  async 'TM-10 a scope with awaits in it ends in its context'() {
    const variable = new ContextVar<number>('variable', { default: 42 })
    {
      using _ = variable.set(36)
      await sleep()
      same(variable.get(), 36)
      await null
      await Promise.resolve()
      same(variable.get(), 36)
    }
    same(variable.get(), 42)
  },
}
