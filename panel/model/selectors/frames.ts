// Stacks as rows show them: the innermost frame, and a form short enough for one line.

import { type Frame, NOT_TAKEN, type StackId, type StackTable } from '../../../runtime/protocol'

/** One of a stack's frames, counted from the innermost. */
export function frameAt(stacks: StackTable, stack: StackId | null, depth: number): Frame | null {
  return stack === null ? null : (stacks[stack]?.[depth] ?? null)
}

export const framesOf = (stacks: StackTable, stack: StackId | null): readonly Frame[] =>
  stack === null ? [] : (stacks[stack] ?? [])

export const topFrame = (stacks: StackTable, stack: StackId | null): Frame | null => frameAt(stacks, stack, 0)

/** What stands in the place of a line that the recorder did not look for, because stacks were sampled or switched off. */
export const NOT_RECORDED = 'line not recorded'

export const wasNotTaken = (stack: StackId | null): boolean => stack === NOT_TAKEN

/** The line as text, or that it was not recorded; null where there is none. */
export function placeText(stacks: StackTable, stack: StackId | null): string | null {
  if (wasNotTaken(stack)) return NOT_RECORDED
  const frame = topFrame(stacks, stack)
  return frame === null ? null : formatFrame(frame)
}

/** `https://shop.example/app.js:40:7`; nothing of no frame. */
export const positionText = (frame: Frame | undefined): string =>
  frame === undefined ? '' : `${frame.url}:${frame.line}:${frame.column}`

/** All of a stack as engines write it, whose lines most tools make links of. */
export const stackText = (frames: readonly Frame[]): string =>
  frames.map((frame) => `    at ${frame.name || TOP_LEVEL} (${positionText(frame)})`).join('\n')

/** What stands in the place of a function's name where code is in none. */
export const TOP_LEVEL = '(top level)'

/** `demo.js:40:7`: the file's name without its path and query. */
export function formatFrame(frame: Frame): string {
  return `${fileName(frame.url)}:${frame.line}:${frame.column}`
}

/** Without its path and query. */
export function fileName(url: string): string {
  const [beforeQuery = ''] = url.split(/[?#]/, 1)
  // Slashes are looked at where a run of them begins, and nowhere else: a page may send ten thousand.
  const path = beforeQuery.replace(/(?<!\/)\/+$/, '')
  return path.slice(path.lastIndexOf('/') + 1) || url || '(unknown)'
}
