// Where code went that lost its context, by the context that it lost: of many losses, a token that crossed asks for those of one.

import type { AwaitUntracked, ContextId } from '../../../runtime/protocol'
import type { World } from '../world'
import { type Kept, keep } from './kept'

class Losses implements Kept {
  readonly #from = new Map<ContextId, AwaitUntracked[]>()
  #read = 0

  constructor(world: World) {
    this.catchUp(world)
  }

  catchUp({ untracked }: World): boolean {
    for (const loss of untracked.slice(this.#read)) {
      if (loss.resumed === null) continue
      const losses = this.#from.get(loss.context)
      if (losses === undefined) this.#from.set(loss.context, [loss])
      else losses.push(loss)
    }
    this.#read = untracked.length
    return true
  }

  from(context: ContextId): readonly AwaitUntracked[] {
    return this.#from.get(context) ?? []
  }
}

const kept = keep((world) => new Losses(world))

/** Of which it is known where the code went on, oldest first. */
export const lossesFrom = (world: World, context: ContextId): readonly AwaitUntracked[] => kept(world).from(context)
