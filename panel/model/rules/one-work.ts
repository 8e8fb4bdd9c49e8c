// Whether two lines of code may be parts of one piece of work: the functions that were at work there tell.

import type { StackId } from '../../../runtime/protocol'
import { framesOf } from '../selectors/frames'
import type { World } from '../world'

/** What runs everything says nothing of anything. */
const isOfHost = (url: string): boolean => /^node:|\/node_modules\/contextvars-devtools\//.test(url)

/**
 * Whether some function was at work at both places, so that the one may be part of the other; null where that is not known. Functions
 * without a name are told apart by nothing, so those of a file where the one begins may be the same.
 */
export function isOneWork(world: World, one: StackId | null, other: StackId | null): boolean | null {
  const [frames, others] = [framesOf(world.stacks, one), framesOf(world.stacks, other)]
  if (frames.length === 0 || others.length === 0) return null
  return frames.some(
    ({ name, url }, depth) =>
      (name !== '' || depth === 0) &&
      !isOfHost(url) &&
      others.some((frame) => frame.name === name && frame.url === url),
  )
}
