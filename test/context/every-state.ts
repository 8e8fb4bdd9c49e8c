// `test` for cases of the synchronous runtime: it runs each of them in every state that the runtime can be in. A case that
// holds only in a fresh runtime, or only while nobody listens, does not hold.

import { expect, test as vitestTest } from 'vitest'
import { Context, contextsMinted, copyContext } from '../../runtime/context/context'
import { attachTap } from '../../runtime/context/tap'
import { tokensMinted } from '../../runtime/context/token'
import { ContextVar, variablesMinted } from '../../runtime/context/variable'
import { countingTap } from './counting-tap'

type Case = () => void

const bystander = new ContextVar<string>('bystander', { default: 'untouched' })

const states: Record<string, (body: Case) => void> = {
  fresh: (body) => body(),
  'inside a run': (body) => new Context().run(body),
  'after a copy': (body) => {
    // Inside, so that there is something to share; the copy must not see what the case does.
    new Context().run(() => {
      bystander.set('shared')
      const copy = copyContext()
      body()
      expect([...copy]).toEqual([[bystander, 'shared']])
    })
  },
}

/** Runs `body` under a tap, and checks that everything that was made was also announced. */
function tapped(body: Case): void {
  const { tap, counts } = countingTap()
  const before = { contexts: contextsMinted(), variables: variablesMinted(), tokens: tokensMinted() }
  const detach = attachTap(tap)
  try {
    body()
  } finally {
    detach()
  }
  expect(counts('contextCreated')).toBe(contextsMinted() - before.contexts)
  expect(counts('variableCreated')).toBe(variablesMinted() - before.variables)
  expect(counts('variableSet')).toBe(tokensMinted() - before.tokens)
  expect(counts('runEnded')).toBe(counts('runStarted'))
}

export function test(name: string, body: Case): void {
  for (const [state, within] of Object.entries(states)) {
    vitestTest(`${name} · ${state}`, () => within(body))
    vitestTest(`${name} · ${state}, tapped`, () => within(() => tapped(body)))
  }
}
