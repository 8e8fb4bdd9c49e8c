// In a narrow panel one part is on the screen at a time: these buttons say which. A wide panel shows all and hides them.

import { useSelected, useSession, useSessionState } from '../session/hooks'
import type { Part } from '../session/state'
import { ContextName } from './ContextName'
import { drawerNames } from './Drawer'
import { AllProblemCounts } from './Problems'

const order: readonly Part[] = ['contexts', 'details', 'drawer']

export function PartSwitch() {
  const session = useSession()
  const shown = useSessionState((state) => state.part)
  const selected = useSelected()
  const drawer = useSessionState((state) => state.drawer)
  const names: Record<Part, string> = { contexts: 'Contexts', details: 'Details', drawer: drawerNames[drawer] }
  return (
    <nav className="part-switch" aria-label="Parts of the panel">
      {order.map((part) => (
        <button key={part} type="button" aria-pressed={part === shown} onClick={() => session.show(part)}>
          {names[part]}
          {part === 'details' && selected !== null && (
            <span className="part-about">
              <ContextName context={selected} />
            </span>
          )}
          {part === 'drawer' && <AllProblemCounts />}
        </button>
      ))}
    </nav>
  )
}
