// Says of a problem that it is none, and why: it is counted apart from then on, and so is whatever else is found in its line.

import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import type { Finding } from '../model/finding'
import { placeText } from '../model/selectors/frames'
import { useFeed, useSession } from '../session/hooks'

/** A sentence, no more. */
const LONGEST_REASON = 200

export function MuteForm({ finding, onMute }: { finding: Finding; onMute: () => void }) {
  const session = useSession()
  const { world } = useFeed()
  const id = useId()
  const [open, setOpen] = useState<boolean | null>(null)
  const [reason, setReason] = useState('')
  const field = useRef<HTMLInputElement>(null)
  const button = useRef<HTMLButtonElement>(null)
  // The focus goes along, to the field and back.
  useEffect(() => {
    if (open !== null) (open ? field : button).current?.focus()
  }, [open])
  if (open !== true) {
    return (
      <button
        ref={button}
        type="button"
        className="link mute"
        title="Count this apart from now on"
        onClick={() => setOpen(true)}
      >
        Mute…
      </button>
    )
  }
  /** DevTools would take Escape for itself, and open its console. */
  const leave = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return
    event.stopPropagation()
    setOpen(false)
  }
  const place = placeText(world.stacks, finding.stack)
  return (
    <form
      className="mute-form"
      onKeyDown={leave}
      onSubmit={(event) => {
        event.preventDefault()
        session.mute(finding, reason)
        onMute()
      }}
    >
      <label htmlFor={id}>Why is this no problem{place === null ? '' : ` at ${place}`}?</label>
      <input
        ref={field}
        id={id}
        type="text"
        value={reason}
        maxLength={LONGEST_REASON}
        onChange={(event) => setReason(event.target.value)}
      />
      <button type="submit" className="inline">
        Mute
      </button>
      <button type="button" className="link" onClick={() => setOpen(false)}>
        Cancel
      </button>
    </form>
  )
}
