// Short words that come and go: `Report copied`. They are seen and, being a live region, heard.

import { createContext, type ReactNode, useCallback, useContext, useEffect, useState } from 'react'

const NoticeContext = createContext<(words: string) => void>(() => {})

/** Says something for a moment. */
export const useNotice = () => useContext(NoticeContext)

/** Milliseconds; a sentence is seen for as long as it takes to read. */
const SEEN_FOR = 2500
const FOR_A_CHARACTER = 60

export function Notices({ children }: { children: ReactNode }) {
  const [notice, setNotice] = useState<{ words: string } | null>(null)
  const say = useCallback((words: string) => setNotice({ words }), [])
  useEffect(() => {
    if (notice === null) return
    const timer = setTimeout(() => setNotice(null), Math.max(SEEN_FOR, FOR_A_CHARACTER * notice.words.length))
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
