// A row of tools within a part: one stop of the Tab key, at the tool that had the focus last, and arrows go on to the next, after the
// WAI-ARIA toolbar pattern.

import { type FocusEvent, type KeyboardEvent, type ReactNode, useLayoutEffect, useRef } from 'react'

interface Props {
  label: string
  className: string
  children: ReactNode
}

export function ToolRow({ label, className, children }: Props) {
  const row = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const tools = toolsOf(row.current)
    if (tools.filter(({ tabIndex }) => tabIndex === 0).length !== 1) stopAt(tools[0], tools)
  })

  const move = (event: KeyboardEvent<HTMLElement>) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return
    const tools = toolsOf(row.current)
    const at = tools.indexOf(event.target as HTMLElement)
    const places: Record<string, number> = {
      ArrowRight: (at + 1) % tools.length,
      ArrowLeft: (at - 1 + tools.length) % tools.length,
      Home: 0,
      End: tools.length - 1,
    }
    const to = tools[places[event.key] ?? -1]
    if (at < 0 || to === undefined) return
    event.preventDefault()
    to.focus()
  }

  return (
    <div
      ref={row}
      role="toolbar"
      aria-label={label}
      className={className}
      onKeyDown={move}
      onFocus={({ target }: FocusEvent<HTMLElement>) => stopAt(target, toolsOf(row.current))}
    >
      {children}
    </div>
  )
}

const toolsOf = (row: HTMLElement | null): HTMLElement[] => [
  ...(row?.querySelectorAll<HTMLElement>('button, input') ?? []),
]

function stopAt(stop: HTMLElement | undefined, tools: readonly HTMLElement[]): void {
  for (const tool of tools) tool.tabIndex = tool === stop ? 0 : -1
}
