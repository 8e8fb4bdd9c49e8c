// The whole panel takes files: a recording that is dropped on it opens.

import { type DragEvent, type ReactNode, useState } from 'react'
import { useSession } from '../session/hooks'

export function FileDrop({ children }: { children: ReactNode }) {
  const session = useSession()
  const [over, setOver] = useState(false)

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
