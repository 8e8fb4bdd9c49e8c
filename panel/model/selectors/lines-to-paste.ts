// The lines that mend a problem, as they are shown: the line as it is, as far as the texts of its file are known, and what to paste.

import type { Frame, StackTable } from '../../../runtime/protocol'
import type { LineChange } from '../fix'
import { attachedName } from '../paste/attach-line'
import { type PasteLine, type Place, pasteLine } from '../paste/paste-line'
import { SourceText } from '../paste/source-text'
import { identifier } from '../paste/template'
import { frameAt, topFrame } from './frames'

export interface LineToPaste extends PasteLine {
  change: LineChange
  /** Whether it is known where it belongs. */
  isPlaced: boolean
  /** What it is called that a line loses, where the line itself is not known. */
  lost: string
}

export const sourceText = (text: string): SourceText => new SourceText(text)

const frameOf = (stacks: StackTable, { stack, frame }: LineChange): Frame | null => frameAt(stacks, stack, frame)

/** The files whose texts say more. */
export function filesOf(stacks: StackTable, fix: readonly LineChange[]): string[] {
  const frames = fix.map((change) => frameOf(stacks, change))
  return [...new Set(frames.flatMap((frame) => (frame === null ? [] : [frame.url])))]
}

export function linesToPaste(
  stacks: StackTable,
  fix: readonly LineChange[],
  texts: ReadonlyMap<string, SourceText>,
): LineToPaste[] {
  const placeOf = (frame: Frame | null) => {
    const source = frame === null ? undefined : texts.get(frame.url)
    return frame === null || source === undefined ? null : { source, line: frame.line }
  }
  return fix.flatMap((change) => {
    const frame = frameOf(stacks, change)
    if (isDone(change, placeOf(frame))) return []
    const set = topFrame(stacks, change.set)
    const dropped = fix.flatMap((other) => {
      const reset = other.kind === 'drop-reset' ? frameOf(stacks, other) : null
      return reset !== null && reset.url === frame?.url ? [reset.line] : []
    })
    const around = { set: isInReach(change, frame, set) ? placeOf(set) : null, dropped }
    return {
      ...pasteLine(change, placeOf(frame), around),
      change,
      isPlaced: frame !== null,
      lost: `${identifier(change.name)}.reset(token)`,
    }
  })
}

/** What was attached may be kept already, and only not disposed of. */
function isDone({ kind }: LineChange, place: Place | null): boolean {
  const line = kind === 'keep-attached' ? (place?.source.line(place.line) ?? null) : null
  return line !== null && attachedName(line) !== null
}

/** Whether the words of the set mean the same in the other line: what is set, in the same function; on what, in the same file. */
function isInReach({ kind }: LineChange, frame: Frame | null, set: Frame | null): boolean {
  if (frame === null || set === null || frame.url !== set.url) return false
  return kind === 'reset' || frame.name === set.name
}
