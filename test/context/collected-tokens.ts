// What the log says of tokens that nobody used, once the collector was asked.

import { type ContextVar, copyContext } from 'contextvars-devtools'
import { expect, vi } from 'vitest'
import type { Batch } from '../../runtime/protocol'
import { collected } from './collected'

/** Milliseconds that a collector on a busy machine may take. */
const PATIENCE = 10_000

/** More than wait to be used. */
const MANY = 40

/**
 * The variables whose tokens are told to be collected. `lost`'s are forgotten on purpose, after all others: when they are told, so are those.
 */
export async function variablesOfCollected(recording: { since(seq: number): string }, lost: ContextVar<number>) {
  const facts = () => (JSON.parse(recording.since(0)) as Batch).facts
  for (let n = 0; n < MANY; n++) copyContext().run(() => void lost.set(n))
  const names = () => {
    const all = facts()
    const variables = new Map(all.flatMap((fact) => (fact.type === 'var-created' ? [[fact.variable, fact.name]] : [])))
    const tokens = new Map(all.flatMap((fact) => (fact.type === 'var-set' ? [[fact.token, fact.variable]] : [])))
    return new Set(
      all.flatMap((fact) => {
        const variable = fact.type === 'token-collected' ? tokens.get(fact.token) : undefined
        return variable === undefined ? [] : [variables.get(variable)]
      }),
    )
  }
  await vi.waitFor(async () => {
    await collected(() => ({}))
    expect(names()).toContain(lost.name)
  }, PATIENCE)
  return names()
}
