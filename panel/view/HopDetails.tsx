// How one context came from another, beside the lanes: both of them, when that was and by what, what went along, and where in the code.

import { type KeyboardEvent, useMemo } from 'react'
import type { ContextId } from '../../runtime/protocol'
import { hopTo } from '../model/selectors/hops'
import { contextLabel } from '../model/selectors/tree'
import { useSessionState } from '../session/hooks'
import { newestFeed } from '../session/state'
import { isNamed } from './ContextName'
import { FactLink } from './FactLink'
import { CloseIcon, KindIcon } from './icons'
import { MomentLink } from './MomentLink'
import { Stack } from './Stack'
import { grouped, listed } from './words'

/** Variables that are named; the others are counted. */
const NAMED = 8

interface Props {
  context: ContextId
  /** Turns to a context, and to a moment at which it is there. */
  onTurn: (context: ContextId) => void
  onClose: () => void
}

export function HopDetails({ context, onTurn, onClose }: Props) {
  const { timeline, version } = useSessionState(newestFeed)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the timeline grows in place, its version says when
  const hop = useMemo(() => hopTo(timeline, context), [timeline, version, context])
  const leave = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return
    // DevTools would take it for itself.
    event.stopPropagation()
    event.preventDefault()
    onClose()
  }
  return (
    <section className="hop" aria-label="Hop" onKeyDown={leave}>
      <header>
        <h3 aria-live="polite">
          <Name context={context} onTurn={onTurn} />{' '}
          {hop === null ? (
            'was copied from no other context'
          ) : (
            <>
              was copied from <Name context={hop.from} onTurn={onTurn} />
            </>
          )}
        </h3>
        <button type="button" className="icon-button" title="Close (Escape)" onClick={onClose}>
          <CloseIcon />
          <span className="heard-only">Close</span>
        </button>
      </header>
      {hop !== null && (
        <>
          <dl className="origins">
            {hop.api !== null && (
              <div>
                <dt>By</dt>
                <dd>
                  <code>{hop.api}</code>
                </dd>
              </div>
            )}
            <div>
              <dt>{hop.madeAfter === null ? 'When' : 'First told'}</dt>
              <dd>{hop.told === null ? 'before what is recorded' : <MomentLink {...hop.told} />}</dd>
            </div>
            {hop.madeAfter !== null && (
              <div>
                <dt title="It was told when it first did something">Copied after fact</dt>
                <dd>
                  <FactLink seq={hop.madeAfter} />
                </dd>
              </div>
            )}
            <div>
              <dt>Took along</dt>
              <dd>{tookWords(hop.took)}</dd>
            </div>
          </dl>
          <Stack stack={hop.stack} />
        </>
      )}
    </section>
  )
}

function tookWords(took: readonly string[]): string {
  if (took.length === 0) return 'no value'
  const left = took.length - NAMED
  return listed(left > 1 ? [...took.slice(0, NAMED), `${grouped(left)} more`] : took)
}

/** As it is called now: at the moment that is looked back at, it may not have begun. */
function Name({ context, onTurn }: Pick<Props, 'context' | 'onTurn'>) {
  const { timeline } = useSessionState(newestFeed)
  const world = timeline.head
  const kind = world.contexts.get(context)?.kind ?? 'unknown'
  return (
    <button type="button" className="link context-link" onClick={() => onTurn(context)}>
      <KindIcon kind={kind} />
      <span>
        {contextLabel(world, context)}
        {!isNamed(kind) && <span className="number"> {context}</span>}
      </span>
    </button>
  )
}
