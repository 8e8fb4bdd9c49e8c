// Which stacks are still spoken of, by facts or in a world: no others have to be kept.

import type { Fact, StackId } from '../../runtime/protocol'
import type { World } from './world'

export function namedStacks(facts: readonly Fact[], worlds: readonly World[]): Set<number> {
  const named = new Set<number>()
  const add = (id: StackId | null | undefined): void => {
    if (id != null) named.add(id)
  }
  for (const fact of facts) addOf(fact, add)
  for (const world of worlds) {
    for (const { newest } of world.outOfOrder.values()) add(newest.reset.stack)
    for (const { newest } of world.tooLate.values()) add(newest.set.stack)
    for (const { newest } of world.leftInCopy.values()) add(newest.awaited.stack)
    for (const { newest } of world.carriedOver.values()) add(newest.set.stack)
    for (const { newest } of world.keptByTimers.values()) add(newest.call.stack)
    for (const { newest } of world.strayReads.values()) add(newest.entry.stack)
    for (const { newest } of world.swallowed.values()) addOf(newest.refusal, add)
    for (const { newest } of world.changedDefaults.values()) add(newest.stack)
    for (const { newest } of world.notReduced.values()) add(newest.stack)
    for (const fact of [...world.refusals, ...world.unfollowed, ...world.untracked]) addOf(fact, add)
    for (const { stack, sets, sames } of world.variables.values()) {
      add(stack)
      add(sets?.newest.stack)
      add(sames?.newest.stack)
    }
    for (const { stack } of world.tasks.values()) add(stack)
    for (const { stack, closed, before, readBy } of world.tokens.values()) {
      add(stack)
      for (const { made } of readBy?.lines ?? []) add(made)
      add(before?.stack)
      add(closed?.stack)
    }
    for (const { stack, holdings, lastChange, awaited } of world.contexts.values()) {
      add(stack)
      for (const fact of awaited) add(fact.stack)
      for (const holding of holdings.values()) add(holding.stack)
      for (let change = lastChange; change !== null; change = change.previous) add(change.fact.stack)
    }
  }
  return named
}

function addOf(fact: Fact, add: (id: StackId | null) => void): void {
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
