// What any fact says, in a line; in which context that was; and which kind of happening it is.

import type { ContextId, Fact, TaskId, TokenId, VariableId } from '../../../runtime/protocol'
import type { World } from '../world'
import { momentLabel, notReducedLabel } from './events'
import { grouped } from './grouped'
import { contextPhrase, variableName } from './labels'

/**
 * - `values`: sets and resets, and what becomes of them
 * - `contexts`: contexts begin and end, and what runs in them
 * - `tasks`: tasks begin, and settle
 * - `errors`: what was refused, and what was lost
 * - `reads`: a value was found, or only a default
 * - `recording`: what the recorder says of itself
 */
export const FACT_GROUPS = ['values', 'contexts', 'tasks', 'errors', 'reads', 'recording'] as const
export type FactGroup = (typeof FACT_GROUPS)[number]

export const GROUP_OF: Record<Fact['type'], FactGroup> = {
  'runtime-attached': 'recording',
  'runtime-refused': 'recording',
  'propagation-changed': 'recording',
  'recording-level': 'recording',
  gap: 'recording',
  census: 'recording',
  'var-created': 'values',
  'var-set': 'values',
  'var-reset': 'values',
  'default-changed': 'values',
  'token-collected': 'values',
  'not-reduced': 'values',
  'var-read': 'reads',
  'token-error': 'errors',
  'lookup-error': 'errors',
  'reentry-error': 'errors',
  'await-untracked': 'errors',
  'entry-unfollowed': 'errors',
  'context-created': 'contexts',
  'context-collected': 'contexts',
  'run-started': 'contexts',
  'run-ended': 'contexts',
  'callback-ran': 'contexts',
  'task-created': 'tasks',
  'task-started': 'tasks',
  'task-settled': 'tasks',
  'work-awaited': 'tasks',
}

/** The context that a fact is about; null where it is about none, or about one that is not known. */
export function factContext(world: World, fact: Fact): ContextId | null {
  if ('context' in fact) return fact.context
  if ('task' in fact) return world.tasks.get(fact.task)?.context ?? null
  if (fact.type === 'token-collected') return world.tokens.get(fact.token)?.context ?? null
  return null
}

/** The variable that a fact is about; null where it is about none, or about several. */
export function factVariable(world: World, fact: Fact): VariableId | null {
  if ('variable' in fact) return fact.variable
  if (fact.type === 'token-collected') return world.tokens.get(fact.token)?.variable ?? null
  return null
}

/** `set user = "ada"`, `task Alice begins`, `the timer callback was copied from task Alice`. */
export function factLabel(world: World, fact: Fact): string {
  const told = momentLabel(world, fact)
  if (told !== null) return told.label
  switch (fact.type) {
    case 'runtime-attached':
      return fact.late ? 'the recorder came to a runtime that was there' : 'the recording begins'
    case 'runtime-refused':
      return `a runtime ${fact.version ?? ''} is not recorded`.replace('  ', ' ')
    case 'propagation-changed':
      return fact.propagation === null ? 'await is followed no more' : 'await is followed from here on'
    case 'recording-level':
      return fact.stacks === 'all' ? 'every fact has its stack again' : `stacks: ${fact.stacks}`
    case 'gap':
      return `${grouped(fact.to - fact.from + 1)} facts are lost`
    case 'census':
      return `a census of ${grouped(fact.contexts.length)} contexts`
    case 'var-created':
      return `variable ${variableName(world, fact.variable)} was made`
    case 'default-changed':
      return `the default of ${variableName(world, fact.variable)} is another: ${fact.value.text}`
    case 'token-collected':
      return `the token of ${tokenName(world, fact.token)} is gone, unused`
    case 'not-reduced':
      return notReducedLabel(world, fact)
    case 'var-read':
      return readLabel(world, fact)
    case 'context-created':
      return fact.parent === null
        ? `${contextPhrase(world, fact.context)} begins`
        : `${contextPhrase(world, fact.context)} was copied from ${contextPhrase(world, fact.parent)}`
    case 'context-collected':
      return `${contextPhrase(world, fact.context)} is gone`
    case 'run-started':
      return 'a run begins'
    case 'run-ended':
      return fact.threw ? 'a run ends with an error' : 'a run ends'
    case 'callback-ran':
      return fact.threw ? 'the callback ran, with an error' : 'the callback ran'
    case 'task-created':
      return `${taskName(world, fact.task)} was made`
    case 'task-started':
      return `${taskName(world, fact.task)} begins`
    case 'task-settled':
      return `${taskName(world, fact.task)} is ${fact.outcome}`
    default:
      // What is about one moment in one context was told above.
      return fact.type
  }
}

const tokenName = (world: World, token: TokenId): string =>
  variableName(world, world.tokens.get(token)?.variable ?? null)

const taskName = (world: World, task: TaskId): string => {
  const name = world.tasks.get(task)?.name ?? String(task)
  return /^Task/.test(name) ? name : `task ${name}`
}

function readLabel(world: World, { variable, from }: Extract<Fact, { type: 'var-read' }>): string {
  const name = variableName(world, variable)
  switch (from) {
    case 'own':
    case 'inherited':
    case 'fallback':
      return `read ${name}, ${from}`
    case 'default':
      return `read ${name}: its default`
    case 'miss':
      return `read ${name}: nothing`
  }
}
