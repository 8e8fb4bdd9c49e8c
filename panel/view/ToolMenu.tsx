// A button of the toolbar, and what opens below it: a dialog that closes by Escape or a click elsewhere, and gives the focus back.

import { type KeyboardEvent, type ReactNode, useId, useRef } from 'react'

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
        onToggle={({ newState, target, currentTarget }) => {
          // React lets it rise from what opens and closes within.
          if (target !== currentTarget) return
          if (newState === 'open') onOpen?.()
          else onClose?.()
        }}
      >
        {children(() => menu.current?.hidePopover())}
      </div>
    </>
  )
}
