// What happened in one context, as rows: its sets and resets, and what was refused in it.

import type { Millis, Seq, StackId, TokenError, VarReset, VarSet } from '../../../runtime/protocol'
import type { ContextEntry, World } from '../world'
import { variableName } from './labels'

export interface ContextEvent {
  seq: Seq
  at: Millis
  label: string
  stack: StackId | null
}

export const MOST_EVENTS = 200

/** Newest last. */
export function contextEvents(world: World, entry: ContextEntry): ContextEvent[] {
  const events = [...newestChanges(world, entry), ...newestRefusals(world, entry)]
  return events.sort((a, b) => a.seq - b.seq).slice(-MOST_EVENTS)
}

function newestChanges(world: World, entry: ContextEntry): ContextEvent[] {
  const events: ContextEvent[] = []
  for (let change = entry.lastChange; change !== null && events.length < MOST_EVENTS; change = change.previous) {
    const { seq, at, stack } = change.fact
    events.push({ seq, at, label: changeLabel(world, change.fact), stack })
  }
  return events
}

/** `set user = "ada"`, `reset user: "ada" again`, `reset user: unset again`. */
function changeLabel(world: World, fact: VarSet | VarReset): string {
  const name = variableName(world, fact.variable)
  return fact.type === 'var-set'
    ? `set ${name} = ${fact.value.text}`
    : `reset ${name}: ${fact.value?.text ?? 'unset'} again`
}

function newestRefusals(world: World, entry: ContextEntry): ContextEvent[] {
  const events: ContextEvent[] = []
  for (let index = world.refusals.length - 1; index >= 0 && events.length < MOST_EVENTS; index--) {
    const refusal = world.refusals[index]
    if (refusal === undefined || refusal.context !== entry.id) continue
    events.push({ seq: refusal.seq, at: refusal.at, label: refusalLabel(world, refusal), stack: refusal.stack })
  }
  return events
}

export function refusalLabel(world: World, refusal: World['refusals'][number]): string {
  switch (refusal.type) {
    case 'token-error':
      return `reset ${variableName(world, refusal.variable)} refused: ${REASON[refusal.code]}`
    case 'lookup-error':
      return `get ${variableName(world, refusal.variable)} failed: no value`
    case 'reentry-error':
      return 'run refused: already entered'
  }
}

const REASON: Record<TokenError['code'], string> = {
  used: 'the token was used before',
  'other-variable': 'the token is another variable’s',
  'other-context': 'the token is another context’s',
  'not-a-token': 'not a token',
}
