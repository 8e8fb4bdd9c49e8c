// A variable is found by what it is, not by its name: another that the same line makes finds nothing of what the first one holds.

import { NOT_TAKEN, type VariableId } from '../../../runtime/protocol'
import type { Rule } from '../finding'
import { change } from '../fix'
import { grouped } from '../selectors/grouped'
import type { Touched } from '../touched'
import type { VariableEntry, World } from '../world'
import { type Kept, keep } from './kept'
import { LiveGroups } from './live-groups'
import { type Group, LineNames } from './source-line'
import { conclude, type Found } from './verdict'

export const variableMadeAgain: Rule = {
  id: 'variable-made-again',
  title: 'Variable made in a function',
  why: 'A context variable is its own key. Where a function makes one, each call makes another, which has no value yet and takes no token of the last; and contexts hold on to every one that was set in them.',
  judge(world) {
    const groups = madeInFunctions(world).filter(({ count }) => count > 1)
    const unseen = kept(world).haveTwins(world) ? WITHOUT_LINE : null
    return conclude(world, groups, finding, ({ createdAt }) => createdAt, 'a variable', unseen)
  },
}

const WITHOUT_LINE =
  'Of variables that have one name, the lines that made them were not recorded; whether one line made them cannot be told.'

/** Those that a function made: a module that is loaded anew, as development servers do, makes its own again at its top. */
class MadeInFunctions implements Kept {
  readonly #names: LineNames
  readonly #groups = new LiveGroups<VariableId>()
  /** By their names, those of which nobody looked where they were made. */
  readonly #unplaced = new LiveGroups<VariableId>()

  constructor(world: World) {
    this.#names = new LineNames(world)
    for (const variable of world.variables.values()) this.#look(variable)
  }

  catchUp(world: World, { variables }: Touched): boolean {
    if (this.#names.areOutdated) return false
    for (const id of variables) {
      const variable = world.variables.get(id)
      if (variable !== undefined) this.#look(variable)
    }
    return true
  }

  groups(world: World): Group<VariableEntry>[] {
    return this.#groups.list((id) => world.variables.get(id))
  }

  /** Whether several of one name may have been made by one line, for all that is known. */
  haveTwins(world: World): boolean {
    return this.#unplaced.list((id) => world.variables.get(id)).some(({ count }) => count > 1)
  }

  #look({ id, name, stack }: VariableEntry): void {
    this.#unplaced.put(id, stack === NOT_TAKEN ? name : null)
    const frame = this.#names.frameOf(stack)
    const isInFunction = frame !== undefined && frame.name !== ''
    this.#groups.put(id, isInFunction ? `${this.#names.of(0, stack)} ${name}` : null)
  }
}

const kept = keep((world) => new MadeInFunctions(world))

/** In the order in which their lines began. */
export const madeInFunctions = (world: World): Group<VariableEntry>[] => kept(world).groups(world)

function finding({ key, newest, count }: Group<VariableEntry>): Found {
  const { name, id, created, stack } = newest
  return {
    id: `variable-made-again ${key}`,
    rule: 'variable-made-again',
    severity: 'info',
    title: `Variable made in a function: ${name} (${grouped(count)} of them)`,
    what: `One line has made ${grouped(count)} variables called ${name}. What is set by one of them is not found by another.`,
    advice: 'Make it once, at the top of its module.',
    fix: [change('once', stack, { name })],
    stack,
    context: null,
    variable: id,
    token: null,
    evidence: [
      {
        label: `new variable ${name}, the newest of ${grouped(count)}`,
        seq: created,
        context: null,
        stack,
      },
    ],
    crossing: null,
  }
}
