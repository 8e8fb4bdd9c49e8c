// What is selected beside what was pinned: another context, or the same at another moment. A sign says of each row what became of it,
// so that colour only repeats it.

import { useState } from 'react'
import type { ContextId, Seq } from '../../runtime/protocol'
import type { DifferenceRow } from '../model/selectors/difference'
import { contextLabel } from '../model/selectors/tree'
import type { World } from '../model/world'
import { useDifference, useFeed, useSelected, useSession, useSessionState } from '../session/hooks'
import { MomentLink } from './MomentLink'
import { VariableLink } from './VariableLink'
import { count, moment } from './words'

export function CompareButton() {
  const session = useSession()
  const isPinned = useSessionState((state) => state.pinned !== null)
  return (
    <button
      type="button"
      className="inline compare"
      title="Compare other contexts, or other moments, with this context as it is now"
      onClick={() => session.pin()}
    >
      {isPinned ? 'Compare with this' : 'Compare'}
    </button>
  )
}

export function Comparison() {
  const session = useSession()
  const pinned = useSessionState((state) => state.pinned)
  const selected = useSelected()
  const { world } = useFeed()
  const rows = useDifference()
  if (pinned === null || selected === null) return null
  const { past, context } = pinned
  return (
    <section className="comparison" aria-label="Comparison">
      <p className="sides">
        <span className="side from">
          <span className="sign" aria-hidden="true">
            −
          </span>
          <button type="button" className="link" title="Show it as it was then" onClick={() => session.showPinned()}>
            {nameOf(past.world, context)} at {moment(past.world.at)}
          </button>
        </span>
        {rows !== null && (
          <span className="side to">
            <span className="sign" aria-hidden="true">
              +
            </span>
            {nameOf(world, selected)} at <Here />
          </span>
        )}
        <button type="button" className="inline" onClick={() => session.unpin()}>
          Unpin
        </button>
      </p>
      {rows === null ? (
        <p className="quiet">Select another context, or look at another moment, to see what is different there.</p>
      ) : (
        <Differences rows={rows} />
      )}
    </section>
  )
}

/** The moment that is shown, which leads there to stay. */
function Here() {
  const { world } = useFeed()
  return world.seq === 0 ? 'the start' : <MomentLink seq={world.seq as Seq} at={world.at} />
}

function nameOf(world: World, context: ContextId): string {
  return `${contextLabel(world, context)} ${context}`
}

const SIGNS: Record<DifferenceRow['change'], [sign: string, heard: string]> = {
  added: ['+', 'added'],
  removed: ['−', 'removed'],
  changed: ['≠', 'changed'],
  same: ['=', 'same'],
}

function Differences({ rows }: { rows: readonly DifferenceRow[] }) {
  const [withSame, setWithSame] = useState(false)
  const same = rows.filter(({ change }) => change === 'same').length
  const shown = withSame ? rows : rows.filter(({ change }) => change !== 'same')
  return (
    <>
      {shown.length === 0 ? (
        <p className="quiet">{rows.length === 0 ? 'Neither holds anything.' : 'They hold the same.'}</p>
      ) : (
        <table className="differences">
          <caption className="heard-only">Differences</caption>
          <tbody>
            {shown.map((row) => (
              <Difference key={row.variable} row={row} />
            ))}
          </tbody>
        </table>
      )}
      {same > 0 && (
        <label className="toggle">
          <input type="checkbox" checked={withSame} onChange={(event) => setWithSame(event.target.checked)} />
          Show what is the same ({count(same, 'value')})
        </label>
      )}
    </>
  )
}

function Difference({ row: { variable, name, change, from, to } }: { row: DifferenceRow }) {
  const [sign, heard] = SIGNS[change]
  return (
    <tr className={change}>
      <td className="sign">
        <span aria-hidden="true">{sign}</span>
        <span className="heard-only">{heard}</span>
      </td>
      <th scope="row">
        <VariableLink variable={variable} name={name} />
      </th>
      <td>
        {from !== null && (change === 'same' ? <span className="value">{from.text}</span> : <del>{from.text}</del>)}
        {change === 'changed' && <span className="becomes"> ⇒ </span>}
        {to !== null && change !== 'same' && <ins>{to.text}</ins>}
      </td>
    </tr>
  )
}
