// While somebody goes by keys, nothing lights up below a pointer that rests: rows pass under it, and none of them is meant. The style sheets
// read it from the root element.

import { useEffect } from 'react'

const KEYS = new Set(['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'PageUp', 'PageDown', 'Home', 'End'])

export function useKeysLead(): void {
  useEffect(() => {
    const { dataset } = document.documentElement
    let place = ''
    const key = (event: KeyboardEvent) => {
      if (KEYS.has(event.key)) dataset.led = 'by-keys'
    }
    // What is scrolled below it moves no pointer, though a browser may say so.
    const point = ({ screenX, screenY }: PointerEvent) => {
      const now = `${screenX} ${screenY}`
      if (now !== place) delete dataset.led
      place = now
    }
    addEventListener('keydown', key, true)
    addEventListener('pointermove', point, true)
    return () => {
      removeEventListener('keydown', key, true)
      removeEventListener('pointermove', point, true)
    }
  }, [])
}
