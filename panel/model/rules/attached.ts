// What OpenTelemetry's `attach` makes active is a set to the runtime, and its disposal a reset. Who attaches wrote neither: a problem with
// it is told in the words of that call, and once, however many variables show what is active.

import { ACTIVE_SPAN, NOT_TAKEN, type StackId, type TokenId } from '../../../runtime/protocol'
import type { Evidence } from '../finding'
import { change, type LineChange } from '../fix'
import { contextPhrase } from '../selectors/labels'
import type { TokenEntry, World } from '../world'

/** Whether an `attach` made the set. (`context.with` makes the same, and hands out no token of it.) */
export const isAttached = (world: World, { variable }: Pick<TokenEntry, 'variable'>): boolean =>
  world.variables.get(variable)?.name === ACTIVE_SPAN

/** As many keys have variables of their own. */
const MOST_KEYS = 100

/** Whether it is the set of a key, which one call of `attach` makes after that of the span: whatever is wrong with it is told of that. */
export function isKeyOfAttached(world: World, token: TokenEntry | undefined): boolean {
  if (token === undefined || token.stack === null || token.stack === NOT_TAKEN || isAttached(world, token)) return false
  for (let back = 1; back <= MOST_KEYS; back++) {
    const before = world.tokens.get((token.id - back) as TokenId)
    if (before?.context !== token.context || before.stack !== token.stack || before.variable === token.variable)
      return false
    if (isAttached(world, before)) return true
  }
  return false
}

/** `span checkout`, or that there is none. */
export function activeIn({ value }: TokenEntry): string {
  const name = value.entries?.find(([key]) => key === 'name')?.[1].text
  return name === undefined ? 'no span' : `span ${name.replace(/^"(.*)"$/, '$1')}`
}

export function attachedEvidence(world: World, token: TokenEntry): Evidence {
  const { context, made: seq, stack } = token
  return { label: `attached ${activeIn(token)} in ${contextPhrase(world, context)}`, seq, context, stack }
}

export const ATTACHED = 'an attached OpenTelemetry context'

export const BY_WITH =
  'What a function does, and above all an async one, is better run by `context.with(…)`, which has nothing to dispose of; a callback can be bound by `context.bind(…)`.'

/** Whoever keeps what `attach` returned disposes of it. */
export const disposed = (attach: StackId | null): LineChange[] => [
  change('keep-attached', attach),
  change('dispose', attach),
]
