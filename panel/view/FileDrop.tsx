// The whole panel takes files: a recording that is dropped on it opens, and one that is pasted, be it a file or its text.

import { type DragEvent, type ReactNode, useEffect, useState } from 'react'
import { useSession } from '../session/hooks'

export function FileDrop({ children }: { children: ReactNode }) {
  const session = useSession()
  const [over, setOver] = useState(false)

  useEffect(() => {
    const paste = (event: ClipboardEvent) => {
      // Who pastes into a field means the field.
      if (event.target instanceof HTMLElement && event.target.matches('input, textarea')) return
      const file = event.clipboardData?.files[0]
      const text = event.clipboardData?.getData('text/plain').trim() ?? ''
      if (file === undefined && text === '') return
      event.preventDefault()
      void session.openFile(file ?? new File([text], 'What was pasted'))
    }
    document.addEventListener('paste', paste)
    return () => document.removeEventListener('paste', paste)
  }, [session])

  const carriesFile = (event: DragEvent) => event.dataTransfer.types.includes('Files')
  const hover = (event: DragEvent) => {
    if (!carriesFile(event)) return
    event.preventDefault()
    setOver(true)
  }
  const leave = (event: DragEvent<HTMLElement>) => {
    const towards = event.relatedTarget
    if (!(towards instanceof Node && event.currentTarget.contains(towards))) setOver(false)
  }
  const drop = (event: DragEvent) => {
    setOver(false)
    const file = event.dataTransfer.files[0]
    if (!file) return
    event.preventDefault()
    void session.openFile(file)
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a way of the mouse; the keyboard has the Import button
    <div className="panel" onDragEnter={hover} onDragOver={hover} onDragLeave={leave} onDrop={drop}>
      {children}
      {over && <div className="drop-here">Drop the recording to open it</div>}
    </div>
  )
}
