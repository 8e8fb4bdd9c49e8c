// A variable is found by what it is, not by its name: another that the same line makes finds nothing of what the first one holds.

import type { Finding, Rule } from '../finding'
import type { VariableEntry, World } from '../world'
import { type Group, groupBy, namedByLine } from './source-line'
import { conclude } from './verdict'

export const variableMadeAgain: Rule = {
  id: 'variable-made-again',
  title: 'Variable made in a function',
  why: 'A context variable is its own key. Where a function makes one, each call makes another, which has no value yet and takes no token of the last; and contexts hold on to every one that was set in them.',
  judge(world) {
    const nameOf = namedByLine(world)
    const groups = groupBy(madeInFunctions(world), ({ name, stack }) => `${nameOf(0, stack)} ${name}`)
    const again = groups.filter(({ count }) => count > 1)
    return conclude(world, again, finding, 'a variable')
  },
}

/** Those that a function made: a module that is loaded anew, as development servers do, makes its own again at its top. */
function* madeInFunctions(world: World): Generator<VariableEntry> {
  for (const variable of world.variables.values()) {
    const frame = variable.stack === null ? undefined : world.stacks[variable.stack]?.[0]
    if (frame !== undefined && frame.name !== '') yield variable
  }
}

function finding({ key, newest, count }: Group<VariableEntry>): Finding {
  const { name, id, created, stack } = newest
  return {
    id: `variable-made-again ${key}`,
    rule: 'variable-made-again',
    severity: 'info',
    title: `Variable made in a function: ${name} (${count.toLocaleString('en-US')} of them)`,
    what: `One line has made ${count.toLocaleString('en-US')} variables called ${name}. What is set by one of them is not found by another.`,
    advice: `Make it once, at the top of its module: \`export const ${name} = new ContextVar('${name}')\`.`,
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
