// The menu of a row of the tree: what may be taken along of its context. It follows the WAI-ARIA menu pattern, closes by Escape or a
// click elsewhere, and gives the focus back.

import { type KeyboardEvent, useLayoutEffect, useRef } from 'react'
import type { ContextId } from '../../runtime/protocol'
import { ContextName } from './ContextName'
import { copyForms, formNames, useCopyContext } from './CopyContext'

/** Where it was asked for. */
export interface MenuPlace {
  context: ContextId
  x: number
  y: number
}

export function RowMenu({ place, onClose }: { place: MenuPlace; onClose: () => void }) {
  const copy = useCopyContext()
  const menu = useRef<HTMLDivElement>(null)

  useLayoutEffect(() => {
    const { current: box } = menu
    if (box === null) return
    if (!box.matches(':popover-open')) box.showPopover()
    box.style.left = `${Math.max(Math.min(place.x, innerWidth - box.offsetWidth - 4), 0)}px`
    box.style.top = `${Math.max(Math.min(place.y, innerHeight - box.offsetHeight - 4), 0)}px`
    items(box)[0]?.focus()
  }, [place])

  const handleKey = (event: KeyboardEvent) => {
    // The tree must not hear it, nor DevTools, which would open its console by Escape.
    event.stopPropagation()
    const { current: box } = menu
    if (box === null) return
    if (event.key === 'Escape' || event.key === 'Tab') box.hidePopover()
    const all = items(box)
    const at = all.indexOf(document.activeElement as HTMLElement)
    const places: Record<string, number> = {
      ArrowDown: (at + 1) % all.length,
      ArrowUp: (at - 1 + all.length) % all.length,
      Home: 0,
      End: all.length - 1,
    }
    const to = places[event.key]
    if (to === undefined) return
    event.preventDefault()
    all[to]?.focus()
  }

  return (
    <div
      ref={menu}
      popover="auto"
      role="menu"
      tabIndex={-1}
      aria-label="Copy as"
      className="row-menu"
      onKeyDown={handleKey}
      onMouseDown={(event) => event.stopPropagation()}
      onToggle={({ newState }) => {
        if (newState === 'closed') onClose()
      }}
    >
      <p aria-hidden="true" className="quiet">
        Copy <ContextName context={place.context} /> as
      </p>
      {copyForms.map((form) => (
        <button
          key={form}
          type="button"
          role="menuitem"
          tabIndex={-1}
          onClick={() => {
            menu.current?.hidePopover()
            void copy(place.context, form)
          }}
        >
          {formNames[form]}
        </button>
      ))}
    </div>
  )
}

const items = (box: HTMLElement): HTMLElement[] => [...box.querySelectorAll<HTMLElement>('[role=menuitem]')]
