// A button of the toolbar, and what opens below it: a dialog that closes by Escape or a click elsewhere, and gives the focus back. What it
// holds is not made before somebody opens it.

import { type KeyboardEvent, type ReactNode, useId, useRef, useState } from 'react'
import { flushSync } from 'react-dom'

interface Props {
  /** The button: its name, what else it says to a pointer, and its looks. */
  tool: ReactNode
  title: string
  toolClass: string
  /** The dialog: its name, and its looks. */
  label: string
  menuClass: string
  disabled?: boolean
  onOpen?: () => void
  onClose?: () => void
  /** What it holds, which may close it. */
  children: (close: () => void) => ReactNode
}

export function ToolMenu({ tool, title, toolClass, label, menuClass, disabled, onOpen, onClose, children }: Props) {
  const id = useId()
  const menu = useRef<HTMLDivElement>(null)
  const [wasOpened, setOpened] = useState(false)
  /** DevTools would take Escape for itself, and open its console. */
  const leave = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !menu.current?.matches(':popover-open')) return
    event.stopPropagation()
    menu.current.hidePopover()
  }
  return (
    <>
      <button
        type="button"
        className={`tool ${toolClass}`}
        popoverTarget={id}
        onKeyDown={leave}
        title={title}
        disabled={disabled}
      >
        {tool}
      </button>
      <div
        ref={menu}
        id={id}
        popover="auto"
        role="dialog"
        aria-label={label}
        className={`menu ${menuClass}`}
        onKeyDown={leave}
        // Before it opens, so that the very next press of the Tab key finds what it holds. React lets both rise from what opens within.
        onBeforeToggle={({ newState, target, currentTarget }) => {
          if (newState !== 'open' || target !== currentTarget) return
          flushSync(() => setOpened(true))
          onOpen?.()
        }}
        onToggle={({ newState, target, currentTarget }) => {
          if (newState === 'closed' && target === currentTarget) onClose?.()
        }}
      >
        {wasOpened && children(() => menu.current?.hidePopover())}
      </div>
    </>
  )
}
