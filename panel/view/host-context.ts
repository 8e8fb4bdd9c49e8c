// The place the panel runs in, for the few views that act on it.

import { createContext, useContext } from 'react'
import type { Host } from '../host/host'

const HostContext = createContext<Host | null>(null)
export const HostProvider = HostContext.Provider

export function useHost(): Host {
  const host = useContext(HostContext)
  if (host === null) throw new Error('useHost is called below a HostProvider')
  return host
}
