// What contexts and variables are called: one word for a row, and a phrase for a sentence.

import { type ContextId, VARIABLE_RUN, type VariableId, ZONE_FORK } from '../../../runtime/protocol'
import type { ContextEntry, World } from '../world'

/** One word: `Alice` (a task's name), `setTimeout`, `click`, `base`, `copy`. */
export function contextLabel(world: World, context: ContextId): string {
  const entry = world.contexts.get(context)
  return entry === undefined ? `context ${context}` : entryLabel(world, entry)
}

export function entryLabel(world: World, entry: ContextEntry): string {
  if (entry.kind === 'base') return 'base'
  const task = entry.task === null ? undefined : world.tasks.get(entry.task)
  const name = task?.name ?? entry.name
  if (name !== null) return name
  if (entry.kind === 'callback') return entry.api ?? 'callback'
  return entry.kind === 'unknown' ? 'earlier context' : entry.kind
}

/** The same in a list: runs of one variable differ by what they give it, `request = "order 1"`. */
export function rowLabel(world: World, entry: ContextEntry): string {
  const label = entryLabel(world, entry)
  return entry.given === null || entry.task !== null ? label : `${label} = ${entry.given.text}`
}

/** What it is, in a word beside its name: `task`, `copy`, `zone`. */
export const kindLabel = ({ kind, api }: ContextEntry): string => (api === ZONE_FORK ? 'zone' : kind)

/** A phrase for a sentence: `task Alice`, `the callback of setTimeout`, `the base context`. */
export function contextPhrase(world: World, context: ContextId | null): string {
  const entry = context === null ? undefined : world.contexts.get(context)
  if (entry === undefined) return context === null ? 'an unknown context' : `context ${context}`
  if (entry.kind !== 'base' && entry.task !== null) return taskPhrase(contextLabel(world, entry.id))
  return phraseOfKind(entry)
}

/** `Task-2` says already what it is; a name of several words would be read as a part of the sentence. */
const taskPhrase = (name: string): string =>
  /\s/.test(name) ? `task “${name}”` : /^Task/.test(name) ? name : `task ${name}`

/** The phrases of two contexts in one sentence: where they are called the same, with their numbers. */
export function contextPhrases(world: World, one: ContextId | null, other: ContextId | null): [string, string] {
  const phrases: [string, string] = [contextPhrase(world, one), contextPhrase(world, other)]
  if (phrases[0] !== phrases[1] || one === other) return phrases
  return [`${phrases[0]} (context ${one})`, `${phrases[1]} (context ${other})`]
}

/** The phrase where a sentence begins with it. */
export function contextSubject(world: World, context: ContextId | null): string {
  const phrase = contextPhrase(world, context)
  return phrase.charAt(0).toUpperCase() + phrase.slice(1)
}

function phraseOfKind(entry: ContextEntry): string {
  const named = entry.name === null ? `(context ${entry.id})` : `“${entry.name}”`
  switch (entry.kind) {
    case 'base':
      return 'the base context'
    case 'copy':
      if (entry.api === ZONE_FORK) return `the zone ${named}`
      return entry.api === VARIABLE_RUN && entry.name !== null ? `the run of ${named}` : `the copy ${named}`
    case 'new':
      return `the new context ${named}`
    case 'task':
      return `the task ${named}`
    case 'callback':
      return `the ${entry.api ?? ''} callback ${named}`.replace('  ', ' ')
    case 'restored':
      return `the restored context ${named}`
    case 'unknown':
      return entry.name === null ? `context ${entry.id}` : `the context ${named}`
  }
}

export function variableName(world: World, variable: VariableId | null): string {
  if (variable === null) return 'an unknown variable'
  return world.variables.get(variable)?.name ?? `variable ${variable}`
}
