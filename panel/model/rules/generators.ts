// A generator has no context of its own: each part of it runs in that of whoever asks for the next value, or closes it. So what it sets
// before a `yield` may be undone elsewhere, or never.

import type { StackId } from '../../../runtime/protocol'
import { framesOf } from '../selectors/frames'
import type { World } from '../world'

/**
 * The generator that a line of the page stands in, where somebody on the page goes through it; null where the engine did not say so. (A
 * task may be a generator, too: nobody else calls that.)
 */
export function generatorAt(world: World, stack: StackId | null): string | null {
  const [frame, caller] = framesOf(world.stacks, stack)
  return frame?.generator === true && caller !== undefined ? frame.name : null
}

/** Whether the same function is anywhere among those that were at work there; null where that is not known. */
export function isWithin(world: World, stack: StackId | null, generator: StackId | null): boolean | null {
  const [function_] = framesOf(world.stacks, generator)
  const frames = framesOf(world.stacks, stack)
  if (function_ === undefined || frames.length === 0) return null
  return frames.some(({ name, url }) => name === function_.name && url === function_.url)
}

/**
 * The generator that both lines stand in. An async one is not known for what it is after an `await` of its own, so it is enough that one
 * of the lines says so.
 */
export function generatorOfBoth(world: World, one: StackId | null, other: StackId | null): string | null {
  const [[a], [b]] = [framesOf(world.stacks, one), framesOf(world.stacks, other)]
  if (a === undefined || b === undefined || a.name !== b.name || a.url !== b.url) return null
  return a.generator === true || b.generator === true ? a.name : null
}
