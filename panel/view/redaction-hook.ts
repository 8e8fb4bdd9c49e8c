// What a person wants taken out of exports, as they typed it: kept from one export to the next.

import { useState } from 'react'
import { parseRules, type RedactionText } from '../session/export'
import { useHost } from './host-context'

export function useRedactionText(): [RedactionText, (text: RedactionText) => void] {
  const { redaction } = useHost()
  const [text, setText] = useState(() => parseRules(redaction.read()))
  const change = (next: RedactionText) => {
    setText(next)
    redaction.write(JSON.stringify(next))
  }
  return [text, change]
}
