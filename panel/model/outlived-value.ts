// What work still has of other work that is over: a value that this had set, and then reset, or took along when it ended. To finish what the
// other began is what such copies are for, so this alone is no mistake; it is noted for those who ask for it.

import type { VariableId, VarRead } from '../../runtime/protocol'
import { copyOf, overSince } from './carried-over'
import { count } from './tally'
import type { ContextEntry, OutlivedValue, TokenEntry, World } from './world'

/** Of those who were copied from it, the newest are asked. */
const NEAR = 100

/** What the context has just read, if that is of work that is over. */
export function noteOutlivedRead(world: World, context: ContextEntry, token: TokenEntry, read: VarRead): void {
  const hop = overSince(world, token) === null ? null : copyOf(world, token.context, context)
  if (hop !== null) note(world, token, { read, token: token.id, hop: hop.id })
}

/** What is over now, and tasks that were made there had read and go on with: of one variable, or of all. */
export function noteOutlivedIn(world: World, maker: ContextEntry, only: VariableId | null = null): void {
  if (maker.kind === 'base') return
  for (const child of maker.children.newest(NEAR)) {
    const task = world.contexts.get(child)
    if (task === undefined || task.firstTask === null || task.state !== 'alive') continue
    for (const read of task.reads.values()) {
      if (read.from !== 'inherited' || (only !== null && read.variable !== only)) continue
      const id = task.holdings.get(read.variable)?.token ?? null
      const token = id === null ? undefined : world.tokens.get(id)
      if (token?.context !== maker.id || overSince(world, token) === null) continue
      note(world, token, { read, token: token.id, hop: task.id })
    }
  }
}

/** By the line of the set, and by the one that took the value along. */
function note(world: World, { stack }: TokenEntry, outlived: OutlivedValue): void {
  count(world.outlived, `${outlived.read.variable} ${stack} ${world.contexts.get(outlived.hop)?.stack}`, outlived)
}
