// Which stacks facts name: those that go with a batch, and those that have to stay.

import type { Fact, StackId } from '../protocol'
import type { Log } from './log'

export function namedBy(facts: readonly Fact[]): Set<StackId> {
  const ids = new Set<StackId>()
  for (const fact of facts) addNamed(fact, ids)
  return ids
}

export function namedIn(log: Log): Set<StackId> {
  const ids = new Set<StackId>()
  log.visit(
    (stack) => {
      if (stack !== null) ids.add(stack)
    },
    (fact) => addNamed(fact, ids),
  )
  return ids
}

function addNamed(fact: Fact, ids: Set<StackId>): void {
  const add = (id: StackId | null): void => {
    if (id !== null) ids.add(id)
  }
  if ('stack' in fact) add(fact.stack)
  if (fact.type === 'token-error') {
    add(fact.tokenStack)
    add(fact.usedStack)
  } else if (fact.type === 'reentry-error') {
    add(fact.entered)
  } else if (fact.type === 'census') {
    for (const variable of fact.variables) add(variable.stack)
    for (const context of fact.contexts) {
      add(context.stack)
      for (const entry of context.entries) add(entry.stack)
    }
  }
}
