// Random programs under this runtime: a scope is a variable's value in a Context of its own.

import { ContextVar, copyContext, ValueError } from '../../runtime'
import { install } from '../../runtime/async'
import { current } from '../../runtime/context/storage'
import { type Carrier, execute, type Program, type Seen } from './program'

const variable = new ContextVar<string>('scope', { default: 'base' })

/** Looks at values only: nothing is set but where a scope begins. */
export const values: Carrier = {
  runIn: (scope, fn) =>
    copyContext().run(() => {
      variable.set(scope)
      return fn()
    }),
  scope: () => variable.get(),
}

/** Looks at the Context, too: only the one in which a token was made takes it back. */
export const identity: Carrier = {
  ...values,
  strand() {
    const mark = new ContextVar<string>('mark')
    let token = mark.set('here')
    return () => {
      if (mark.get('nothing') !== 'here') return false
      try {
        mark.reset(token)
      } catch (error) {
        if (error instanceof ValueError) return false
        throw error
      }
      token = mark.set('here')
      return true
    }
  },
}

/** Looks without touching a variable, which would be a sign of life: what is silent for long is followed no longer. */
export const silent: Carrier = { ...values, scope: () => current.get(variable, 'base') }

/** By name, for those who are elsewhere. */
export const carriers = { values, identity }

export type CarrierName = keyof typeof carriers

/** What a batch of programs sees, all of them at once, as the parts of a page run. */
export async function underContexts(batch: readonly Program[], carrier: Carrier): Promise<Seen[]> {
  const uninstall = install()
  try {
    return await copyContext().run(() => Promise.all(batch.map((steps) => execute(steps, carrier))))
  } finally {
    uninstall()
  }
}
