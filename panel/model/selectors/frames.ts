// Stacks as rows show them: the innermost frame, and a form short enough for one line.

import type { Frame, StackId, StackTable } from '../../../runtime/protocol'

export function topFrame(stacks: StackTable, stack: StackId | null): Frame | null {
  return stack === null ? null : (stacks[stack]?.[0] ?? null)
}

/** `demo.js:40:7`: the file's name without its path and query. */
export function formatFrame(frame: Frame): string {
  return `${fileName(frame.url)}:${frame.line}:${frame.column}`
}

function fileName(url: string): string {
  const [beforeQuery = ''] = url.split(/[?#]/, 1)
  // Slashes are looked at where a run of them begins, and nowhere else: a page may send ten thousand.
  const path = beforeQuery.replace(/(?<!\/)\/+$/, '')
  return path.slice(path.lastIndexOf('/') + 1) || url || '(unknown)'
}
