// What redaction takes out of a recording, before it leaves: how much, and in which places.

import type { Fact, Recording, VariableId } from '../../runtime/protocol'
import { plainText } from './plain-text'

export interface TakenOut {
  /** `values of password`, `addresses of scripts`. */
  place: string
  count: number
}

export interface RedactionPreview {
  /** Texts that are changed. */
  count: number
  /** The places with the most first. */
  places: TakenOut[]
}

/** Compares a recording with what became of it: fact for fact, text for text. */
export function redactionPreview(before: Recording, after: Recording): RedactionPreview {
  const found = new Map<string, number>()
  const note = (place: string, count: number): void => {
    if (count > 0) found.set(place, (found.get(place) ?? 0) + count)
  }
  const names = namesOf(before.facts)
  const nameOf = (variable: VariableId): string => plainText(names.get(variable) ?? `variable ${variable}`)

  note('the address of the page', changes(before.page.url, after.page.url))
  note('the title of the page', changes(before.page.title, after.page.title))
  note('the name of the browser', changes(before.page.browser ?? '', after.page.browser ?? ''))
  note('addresses of scripts and names of functions', changes(before.stacks, after.stacks))
  note('reasons of what was muted', changes(before.mutes, after.mutes))
  for (const [index, fact] of before.facts.entries()) {
    const left = after.facts[index]
    if (left === undefined || left === fact) continue
    if (fact.type === 'census' && left.type === 'census') noteCensus(fact, left)
    else if ('variable' in fact) noteVariable(fact, left)
    else note(PLACES[fact.type] ?? 'other texts', changes(fact, left))
  }
  const places = [...found].map(([place, count]) => ({ place, count })).sort((a, b) => b.count - a.count)
  return { count: places.reduce((sum, { count }) => sum + count, 0), places }

  function noteVariable(fact: Extract<Fact, { variable: VariableId | null }>, left: Fact): void {
    const value = fact.type === 'var-created' ? 'default' : 'value'
    const count = changes(Reflect.get(fact, value), Reflect.get(left, value))
    note(`values of ${nameOf(fact.variable as VariableId)}`, count)
    note(PLACES[fact.type] ?? 'other texts', changes(fact, left) - count)
  }

  function noteCensus(fact: Extract<Fact, { type: 'census' }>, left: Extract<Fact, { type: 'census' }>): void {
    for (const [index, one] of fact.variables.entries()) {
      const count = changes(one.default, left.variables[index]?.default)
      note(`values of ${nameOf(one.variable)}`, count)
      note('names of variables', changes(one, left.variables[index]) - count)
    }
    for (const [index, context] of fact.contexts.entries()) {
      const kept = left.contexts[index]
      for (const [place, { variable, value }] of context.entries.entries()) {
        note(`values of ${nameOf(variable)}`, changes(value, kept?.entries[place]?.value))
      }
      note('names of tasks', changes(context.name, kept?.name))
    }
  }
}

const PLACES: { readonly [Type in Fact['type']]?: string } = {
  'var-created': 'names of variables',
  'context-created': 'names of tasks',
  'task-created': 'names of tasks',
  'token-error': 'messages of errors',
}

function namesOf(facts: readonly Fact[]): Map<VariableId, string> {
  const names = new Map<VariableId, string>()
  for (const fact of facts) {
    if (fact.type === 'var-created') names.set(fact.variable, fact.name)
    if (fact.type === 'census') for (const { variable, name } of fact.variables) names.set(variable, name)
  }
  return names
}

/** How many texts of two pieces of JSON of one shape differ; what is there no more counts as one. */
function changes(before: unknown, after: unknown): number {
  if (before === after) return 0
  if (typeof before !== 'object' || before === null || typeof after !== 'object' || after === null) return 1
  let count = 0
  for (const key of Object.keys(before)) {
    const there = Reflect.get(before, key)
    if (!Object.hasOwn(after, key)) count++
    else count += changes(there, Reflect.get(after, key))
  }
  return count
}
