// What a rule makes of a world, kept from one judgement to the next. It is a function of the world and of nothing else: made anew of a
// world that nobody looked at before, and afterwards brought up to date by what was touched, which is all that a judgement costs
// while a page is recorded.

import { nothingTouched, type Touched } from '../touched'
import type { World } from '../world'

/** Made of a world as it is. */
export interface Kept {
  /** Looks again at what was touched. Answers false where that is not enough, and it has to be made anew. */
  catchUp(world: World, touched: Touched): boolean
}

/** How something is made: by what it is known again. */
type Make<Part extends Kept> = (world: World) => Part

/** As long as the world notes what is touched, by that note. */
const parts = new WeakMap<Touched, Map<Make<Kept>, Kept>>()

/** Asks for what is kept of a world, up to date. */
export function keep<Part extends Kept>(make: Make<Part>): (world: World) => Part {
  return (world) => {
    const ofWorld = upToDate(world)
    const known = ofWorld.get(make)
    if (known !== undefined) return known as Part
    const made = make(world)
    ofWorld.set(make, made)
    return made
  }
}

/** All that is kept looks at once, so that what was touched can be let go. */
function upToDate(world: World): Map<Make<Kept>, Kept> {
  world.touched ??= nothingTouched()
  const { touched } = world
  const kept = parts.get(touched) ?? new Map<Make<Kept>, Kept>()
  for (const [make, part] of kept) if (!catchUp(part, world, touched)) kept.delete(make)
  for (const ids of [touched.tokens, touched.contexts, touched.variables]) ids.length = 0
  parts.set(touched, kept)
  return kept
}

/** One that breaks is made anew, which its own rule answers for. */
function catchUp(part: Kept, world: World, touched: Touched): boolean {
  try {
    return part.catchUp(world, touched)
  } catch {
    return false
  }
}
