// Reloads the page with the recorder in front of its first script, and turns to it. Absent where only the page itself could do
// that.

import { useSession } from '../session/hooks'
import { useHost } from './host-context'
import { RecordIcon } from './icons'

export function RecordButton({ compact = false }: { compact?: boolean }) {
  const { reloadAndRecord } = useHost()
  const session = useSession()
  if (reloadAndRecord === null) return null
  const record = () => {
    session.followReload()
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
