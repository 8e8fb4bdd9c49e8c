// A generator has no context of its own: each part of it runs in that of whoever asks for the next value, or closes it. So what it sets
// before a `yield` may be undone elsewhere, or never.

import type { Frame, StackId } from '../../../runtime/protocol'
import type { World } from '../world'

/**
 * The generator that a line of the page stands in, where somebody on the page goes through it; null where the engine did not say so. (A
 * task may be a generator, too: nobody else calls that.)
 */
export function generatorAt(world: World, stack: StackId | null): string | null {
  const [frame, caller] = framesOf(world, stack)
  return frame?.generator === true && caller !== undefined ? frame.name : null
}

/** Whether the same function is anywhere among those that were at work there; null where that is not known. */
export function isWithin(world: World, stack: StackId | null, generator: StackId | null): boolean | null {
  const [function_] = framesOf(world, generator)
  const frames = framesOf(world, stack)
  if (function_ === undefined || frames.length === 0) return null
  return frames.some(({ name, url }) => name === function_.name && url === function_.url)
}

/**
 * The generator that both lines stand in. An async one is not known for what it is after an `await` of its own, so it is enough that one
 * of the lines says so.
 */
export function generatorOfBoth(world: World, one: StackId | null, other: StackId | null): string | null {
  const [[a], [b]] = [framesOf(world, one), framesOf(world, other)]
  if (a === undefined || b === undefined || a.name !== b.name || a.url !== b.url) return null
  return a.generator === true || b.generator === true ? a.name : null
}

/** What runs everything says nothing of anything. */
const isOfHost = (url: string): boolean => /^node:|\/contextvars-devtools\//.test(url)

/**
 * Whether some function was at work at both places, so that the one may be part of the other; null where that is not known. Functions
 * without a name are told apart by nothing, so those of a file where the one begins may be the same.
 */
export function isOneWork(world: World, one: StackId | null, other: StackId | null): boolean | null {
  const [frames, others] = [framesOf(world, one), framesOf(world, other)]
  if (frames.length === 0 || others.length === 0) return null
  return frames.some(
    ({ name, url }, depth) =>
      (name !== '' || depth === 0) &&
      !isOfHost(url) &&
      others.some((frame) => frame.name === name && frame.url === url),
  )
}

const framesOf = (world: World, stack: StackId | null): readonly Frame[] =>
  stack === null ? [] : (world.stacks[stack] ?? [])
