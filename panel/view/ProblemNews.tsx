// A word for those who cannot see when something new is found, whatever lies in the drawer.

import { useEffect, useRef, useState } from 'react'
import type { Finding } from '../model/finding'
import { useSessionState } from '../session/hooks'
import { newestFeed } from '../session/state'
import { count } from './words'

export function ProblemNews() {
  const { epoch, judgement } = useSessionState(newestFeed)
  return <Announcements key={epoch} findings={judgement.findings} />
}

function Announcements({ findings }: { findings: readonly Finding[] }) {
  const known = useRef<ReadonlySet<string> | null>(null)
  const [words, setWords] = useState('')
  useEffect(() => {
    const before = known.current
    known.current = new Set(findings.map(({ id }) => id))
    const fresh = findings.filter(({ id }) => !before?.has(id))
    if (fresh.length === 0) return
    const titles = fresh.slice(0, 3).map(({ title }) => title)
    setWords(`${count(fresh.length, 'new problem')}: ${titles.join('; ')}`)
  }, [findings])
  return (
    <div className="heard-only" aria-live="polite">
      {words}
    </div>
  )
}
