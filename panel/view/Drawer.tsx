// Below tree and details: one part at a time, each behind its tab. Tabs follow the WAI-ARIA pattern: one stop for the Tab key, arrows
// go from one to the next.

import { type KeyboardEvent, type ReactNode, useId, useRef } from 'react'
import type { FactList } from '../model/selectors/fact-list'
import { useSession, useSessionState } from '../session/hooks'
import type { Drawer as Name } from '../session/state'
import { Events } from './Events'
import { Lanes } from './Lanes'
import { AllProblemCounts, Problems } from './Problems'
import { Variables } from './Variables'

export const drawerNames: Record<Name, string> = {
  problems: 'Problems',
  events: 'Events',
  lanes: 'Lanes',
  variables: 'Variables',
}
const order = Object.keys(drawerNames) as Name[]

export function Drawer({ list }: { list: FactList }) {
  const open = useSessionState(({ drawer }) => drawer)
  const id = useId()
  const contents: Record<Name, () => ReactNode> = {
    problems: () => <Problems />,
    events: () => <Events list={list} />,
    lanes: () => <Lanes />,
    variables: () => <Variables />,
  }
  return (
    <section className="drawer" aria-label={drawerNames[open]}>
      <Tabs id={id} open={open} />
      <div id={`${id}panel`} role="tabpanel" aria-labelledby={`${id}${open}`} className={`drawer-body ${open}`}>
        {contents[open]()}
      </div>
    </section>
  )
}

function Tabs({ id, open }: { id: string; open: Name }) {
  const session = useSession()
  const tabs = useRef<HTMLDivElement>(null)

  const handleKey = (event: KeyboardEvent) => {
    // With others they go through time.
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return
    const at = order.indexOf(open)
    const places: Record<string, number> = {
      ArrowRight: (at + 1) % order.length,
      ArrowLeft: (at - 1 + order.length) % order.length,
      Home: 0,
      End: order.length - 1,
    }
    const next = order[places[event.key] ?? -1]
    if (next === undefined) return
    event.preventDefault()
    session.openDrawer(next)
    tabs.current?.querySelector<HTMLElement>(`[data-drawer="${next}"]`)?.focus()
  }

  return (
    <div ref={tabs} role="tablist" aria-label="Drawer" className="part-head tabs" onKeyDown={handleKey}>
      {order.map((name) => (
        <button
          key={name}
          type="button"
          role="tab"
          id={`${id}${name}`}
          data-drawer={name}
          aria-selected={name === open}
          aria-controls={name === open ? `${id}panel` : undefined}
          tabIndex={name === open ? 0 : -1}
          onClick={() => session.openDrawer(name)}
        >
          {drawerNames[name]}
          {name === 'problems' && <AllProblemCounts />}
        </button>
      ))}
    </div>
  )
}
