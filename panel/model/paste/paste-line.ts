// A line ready to paste: the very line of the source where its call is recognised with certainty, else a pattern with the names of
// the case. It never breaks a line that was none.

import type { LineChange } from '../fix'
import { disposing, keptAttached } from './attach-line'
import { anew, inCopy, inherited, inheritedInTask, inTask, listening, settingInTask, withoutTask } from './call-line'
import { asUsing, type Rewritten, resetBy, withoutReset } from './set-line'
import type { SourceText } from './source-text'
import { templateOf } from './template'
import { frozen, once, withDefault } from './variable-line'

/** A line of a file whose text is known. */
export interface Place {
  source: SourceText
  line: number
}

export interface PasteLine {
  /** The line as it stands there, where it is known and recognised: what is pasted takes its place. */
  old: string | null
  /** What to paste; null where the line goes away. */
  line: string | null
  /** Whether it has a place of its own, at the top of the module. */
  atTop: boolean
  /** What the file does not know yet, as it is imported; null where it knows all, or where its text is not known. */
  importing: string | null
}

export interface Around {
  /** The set whose words the line needs, too, in the same function of the same file. */
  set?: Place | null
  /** Lines of the same file that lose their reset. */
  dropped?: readonly number[]
}

export function pasteLine(
  change: LineChange,
  place: Place | null,
  { set = null, dropped = [] }: Around = {},
): PasteLine {
  const atTop = change.kind === 'once'
  const old = place?.source.line(place.line) ?? null
  const made = place === null || old === null ? null : rewritten(change, place, old, set, dropped)
  if (place === null || made === null) {
    const line =
      (change.kind === 'dispose' && place !== null ? disposing(place.source, place.line) : null) ?? templateOf(change)
    // A whole line already, which takes the place of none.
    const isWhole = change.kind === 'register' && place !== null && line !== null
    return { old: null, line, atTop, importing: isWhole ? missingImport(place.source, line) : null }
  }
  const { line } = made
  return { old, line, atTop, importing: line === null ? null : missingImport(place.source, line) }
}

function rewritten(
  change: LineChange,
  { source, line: number }: Place,
  old: string,
  set: Place | null,
  dropped: readonly number[],
): Rewritten | null {
  const setLine = set?.source.line(set.line) ?? null
  switch (change.kind) {
    case 'using':
      return known(asUsing(source, number, dropped))
    case 'drop-reset':
      return withoutReset(source, number)
    case 'reset':
      return known(setLine === null ? null : resetBy(old, setLine))
    case 'task':
      return known(inTask(source, number, change.name))
    case 'set-in-task':
      return known(setLine === null ? null : settingInTask(old, setLine))
    case 'await':
      return known(withoutTask(old))
    case 'copy':
      return known(inCopy(old))
    case 'inherit':
      return known(inherited(old))
    case 'inherit-in-task':
      return known(inheritedInTask(old))
    case 'default':
      return known(withDefault(old))
    case 'freeze':
      return known(frozen(old))
    case 'anew':
      return known(anew(old, change.name))
    case 'wrap':
      return known(listening(old))
    case 'keep-attached':
      return known(keptAttached(source, number))
    case 'dispose':
    case 'register':
    case 'post-carrying':
    case 'hear-carrying':
      return null
    case 'once':
      return known(once(source, old, change.name))
  }
}

const known = (line: string | null): Rewritten | null => (line === null ? null : { line })

const MODULES: Readonly<Record<string, string>> = {
  createTask: 'contextvars-devtools/async',
  gather: 'contextvars-devtools/async',
  wrap: 'contextvars-devtools/async',
  copyContext: 'contextvars-devtools',
  Context: 'contextvars-devtools',
  registerContextVar: 'contextvars-devtools',
}

function missingImport(source: SourceText, line: string): string | null {
  for (const [name, module] of Object.entries(MODULES)) {
    if (new RegExp(`(?<![\\w$.])${name}\\(`).test(line) && !source.says(name))
      return ['import', `{ ${name} }`, 'from', `'${module}'`].join(' ')
  }
  return null
}
