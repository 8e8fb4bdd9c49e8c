// Variables that do nothing, for all that is seen: set to what they were, set and never read, or read and never set. Most are meant to be so (a
// value for a log that is off, a default that nobody changes), and one look into a context by hand is a use that no fact tells of: this is
// told only where somebody asks for it.

import type { VarRead, VarSet } from '../../../runtime/protocol'
import type { Evidence, Rule } from '../finding'
import { contextPhrase, contextSubject } from '../selectors/labels'
import { type Standing, standingOf } from '../selectors/standing'
import type { Tally } from '../tally'
import type { VariableEntry, World } from '../world'
import { isAttached, isKeyOfAttached } from './attached'
import { type Group, lineOf, times } from './source-line'
import { conclude, type Found } from './verdict'

export const withoutEffect: Rule = {
  id: 'without-effect',
  title: 'Set or read without effect',
  why: 'A variable that is set and never read, read and never set, or set to what it was carries nothing from anybody to anybody. Either it is not needed any more, or those who set it and those who read it do not mean the same one.',
  judge(world) {
    const idle = [...world.variables.values()].flatMap((variable) => [
      ...same(variable),
      ...(isAllKnown(world) ? unused(world, variable) : []),
    ])
    return conclude(
      world,
      byLine(world, idle),
      ({ newest, key, count }) => finding(world, newest, key, count),
      ({ fact }) => fact.at,
      'a use of a variable',
    )
  },
}

/** What one variable does without effect, at one time. */
interface Idle {
  variable: VariableEntry
  what: 'same' | 'never-read' | 'never-set'
  fact: VarSet | VarRead
}

function idleOf({ oldest, newest, count }: Tally<Idle['fact']>, part: Omit<Idle, 'fact'>): Tally<Idle> {
  return { oldest: { ...part, fact: oldest }, newest: { ...part, fact: newest }, count }
}

/** One line may make a variable of one name again and again. The one that was used last comes last. */
function byLine(world: World, idle: readonly Tally<Idle>[]): Group<Idle>[] {
  const groups = new Map<string, Group<Idle>>()
  for (const one of idle.toSorted((a, b) => a.newest.fact.seq - b.newest.fact.seq)) {
    const { what, variable } = one.newest
    const key = `${what} ${variable.name} ${lineOf(world, variable.stack) ?? variable.id}`
    const before = groups.get(key)
    groups.delete(key)
    const oldest = before !== undefined && before.oldest.fact.seq < one.oldest.fact.seq ? before.oldest : one.oldest
    groups.set(key, { key, oldest, newest: one.newest, count: one.count + (before?.count ?? 0) })
  }
  return [...groups.values()]
}

/** That nobody did something is certain only where all is known. */
const isAllKnown = ({ runtime, missing, letGo }: World): boolean =>
  runtime?.late === false && missing.length === 0 && letGo === 0

const same = (variable: VariableEntry): Tally<Idle>[] =>
  variable.sames === null ? [] : [idleOf(variable.sames, { variable, what: 'same' })]

function unused(world: World, variable: VariableEntry): Tally<Idle>[] {
  const { sets, defaults, isRead, isGiven } = variable
  if (isRead) return []
  if (sets !== null) return isOver(world, sets.newest) ? [idleOf(sets, { variable, what: 'never-read' })] : []
  return defaults === null || isGiven ? [] : [idleOf(defaults, { variable, what: 'never-set' })]
}

/**
 * Whether the value can be read no more, as far as that is told: where a run returned, its async function may go on. What shows that OpenTelemetry's context is active is set for who looks at
 * it here.
 */
function isOver(world: World, { token: id, context }: VarSet): boolean {
  const token = world.tokens.get(id)
  if (token !== undefined && (isAttached(world, token) || isKeyOfAttached(world, token))) return false
  const owner = world.contexts.get(context)
  return token?.state === 'used' || (owner !== undefined && OVER.has(standingOf(owner)))
}

const OVER: ReadonlySet<Standing> = new Set<Standing>(['ended', 'collected'])

function finding(world: World, { variable, what, fact }: Idle, key: string, count: number): Found {
  const { name } = variable
  const words = WORDS[what]
  return {
    id: `without-effect ${key}`,
    rule: 'without-effect',
    severity: 'info',
    title: `${words.title}: ${name}${times(count)}`,
    what: words.what(name, contextSubject(world, fact.context), fact),
    advice: words.advice(name),
    fix: [],
    stack: fact.type === 'var-set' ? fact.stack : variable.stack,
    context: fact.context,
    variable: variable.id,
    token: fact.type === 'var-set' ? fact.token : null,
    evidence: [...madeEvidence(variable), whatHappened(world, name, fact)],
    crossing: null,
  }
}

interface Words {
  title: string
  what: (name: string, who: string, fact: VarSet | VarRead) => string
  advice: (name: string) => string
}

const valueIn = (fact: VarSet | VarRead): string => (fact.type === 'var-set' ? fact.value.text : 'its default')

const WORDS: Record<Idle['what'], Words> = {
  same: {
    title: 'Set to what it was',
    what: (name, who, fact) => `${who} set ${name} to ${valueIn(fact)}, which it was already.`,
    advice: () => 'Leave out the set and its reset, unless they are to keep what comes between from lasting.',
  },
  'never-read': {
    title: 'Set and never read',
    what: (name, who, fact) =>
      `${who} set ${name} to ${valueIn(fact)}, and nobody has read ${name} by \`get\` in all that was recorded.`,
    advice: (name) =>
      `If somebody should have read it, see that they mean this variable and not another one called ${name}, and that they run where it is set. Otherwise it may go. Who asks a copy, \`context.get(${name})\`, is not seen.`,
  },
  'never-set': {
    title: 'Read and never set',
    what: (name, who) => `${who} read ${name} and found its default: nobody has set ${name} in all that was recorded.`,
    advice: (name) =>
      `If somebody should have set it, see that they mean this variable and not another one called ${name}. Otherwise a constant does the same.`,
  },
}

function madeEvidence({ name, created, stack }: VariableEntry): Evidence[] {
  return [{ label: `new variable ${name}`, seq: created, context: null, stack }]
}

function whatHappened(world: World, name: string, fact: VarSet | VarRead): Evidence {
  const { seq, context } = fact
  return fact.type === 'var-set'
    ? { label: `set ${name} = ${fact.value.text} in ${contextPhrase(world, context)}`, seq, context, stack: fact.stack }
    : { label: `${contextPhrase(world, context)} read ${name}, by default`, seq, context, stack: null }
}
