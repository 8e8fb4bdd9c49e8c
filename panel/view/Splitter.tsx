// The line between two parts, which the mouse and the arrow keys move. It sets a custom property on its parent, in percent, and
// remembers it.

import { type KeyboardEvent, type PointerEvent, useLayoutEffect, useRef, useState } from 'react'
import { readSetting, writeSetting } from '../host/settings'

interface Props {
  /** Names the setting and, with `--` before it, the custom property. */
  name: string
  label: string
  /** Which way the parts lie: side by side, or one above the other. */
  parts: 'beside' | 'stacked'
  /** The share of the part that the line belongs to, measured from the start or the end of the parent. */
  from: 'start' | 'end'
  initial: number
}

const LEAST = 10
const MOST = 90

export function Splitter({ name, label, parts, from, initial }: Props) {
  const line = useRef<HTMLDivElement>(null)
  const [share, setShare] = useState(() => Number(readSetting(name)) || initial)

  useLayoutEffect(() => {
    line.current?.parentElement?.style.setProperty(`--${name}`, `${share}%`)
  }, [name, share])

  const move = (to: number) => {
    const next = Math.round(Math.min(Math.max(to, LEAST), MOST) * 10) / 10
    setShare(next)
    writeSetting(name, String(next))
  }

  const drag = (event: PointerEvent<HTMLDivElement>) => {
    const parent = line.current?.parentElement
    if (!parent || !event.currentTarget.hasPointerCapture(event.pointerId)) return
    const { left, top, width, height } = parent.getBoundingClientRect()
    const at = parts === 'beside' ? (event.clientX - left) / width : (event.clientY - top) / height
    move(100 * (from === 'start' ? at : 1 - at))
  }

  const handleKey = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return
    const forward = from === 'start' ? 2 : -2
    const steps: Record<string, number> =
      parts === 'beside' ? { ArrowLeft: -forward, ArrowRight: forward } : { ArrowUp: -forward, ArrowDown: forward }
    const step = steps[event.key]
    if (step === undefined) return
    event.preventDefault()
    move(share + step)
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: an <hr> cannot be moved
    <div
      ref={line}
      role="separator"
      tabIndex={0}
      aria-label={label}
      aria-orientation={parts === 'beside' ? 'vertical' : 'horizontal'}
      aria-valuenow={Math.round(share)}
      aria-valuemin={LEAST}
      aria-valuemax={MOST}
      className={`splitter ${parts} ${name}`}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={drag}
      onKeyDown={handleKey}
    />
  )
}
