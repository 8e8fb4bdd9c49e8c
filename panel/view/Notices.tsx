// Short words that come and go: `Report copied`. They are seen and, being a live region, heard.

import { createContext, type ReactNode, useCallback, useContext, useEffect, useState } from 'react'

const NoticeContext = createContext<(words: string) => void>(() => {})

/** Says something for a moment. */
export const useNotice = () => useContext(NoticeContext)

const SEEN_FOR = 2500

export function Notices({ children }: { children: ReactNode }) {
  const [notice, setNotice] = useState<{ words: string } | null>(null)
  const say = useCallback((words: string) => setNotice({ words }), [])
  useEffect(() => {
    if (notice === null) return
    const timer = setTimeout(() => setNotice(null), SEEN_FOR)
    return () => clearTimeout(timer)
  }, [notice])
  return (
    <NoticeContext value={say}>
      {children}
      <div className="notice" aria-live="polite">
        {notice?.words}
      </div>
    </NoticeContext>
  )
}
