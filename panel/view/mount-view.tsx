// Puts a view on a page, with what all views need around it. Returns what takes it away again.

import { type ReactNode, StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import type { Host } from '../host/host'
import { SessionProvider } from '../session/hooks'
import type { Session } from '../session/session'
import { ContextMenus } from './ContextMenu'
import { HostProvider } from './host-context'
import { Notices } from './Notices'

export function mount(element: Element, session: Session, host: Host, view: ReactNode): () => void {
  const root = createRoot(element)
  root.render(
    <StrictMode>
      <HostProvider value={host}>
        <SessionProvider value={session}>
          <Notices>
            <ContextMenus>{view}</ContextMenus>
          </Notices>
        </SessionProvider>
      </HostProvider>
    </StrictMode>,
  )
  return () => root.unmount()
}
