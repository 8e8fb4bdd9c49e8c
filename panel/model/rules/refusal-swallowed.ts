// A refused reset throws, so that somebody mends it. Who catches the error and drops it has a quiet page, and a value that stays set. Where the
// refusal is a problem of its own, that is told with it; where it is none, as a note, since what a `catch` does with an error is not seen.
// (Only of a task it is known how it ended: an async function that a listener or a run has begun may fail later, which is then reported.)

import type { TokenError } from '../../../runtime/protocol'
import type { Evidence, Rule } from '../finding'
import { contextPhrase, contextSubject, variableName } from '../selectors/labels'
import type { SwallowedRefusal, World } from '../world'
import { type Group, groupTallies, LineNames, times } from './source-line'
import { refusedEvidence } from './token-evidence'
import { conclude, type Found } from './verdict'

export const refusalSwallowed: Rule = {
  id: 'refusal-swallowed',
  title: 'Refused reset that is swallowed',
  why: 'The error of a refused reset says that nothing was undone. Where it is caught and dropped, nothing on the page tells of it any more, and the value that was to be undone stays.',
  judge(world) {
    return conclude(
      world,
      swallowedOf(world, (code) => code === 'not-a-token'),
      (group) => finding(world, group),
      ({ refusal }) => refusal.at,
      'a refused reset',
    )
  },
}

/** What a problem says besides, by the line of its refusals, where a task came to a good end all the same. */
export function whereSwallowed(world: World, code: TokenError['code']): (line: string, problem: Found) => Found {
  const groups = new Map(swallowedOf(world, (one) => one === code).map((group) => [group.key, group]))
  return (line, problem) => {
    const group = groups.get(line)
    if (group === undefined) return problem
    const { refusal } = group.newest
    // The newest of that line may be another one, whose task goes on.
    const isNamed = problem.evidence.some(({ seq }) => seq === refusal.seq)
    return {
      ...problem,
      what: `${problem.what} The error was swallowed${times(group.count)}: ${goodEnd(world, group.newest)}`,
      advice: `${problem.advice} A \`catch\` around the reset mends nothing.`,
      evidence: [
        ...problem.evidence,
        ...(isNamed ? [] : [refusedEvidence(world, refusal)]),
        settledEvidence(world, group.newest),
      ],
    }
  }
}

function swallowedOf(world: World, wanted: (code: TokenError['code']) => boolean): Group<SwallowedRefusal>[] {
  if (world.swallowed.size === 0) return []
  const names = new LineNames(world)
  return groupTallies(
    [...world.swallowed.values()].filter(({ newest }) => wanted(newest.refusal.code)),
    ({ refusal: { variable, stack } }) => names.of(variable, stack),
    ({ refusal }) => refusal.seq,
  )
}

const goodEnd = (world: World, { task }: SwallowedRefusal): string =>
  `it was caught, or left to a promise that nobody awaited, and ${contextPhrase(world, task)} came to a good end all the same.`

function finding(world: World, { key, newest, count }: Group<SwallowedRefusal>): Found {
  const { refusal } = newest
  const name = variableName(world, refusal.variable)
  return {
    id: `refusal-swallowed ${key}`,
    rule: 'refusal-swallowed',
    severity: 'info',
    title: `Refused reset that is swallowed: ${name}${times(count)}`,
    what: `${contextSubject(world, refusal.context)} reset ${name} with what is no token. The error was swallowed: ${goodEnd(world, newest)}`,
    advice: `Give the reset the token that the set returned, in the block of that set: where no set has run, there is nothing to reset. A \`catch\` around the reset mends nothing.`,
    fix: [],
    stack: refusal.stack,
    context: refusal.context,
    variable: refusal.variable,
    token: null,
    evidence: [refusedEvidence(world, refusal), settledEvidence(world, newest)],
    crossing: null,
  }
}

function settledEvidence(world: World, { task, settled }: SwallowedRefusal): Evidence {
  return { label: `${contextPhrase(world, task)} came to a good end`, seq: settled, context: task, stack: null }
}
