// Whether a context or a fact answers a search: by the names, values and files that belong to it.

import type { ContextId, Fact, StackId, VariableId } from '../../../runtime/protocol'
import type { ContextEntry, Holding, World } from '../world'
import { factContext, factVariable } from './fact-labels'
import { fileName, topFrame } from './frames'
import { contextLabel, entryLabel, variableName } from './labels'
import type { Query } from './query'

/** A context, by its label, its kind, what made it, and the names, values and files of the sets that it holds. */
export function searchFor(world: World, wanted: Query): (entry: ContextEntry) => boolean {
  const names = new Set<number>()
  for (const { id, name } of world.variables.values()) if (wanted.test(name)) names.add(id)
  const inFile = fileSearch(world, wanted)
  // Many are called the same, and hold the same.
  const isCalled = remembered((text: string) => wanted.test(text))
  const isWanted = ({ variable, value, stack }: Holding): boolean =>
    names.has(variable) || isCalled(value.text) || inFile(stack)
  return (entry) =>
    isCalled(entryLabel(world, entry)) ||
    isCalled(entry.kind) ||
    (entry.api !== null && isCalled(entry.api)) ||
    entry.holdings.some(isWanted)
}

/** A fact, by its variable, its context, its value and its file. Facts are many, so no words are made of them for it. */
export function factSearch(world: World, wanted: Query): (fact: Fact) => boolean {
  const inFile = fileSearch(world, wanted)
  const named = remembered((variable: VariableId) => wanted.test(variableName(world, variable)))
  const labelled = remembered((context: ContextId) => wanted.test(contextLabel(world, context)))
  return (fact) => {
    const variable = factVariable(world, fact)
    if (variable !== null && named(variable)) return true
    if ('value' in fact && fact.value !== null && wanted.test(fact.value.text)) return true
    if ('stack' in fact && inFile(fact.stack)) return true
    const context = factContext(world, fact)
    return context !== null && labelled(context)
  }
}

function fileSearch({ stacks }: World, wanted: Query): (stack: StackId | null) => boolean {
  const answer = remembered((stack: StackId) => {
    const frame = topFrame(stacks, stack)
    return frame !== null && wanted.test(fileName(frame.url))
  })
  return (stack) => stack !== null && answer(stack)
}

function remembered<Key>(ask: (key: Key) => boolean): (key: Key) => boolean {
  const answers = new Map<Key, boolean>()
  return (key) => {
    const known = answers.get(key)
    if (known !== undefined) return known
    const answer = ask(key)
    answers.set(key, answer)
    return answer
  }
}
