// Work that goes on with a value of other work, which was over, when the same line has set the value anew elsewhere. It may finish what the
// other began, which is most often so: this is told only where somebody asks for it.

import { type ContextId, NOT_TAKEN } from '../../../runtime/protocol'
import { Effort } from '../effort'
import { ancestors } from '../entries'
import type { Evidence, Rule } from '../finding'
import { handedOverAnew } from '../fix'
import { contextPhrase, contextPhrases, variableName } from '../selectors/labels'
import type { ContextEntry, OutlivedValue, TokenEntry, World } from '../world'
import { type Sets, soughtSets } from './sought-sets'
import { groupTallies, LineNames, times } from './source-line'
import { madeEvidence } from './token-evidence'
import { conclude, type Found } from './verdict'
import { overEvidence } from './work-over'

/** One that is told: by then the line had set another value, elsewhere. */
interface Outlived extends OutlivedValue {
  made: TokenEntry
  next: TokenEntry
}

export const outlivedValue: Rule = {
  id: 'outlived-value',
  title: 'Value that outlives its work',
  why: 'Tasks and callbacks keep the values of the work that began them. What is begun once, by whoever comes first, and then works for all (a queue, a shared stream, a writer in the background) does so with the values of the first for good.',
  judge(world) {
    const names = new LineNames(world)
    const effort = new Effort()
    const candidates = [...world.outlived.values()].reverse()
    const setsOf = soughtSets(world, new Set(candidates.map(({ newest }) => newest.read.variable)))
    const told = new Map<OutlivedValue, Outlived>()
    for (const { newest } of candidates) {
      const outlived = whereOthersFollowed(world, names, newest, setsOf(newest.read.variable), effort)
      if (outlived !== null) told.set(newest, outlived)
    }
    const groups = groupTallies(
      candidates.filter(({ newest }) => told.has(newest)).reverse(),
      ({ read, hop }) => names.of(read.variable, world.contexts.get(hop)?.stack ?? null),
      ({ read }) => read.seq,
    )
    const isLineUnknown = candidates.some(({ newest }) => world.tokens.get(newest.token)?.stack === NOT_TAKEN)
    return conclude(
      world,
      groups,
      ({ key, newest, count }) => finding(world, key, told.get(newest) ?? null, newest, count),
      ({ read }) => read.at,
      'a value that outlived its work',
      effort.isSpent ? TOO_MUCH : isLineUnknown ? WITHOUT_LINE : null,
    )
  },
}

const TOO_MUCH = 'There is more than can be looked at; of the older work, it cannot be told.'

const WITHOUT_LINE =
  'Of sets whose value outlived their work, the lines were not recorded; whether they were made for each piece of work anew cannot be told.'

/** Of the sets that came later, only the first are asked. */
const NEAR = 100

/** The first set at the same line that was made in other work, while this one still worked with the value. */
function whereOthersFollowed(
  world: World,
  names: LineNames,
  outlived: OutlivedValue,
  sets: Sets,
  effort: Effort,
): Outlived | null {
  const { read, token, hop } = outlived
  const made = world.tokens.get(token)
  const context = world.contexts.get(read.context)
  if (made === undefined || context === undefined || effort.isSpent || names.frameOf(made.stack) === undefined)
    return null
  // What it has set itself since is its own.
  if (context.holdings.get(read.variable)?.token !== token) return null
  const line = names.of(made.variable, made.stack)
  const until = workedUntil(context, read.seq)
  const next = sets
    .after(token, NEAR, effort)
    .find(
      (set) =>
        set.made < until &&
        names.of(set.variable, set.stack) === line &&
        !isPartOf(world, set.context, [made.context, hop], effort),
    )
  return next === undefined ? null : { ...outlived, made, next }
}

/** What a callback awaits goes on after its end, and is known only by what it reads. */
const workedUntil = ({ firstTask, ended }: ContextEntry, read: number): number =>
  firstTask === null ? read : Math.max(read, ended?.seq ?? Number.POSITIVE_INFINITY)

function isPartOf(world: World, context: ContextId, works: readonly ContextId[], effort: Effort): boolean {
  if (works.includes(context)) return true
  for (const { id } of ancestors(world, context, effort)) if (works.includes(id)) return true
  return false
}

function finding(world: World, key: string, told: Outlived | null, newest: OutlivedValue, count: number): Found {
  const hop = world.contexts.get(newest.hop)
  const name = variableName(world, newest.read.variable)
  const who = contextPhrase(world, newest.read.context)
  const made = told?.made
  const [earlier, later] = contextPhrases(world, made?.context ?? null, told?.next.context ?? null)
  return {
    id: `outlived-value ${key}`,
    rule: 'outlived-value',
    severity: 'info',
    title: `Value that outlives its work: ${name}${times(count)}`,
    what: `${who.charAt(0).toUpperCase()}${who.slice(1)} works with ${name}${made === undefined ? '' : ` = ${made.value.text}`}, which ${earlier}${made?.state === 'used' ? ' had set and has reset' : ', which has ended, had set'}. Meanwhile ${later} set ${name}${told === null ? '' : ` to ${told.next.value.text}`} at the same line.`,
    advice: `If it works for all, begin it where nothing is set, such as in a \`new Context()\`, and hand it the value with each piece of work; a function that is given to a queue or a stream that others share is handed over as \`wrap(fn)\`. If it finishes what ${earlier} began, there is nothing to do.`,
    fix: hop === undefined ? [] : [handedOverAnew(hop)],
    stack: hop?.stack ?? null,
    context: newest.read.context,
    variable: newest.read.variable,
    token: newest.token,
    evidence: [
      ...madeEvidence(world, made, earlier),
      ...overEvidence(world, made, earlier),
      ...hopEvidence(world, hop, earlier),
      { label: `${who} read ${name}, inherited`, seq: newest.read.seq, context: newest.read.context, stack: null },
      ...madeEvidence(world, told?.next, later),
    ],
    crossing: null,
  }
}

function hopEvidence(world: World, hop: ContextEntry | undefined, from: string): Evidence[] {
  if (hop === undefined) return []
  const label = `${contextPhrase(world, hop.id)} was copied from ${from}`
  return [{ label, seq: hop.created, context: hop.id, stack: hop.stack }]
}
