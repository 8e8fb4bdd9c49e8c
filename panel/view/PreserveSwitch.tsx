// Whether what a page told is kept when it is reloaded or goes elsewhere, as the Network panel has it. It is found again as it was left.

import { useEffect } from 'react'
import { readSetting, writeSetting } from '../host/settings'
import { useSession, useSessionState } from '../session/hooks'

const SETTING = 'preserve-log'

interface Props {
  /** Where a narrow panel has it, whose bar has no room. */
  inMenu?: boolean
}

export function PreserveSwitch({ inMenu = false }: Props) {
  const session = useSession()
  const preserve = useSessionState((state) => state.preserve)
  useEffect(() => session.preserve(readSetting(SETTING) === 'on'), [session])
  const change = (keep: boolean) => {
    writeSetting(SETTING, keep ? 'on' : 'off')
    session.preserve(keep)
  }
  return (
    <label
      className={inMenu ? 'where-narrow' : 'toggle where-wide'}
      title="Keep what a page told when it is reloaded or goes elsewhere, as a root of its own"
    >
      <input type="checkbox" checked={preserve} onChange={(event) => change(event.target.checked)} />
      Preserve log
    </label>
  )
}
