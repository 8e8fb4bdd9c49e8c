// A token restores the context in which its set ran. Another context has other values, even one that was copied from it.

import type { AwaitUntracked, ContextId, TokenError } from '../../../runtime/protocol'
import { type Crossing, crossing } from '../crossing'
import type { Effort } from '../effort'
import type { Evidence, Rule } from '../finding'
import { change, scoped } from '../fix'
import { MOST_FINDINGS } from '../limits'
import { contextPhrase, contextSubject, variableName } from '../selectors/labels'
import type { TokenEntry, World } from '../world'
import { ATTACHED, activeIn, attachedEvidence, BY_WITH, isAttached, isKeyOfAttached } from './attached'
import { generatorOfBoth } from './generators'
import { type Kept, keep } from './kept'
import { lossesFrom } from './losses'
import { whereSwallowed } from './refusal-swallowed'
import { tokenErrors } from './refusals'
import { type Group, times } from './source-line'
import { madeEvidence, refusedEvidence, tokenOf } from './token-evidence'
import { conclude, type Found } from './verdict'

export const tokenOtherContext: Rule = {
  id: 'token-other-context',
  title: 'Token of another context',
  why: 'A token restores a value in the context in which its set ran. Tasks and callbacks run in copies, so a reset there would undo a set that never happened there: it is refused with a ValueError, and the value stays set where it was set.',
  judge(world) {
    const andSwallowed = whereSwallowed(world, 'other-context')
    return conclude(
      world,
      tokenErrors(world, 'other-context').filter(({ newest }) => !isKeyOfAttached(world, tokenOf(world, newest))),
      (group, effort) => andSwallowed(group.key, finding(world, group, effort)),
      ({ at }) => at,
      'a refused reset',
    )
  },
}

/** Nothing ever moves that has its place, so where two contexts part is found once. */
class Ways implements Kept {
  readonly #known = new Map<string, Crossing>()

  catchUp(): boolean {
    return true
  }

  between(world: World, made: ContextId, used: ContextId, effort: Effort): Crossing {
    const pair = `${made} ${used}`
    const known = this.#known.get(pair)
    if (known !== undefined) return known
    const way = crossing(world, made, used, effort)
    if (this.#known.size >= MOST_FINDINGS) this.#known.clear()
    if (way.ancestor !== null) this.#known.set(pair, way)
    return way
  }
}

const ways = keep(() => new Ways())

function finding(world: World, { key, newest: refusal, count }: Group<TokenError>, effort: Effort): Found {
  const token = tokenOf(world, refusal)
  const made = refusal.tokenContext ?? token?.context ?? null
  const way = made === null ? null : ways(world).between(world, made, refusal.context, effort)
  const name = variableName(world, refusal.variable)
  // Where an await went astray, that is what happened, whatever its function is.
  const isAstray = way !== null && awaitInto(world, way) !== null
  const generator = isAstray ? null : generatorOfBoth(world, refusal.tokenStack, refusal.stack)
  // Of a generator, or of an await that went astray, another line is wrong, and it is not known which.
  const isMisplaced = !isAstray && generator === null
  const attached = token !== undefined && isAttached(world, token) ? token : null
  const isUndone = token?.state === 'used'
  return {
    id: `token-other-context ${key}`,
    rule: 'token-other-context',
    severity: 'error',
    title: `${attached === null ? `Token of another context: ${name}` : `Disposed of in another context: ${ATTACHED}`}${times(count)}`,
    what: `${what(world, refusal, way, attached)}${generator === null ? '' : ` ${ranInBoth(generator)}`}`,
    advice:
      generator !== null
        ? adviceForGenerator(generator)
        : attached !== null
          ? `Dispose of it where it was attached, at the end of that work. ${BY_WITH}`
          : `${isByHelper(world, refusal) ? `${OF_HELPERS} Otherwise: ` : ''}${isUndone ? LEAVE_OUT : advice(world, refusal.context, way)}`,
    fix:
      !isMisplaced || attached !== null
        ? []
        : isUndone
          ? [change('drop-reset', refusal.stack, { name })]
          : scoped(name, refusal.tokenStack ?? token?.stack ?? null, [refusal.stack]),
    stack: refusal.stack,
    context: refusal.context,
    variable: refusal.variable,
    token: refusal.token,
    evidence: [
      ...(attached === null ? madeEvidence(world, token) : [attachedEvidence(world, attached)]),
      ...hopEvidence(world, way),
      refusedEvidence(world, refusal),
    ],
    crossing: way === null ? null : { made: way.made, used: way.used, ancestor: way.ancestor },
  }
}

function what(world: World, refusal: TokenError, way: Crossing | null, attached: TokenEntry | null): string {
  const name = variableName(world, refusal.variable)
  const used = contextPhrase(world, refusal.context)
  if (way === null)
    return `${contextSubject(world, refusal.context)} reset ${name} with a token that was made in another context.`
  const made = contextPhrase(world, way.made)
  const start =
    attached === null
      ? `The token was made when ${made} set ${name}, and used in ${used}`
      : `An OpenTelemetry context (${activeIn(attached)}) was attached in ${made}, and disposed of in ${used}`
  const still =
    tokenOf(world, refusal)?.state === 'used'
      ? `There it ${attached === null ? 'is reset' : 'was disposed of'} by now.`
      : attached === null
        ? `The value is still set in ${made}.`
        : `It is still active in ${made}.`
  const loss = awaitInto(world, way)
  if (loss !== null) {
    const gone = loss.copied
      ? `, a copy of it: an await in ${made} did not come back`
      : `, where ${made} came to its end`
    return `${start}${gone} (${loss.cause}). ${still}`
  }
  switch (way.relation) {
    case 'used-in-copy':
      return `${start}, which runs in a copy of it. ${still}`
    case 'used-above':
      return `${start}, which it was copied from: what was set in the copy never reached it.`
    case 'siblings':
      return `${start}: two copies of ${contextPhrase(world, way.ancestor)}, which do not see each other’s values.`
    case 'strangers':
      return `${start}: no context is known that both came from.`
  }
}

const ranInBoth = (generator: string): string =>
  `Both lines are parts of the generator ${generator}, which has no context of its own: each part runs where somebody asks for its next value, or closes it.`

const adviceForGenerator = (generator: string): string =>
  `Go through ${generator}, and close it, in one task: a loop does both, and closes it also where it is left early. Or let ${generator} reset what it set before each \`yield\`.`

function advice(world: World, used: ContextId, way: Crossing | null): string {
  if (way !== null && awaitInto(world, way) !== null) {
    return `Reset before that await. Or await a native promise: \`new Promise((resolve) => thenable.then(resolve))\`; where a library brings promises of its own, \`followPromises(Class)\`, once, makes an await of them come back.`
  }
  const madeIn = way === null ? undefined : world.contexts.get(way.made)
  const usedIn = world.contexts.get(used)
  const lasting =
    madeIn?.kind === 'callback' && usedIn?.kind === 'callback'
      ? 'What is to last from one callback to another belongs in an object or a closure that both know, not in a context.'
      : null
  switch (way?.relation) {
    case 'used-in-copy':
      return `${UNDO} What runs in the copy needs no reset: the copy goes away with it.`
    case 'used-above':
      return `${UNDO} ${madeIn?.task == null ? '' : 'Or not at all: its context ends with the task, and what it set with that. '}${lasting ?? 'To hand a value up, return it.'}`
    default:
      return `${UNDO} ${lasting ?? 'A token is of no use anywhere else, so keep it within that function.'}`
  }
}

const LEAVE_OUT = 'Leave out the reset that was refused: where it was made, the set is undone.'

const UNDO =
  'Undo the set where it was made, with `using` at the end of its block or by a reset in a `finally` there, and leave out the reset that was refused.'

/**
 * Whether it may be the end of a block with `await using` that a build has turned into older code: the helpers of TypeScript, esbuild and oxc
 * dispose of what is left, once they have awaited, in a callback called `next`.
 */
function isByHelper(world: World, { context, stack }: TokenError): boolean {
  const name = stack === null ? undefined : world.stacks[stack]?.[0]?.name
  return name === 'next' && world.contexts.get(context)?.api === 'Promise.then'
}

const OF_HELPERS =
  'If this is the end of a block with `await using`, which the build has turned into older code, give the token a block of its own, around that one.'

/** The await that led there: its code went on in the hop, or where the token was used. */
function awaitInto(world: World, way: Crossing): AwaitUntracked | null {
  const hop = way.relation === 'used-in-copy' ? way.hop : null
  return lossesFrom(world, way.made).find(({ resumed }) => resumed === way.used || resumed === hop) ?? null
}

/** Where the two contexts part: its line is mostly the one to change. */
function hopEvidence(world: World, way: Crossing | null): Evidence[] {
  const copy = way?.hop == null ? undefined : world.contexts.get(way.hop)
  if (way === null || copy === undefined || copy.parent === null) return []
  // Who went astray by an await was not brought there by a copy.
  if (way.relation === 'siblings' && awaitInto(world, way) !== null) return []
  const label = `${contextPhrase(world, copy.id)} was copied from ${contextPhrase(world, copy.parent)}`
  return [{ label, seq: copy.created, context: copy.id, stack: copy.stack }]
}
