// Whether the tree leaves out what is over.

import { useSession, useSessionState } from '../session/hooks'

interface Props {
  /** Where a narrow panel has it, whose bar has no room. */
  inMenu?: boolean
}

export function EndedSwitch({ inMenu = false }: Props) {
  const session = useSession()
  const hideEnded = useSessionState((state) => state.hideEnded)
  return (
    <label
      className={inMenu ? 'where-narrow' : 'toggle where-wide'}
      title="Leave out contexts whose work is over and that nothing living hangs below"
    >
      <input type="checkbox" checked={hideEnded} onChange={(event) => session.hideEnded(event.target.checked)} />
      Hide ended
    </label>
  )
}
