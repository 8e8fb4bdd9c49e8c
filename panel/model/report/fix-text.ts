// The lines that mend a problem, for those who have no source at hand: the pattern, and where it belongs.

import type { Finding } from '../finding'
import type { ChangeKind } from '../fix'
import { identifier, templateOf } from '../paste/template'
import { oneLine } from '../plain-text'
import { formatFrame, frameAt } from '../selectors/frames'
import type { World } from '../world'

export interface FixLine {
  /** `using _token = user.set(value)`, or `without user.reset(token)`, which is no code. */
  words: string
  isCode: boolean
  /** `demo.js:40:7`; null where it is not known. */
  place: string | null
}

/** One line of text each: `using _token = user.set(value)  demo.js:40:7`. */
export const fixTexts = (world: World, finding: Finding): string[] =>
  fixLines(world, finding).map(({ words, place }) => oneLine(`${words}${place === null ? '' : `  ${place}`}`))

/** What does not take the place of the line. */
const WHERE: Partial<Record<ChangeKind, string>> = {
  once: 'instead of ',
  register: 'below ',
  dispose: 'in a finally, below ',
}

export function fixLines(world: World, { fix }: Finding): FixLine[] {
  return fix.map((change) => {
    const line = templateOf(change)
    const frame = frameAt(world.stacks, change.stack, change.frame)
    const place = frame === null ? null : oneLine(formatFrame(frame))
    return line === null
      ? { words: `without ${identifier(change.name)}.reset(token)`, isCode: false, place }
      : { words: line, isCode: true, place: place === null ? null : (WHERE[change.kind] ?? '') + place }
  })
}
