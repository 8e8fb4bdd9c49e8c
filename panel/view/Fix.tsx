// The lines that mend a problem, each with its place, the line as it is where that is known, and what to paste.

import { useMemo } from 'react'
import { copyText } from '../host/clipboard'
import type { ChangeKind, LineChange } from '../model/fix'
import { filesOf, type LineToPaste, linesToPaste } from '../model/selectors/lines-to-paste'
import { useFeed } from '../session/hooks'
import { useNotice } from './Notices'
import { SourceLink } from './SourceLink'
import { useSourceTexts } from './source-texts-hook'

export function Fix({ fix }: { fix: readonly LineChange[] }) {
  const { timeline, version } = useFeed()
  const { stacks } = timeline
  const texts = useSourceTexts(filesOf(stacks, fix))
  // biome-ignore lint/correctness/useExhaustiveDependencies: the stacks are edited in place, the version says when
  const lines = useMemo(() => linesToPaste(stacks, fix, texts), [stacks, version, fix, texts])
  return (
    <ul className="fix" aria-label="Lines to change">
      {lines.map((line, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines of one problem do not move
        <FixLine key={place} line={line} />
      ))}
    </ul>
  )
}

function FixLine({ line: { change, isPlaced, old, line, atTop, importing, lost } }: { line: LineToPaste }) {
  return (
    <li>
      <div className="fix-place">
        <span>{headOf(change.kind, line, atTop, isPlaced)}</span>
        <SourceLink stack={change.stack} frame={change.frame} />
      </div>
      <pre className="fix-code">
        {old !== null && <del>{old.trim()}</del>}
        {line === null ? old === null && <del>{lost}</del> : <ins>{line.trim()}</ins>}
      </pre>
      {line !== null && <CopyButton text={line} what="Line" />}
      {importing !== null && (
        <>
          <pre className="fix-code import">
            <ins>{importing}</ins>
          </pre>
          <CopyButton text={importing} what="Import" />
        </>
      )}
    </li>
  )
}

function headOf(kind: ChangeKind, line: string | null, atTop: boolean, isPlaced: boolean): string {
  if (line === null) return 'Leave out'
  if (atTop) return isPlaced ? 'At the top of the module, instead of' : 'At the top of the module'
  if (kind === 'register' && isPlaced) return 'Add below'
  if (kind === 'dispose') return isPlaced ? 'Add in a finally, below' : 'Add in a finally'
  return isPlaced ? 'Change' : 'Write'
}

function CopyButton({ text, what }: { text: string; what: 'Line' | 'Import' }) {
  const say = useNotice()
  const copy = async () => say((await copyText(text)) ? `${what} copied` : 'The browser did not let the panel copy')
  return (
    <button type="button" className="inline" aria-label={`Copy ${what.toLowerCase()}`} onClick={copy}>
      Copy
    </button>
  )
}
