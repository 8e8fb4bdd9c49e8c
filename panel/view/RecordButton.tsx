// Reloads the page with the recorder in front of its first script. Absent where only the page itself could do that.

import { useHost } from './host-context'
import { RecordIcon } from './icons'

export function RecordButton({ compact = false }: { compact?: boolean }) {
  const { reloadAndRecord } = useHost()
  if (reloadAndRecord === null) return null
  return (
    <button
      type="button"
      className={compact ? 'tool' : 'prominent'}
      title="Reload the page and record from its first script on"
      onClick={reloadAndRecord}
    >
      <RecordIcon />
      <span>Reload and record</span>
    </button>
  )
}
