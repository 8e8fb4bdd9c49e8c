// What a test leaves in the base context, where the next one begins. While a page goes on, a value may be meant to last there, so no rule
// says a word of it; when a test is over, what was set in it was to be over, too. What was there before it was meant for all.

import type { Census, Frame, Preview, StackId, StackTable, VariableId, VarRead } from '../../runtime/protocol'
import type { Evidence, Finding, Rule } from './finding'
import { scoped } from './fix'
import { isAttached, isKeyOfAttached } from './rules/attached'
import { forgottenReset } from './rules/forgotten-reset'
import { verdictOf } from './rules/verdict'
import { isSameValue } from './same-value'
import { contextPhrase, variableName } from './selectors/labels'
import type { Holding, TokenEntry, World } from './world'

/** What stands in the base context when the recording of a test ends; another recording does not know who set it. */
export interface Left {
  variable: VariableId
  value: Preview
  /** Where it was set. */
  frames: readonly Frame[]
}

/** What earlier tests have left, by its variable, and the stack that it has in this recording. */
export type LeftBefore = ReadonlyMap<VariableId, Left & { stack: StackId }>

/** Far from those that recorders give. */
const FIRST_STACK = 2 ** 40

export function leftBefore(left: readonly Left[]): LeftBefore {
  return new Map(left.map((one, index) => [one.variable, { ...one, stack: (FIRST_STACK + index) as StackId }]))
}

export const stacksOf = (before: LeftBefore): StackTable =>
  Object.fromEntries([...before.values()].map(({ stack, frames }) => [stack, [...frames]]))

/** The census that a recording begins with, which says what there is, and by this where it was set. */
export function knowing(census: Census, before: LeftBefore): Census {
  const contexts = census.contexts.map((context) => {
    if (context.kind !== 'base') return context
    const entries = context.entries.map((entry) => {
      const left = before.get(entry.variable)
      return entry.token === null && left?.value.text === entry.value.text ? { ...entry, stack: left.stack } : entry
    })
    return { ...context, entries }
  })
  return { ...census, contexts }
}

/** What earlier tests have left and this one, until the fact `over`. */
export function leftAt(world: World, before: LeftBefore, over: number): Left[] {
  return held(world).flatMap((holding) => {
    const { variable, value, stack } = holding
    const token = setHere(world, holding)
    const isLeft = isOfBefore(holding, before) || (token !== null && token.made <= over)
    return isLeft ? [{ variable, value, frames: stack === null ? [] : (world.stacks[stack] ?? []) }] : []
  })
}

/** To be asked when a test is over, and only then. */
export const leftByTest = (before: LeftBefore): Rule => ({
  ...forgottenReset,
  judge(world) {
    const findings = held(world).flatMap((holding): Finding[] => {
      const read = isOfBefore(holding, before) ? readerOf(world, holding) : null
      if (read !== null) return [found(world, holding, read)]
      const token = setHere(world, holding)
      // One that was read by others, or that nobody can undo any more, is told by the rule for all.
      return token === null || token.readBy !== null || token.state === 'lost' ? [] : [standing(world, holding, token)]
    })
    return verdictOf(world, findings, 'a set that was never reset')
  },
})

const held = ({ base, contexts }: World): Holding[] =>
  base === null ? [] : [...(contexts.get(base)?.holdings.values() ?? [])]

const isOfBefore = ({ variable, token, stack }: Holding, before: LeftBefore): boolean =>
  token === null && stack !== null && before.get(variable)?.stack === stack

/** The set of this recording that is still to be undone. (What somebody put back by another set is as it was.) */
function setHere(world: World, { token: id }: Holding): TokenEntry | null {
  const token = id === null ? undefined : world.tokens.get(id)
  if (token === undefined || token.state === 'used' || isAttached(world, token) || isKeyOfAttached(world, token))
    return null
  return token.original !== null && isSameValue(token.value, token.original) ? null : token
}

/** What the base context did not set in this recording is inherited there, too. */
function readerOf(world: World, holding: Holding): VarRead | null {
  for (const { kind, reads, inherited } of world.contexts.values()) {
    const read = reads.get(holding.variable)
    if (read?.from !== 'inherited') continue
    if (kind === 'base' || inherited.get(holding.variable) === holding) return read
  }
  return null
}

const HOW =
  'with `using`, at the end of its block (then leave out what resets it on other paths), or by a reset in a `finally`. Or run what sets it in a task, `createTask(() => …)`, whose values end with it.'

const standing = (world: World, holding: Holding, { id, context }: TokenEntry): Finding => ({
  ...about(world, holding),
  id: `${forgottenReset.id} in base ${holding.variable}`,
  severity: 'info',
  title: `Never reset: ${variableName(world, holding.variable)}`,
  what: `The base context ${setWords(world, holding)} and has not reset it, though the test is over: the next one starts with that value.`,
  advice: `Undo the set where its work ends: ${HOW} Nothing to do if it is meant for all tests; set before \`startRecording()\`, it is no test's own.`,
  context,
  token: id,
  evidence: [setEvidence(world, holding)],
})

const found = (world: World, holding: Holding, read: VarRead): Finding => {
  const name = variableName(world, holding.variable)
  const reader = contextPhrase(world, read.context)
  const label = `${reader} read ${name}, of the earlier test`
  return {
    ...about(world, holding),
    id: `${forgottenReset.id} of an earlier test ${holding.variable}`,
    severity: 'warning',
    title: `Forgotten reset: ${name}`,
    what: `An earlier test ${setWords(world, holding)} in the base context and never reset it; in this one, ${reader} read that value.`,
    advice: `Undo the set there: ${HOW} A value that is meant to stay is a default: \`new ContextVar('${name}', { default: … })\`.`,
    context: read.context,
    token: null,
    evidence: [setEvidence(world, holding), { label, seq: read.seq, context: read.context, stack: null }],
  }
}

const about = (world: World, { variable, stack }: Holding) => ({
  rule: forgottenReset.id,
  fix: scoped(variableName(world, variable), stack),
  stack,
  variable,
  repeats: null,
  crossing: null,
})

const setWords = (world: World, { variable, value }: Holding): string =>
  `set ${variableName(world, variable)} to ${value.text}`

const setEvidence = (world: World, { variable, value, seq, stack }: Holding): Evidence => ({
  label: `set ${variableName(world, variable)} = ${value.text} in the base context`,
  seq,
  context: world.base,
  stack,
})
