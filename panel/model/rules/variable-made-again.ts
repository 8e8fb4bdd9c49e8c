// A variable is found by what it is, not by its name: another that the same line makes finds nothing of what the first one holds.

import type { VariableId } from '../../../runtime/protocol'
import type { Rule } from '../finding'
import { change } from '../fix'
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
    return conclude(world, groups, finding, ({ createdAt }) => createdAt, 'a variable')
  },
}

/** Those that a function made: a module that is loaded anew, as development servers do, makes its own again at its top. */
class MadeInFunctions implements Kept {
  readonly #names: LineNames
  readonly #groups = new LiveGroups<VariableId>()

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

  #look({ id, name, stack }: VariableEntry): void {
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
    title: `Variable made in a function: ${name} (${count.toLocaleString('en-US')} of them)`,
    what: `One line has made ${count.toLocaleString('en-US')} variables called ${name}. What is set by one of them is not found by another.`,
    advice: 'Make it once, at the top of its module.',
    fix: [change('once', stack, { name })],
    stack,
    context: null,
    variable: id,
    token: null,
    evidence: [
      {
        label: `new variable ${name}, the newest of ${count.toLocaleString('en-US')}`,
        seq: created,
        context: null,
        stack,
      },
    ],
    crossing: null,
  }
}
