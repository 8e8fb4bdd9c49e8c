// Reloads the page with the recorder in front of its first script, and turns to it. Absent where only the page itself could do
// that.

import { useSession, useSessionState } from '../session/hooks'
import { useHost } from './host-context'
import { RecordIcon } from './icons'

export function RecordButton({ compact = false }: { compact?: boolean }) {
  const { reloadAndRecord } = useHost()
  const session = useSession()
  const fileShown = useSessionState((state) => state.file !== null)
  if (reloadAndRecord === null) return null
  const record = () => {
    if (fileShown) session.closeFile()
    void reloadAndRecord()
  }
  return (
    <button
      type="button"
      className={compact ? 'tool' : 'prominent'}
      title="Reload the page and record from its first script on"
      onClick={record}
    >
      <RecordIcon />
      <span>Reload and record</span>
    </button>
  )
}
