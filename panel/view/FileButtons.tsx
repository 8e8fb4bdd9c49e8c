// Taking what is shown along, and opening what somebody else took along.

import { useRef } from 'react'
import { copyText } from '../host/clipboard'
import { saveFile } from '../host/file-download'
import { useFeed, useSession } from '../session/hooks'
import { ExportIcon, ImportIcon, ReportIcon } from './icons'
import { useNotice } from './Notices'

export function ExportButton() {
  const session = useSession()
  const { timeline } = useFeed()
  const save = async () => {
    const { name, text } = await session.exportFile()
    saveFile(name, 'application/json', text)
  }
  return (
    <button
      type="button"
      className="tool"
      title="Save this recording as a file that opens again anywhere"
      disabled={timeline.facts.length === 0}
      onClick={save}
    >
      <ExportIcon />
      <span>Export</span>
    </button>
  )
}

export function ImportButton() {
  const session = useSession()
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <button
        type="button"
        className="tool"
        title="Open a recording; dropping it on the panel does the same"
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
  const say = useNotice()
  const copy = async () => {
    const copied = await copyText(await session.report())
    say(copied ? 'Report copied' : 'The browser did not let the panel copy')
  }
  return (
    <button
      type="button"
      className="tool"
      title="Copy tree and problems as Markdown, for a bug report"
      disabled={timeline.facts.length === 0}
      onClick={copy}
    >
      <ReportIcon />
      <span>Copy report</span>
    </button>
  )
}
