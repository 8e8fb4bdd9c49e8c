// Opening what somebody took along, and taking along what is shown as text.

import { useRef } from 'react'
import { useFeed, useSession } from '../session/hooks'
import { useCopy } from './copy-hook'
import { ImportIcon, ReportIcon } from './icons'

export function ImportButton() {
  const session = useSession()
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <button
        type="button"
        className="tool"
        title="Open a recording; dropping or pasting it on the panel does the same"
        onClick={() => input.current?.click()}
      >
        <ImportIcon />
        <span>Import</span>
      </button>
      <input
        ref={input}
        type="file"
        hidden
        aria-label="Recording to open"
        accept=".json,.gz,application/json,application/gzip"
        onChange={async (event) => {
          const chosen = event.target
          const file = chosen.files?.[0]
          if (file) await session.openFile(file)
          // The same file may be chosen again after it was changed.
          chosen.value = ''
        }}
      />
    </>
  )
}

export function ReportButton() {
  const session = useSession()
  const { timeline } = useFeed()
  const copy = useCopy()
  return (
    <button
      type="button"
      className="tool"
      title="Copy tree and problems as Markdown, for a bug report"
      disabled={timeline.facts.length === 0}
      onClick={async () => copy(await session.report(), 'Report copied')}
    >
      <ReportIcon />
      <span>Copy report</span>
    </button>
  )
}
