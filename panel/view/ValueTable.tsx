// What a context holds: every variable with its value, where that came from, who set it, and whether the set can still be undone.

import { useState } from 'react'
import type { ContextId } from '../../runtime/protocol'
import type { HeldRow } from '../model/selectors/details'
import { useFeed, usePageClock, useSessionState } from '../session/hooks'
import { assertUnreachable } from './assert-unreachable'
import { ContextLink } from './ContextLink'
import { MenuButton, useContextMenu } from './ContextMenu'
import { Highlighted } from './Highlighted'
import { LiveValue } from './LiveValue'
import { PreviewValue } from './PreviewValue'
import { SourceLink } from './SourceLink'
import { isHeld, useIsLive, useValueMenu } from './value-menu'
import { duration, moment } from './words'

/** More than anybody reads at once; the rest comes when asked for. */
const AT_ONCE = 200

interface Props {
  context: ContextId
  rows: readonly HeldRow[]
}

export function ValueTable({ context, rows }: Props) {
  const [limit, setLimit] = useState(AT_ONCE)
  const left = rows.length - limit
  return (
    <>
      <Table context={context} rows={left > 0 ? rows.slice(0, limit) : rows} />
      {left > 0 && (
        <button type="button" className="link pad" onClick={() => setLimit(limit + AT_ONCE)}>
          Show more ({left.toLocaleString('en')} left)
        </button>
      )}
    </>
  )
}

function Table({ context, rows }: Props) {
  return (
    <table className="values">
      <thead>
        <tr>
          <th scope="col">Variable</th>
          <th scope="col">Value</th>
          <th scope="col">From</th>
          <th scope="col">Set at</th>
          <th scope="col">When</th>
          <th scope="col">Token</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <ValueRow key={row.variable} context={context} row={row} />
        ))}
      </tbody>
    </table>
  )
}

function ValueRow({ context, row }: { context: ContextId; row: HeldRow }) {
  const query = useSessionState((state) => state.query)
  const isLive = useIsLive() && isHeld(row)
  const menu = useValueMenu(context, row)
  const contents = () => menu([], row.value)
  const showMenu = useContextMenu(contents)
  return (
    <tr className={`from-${row.from}`} onContextMenu={showMenu}>
      <th scope="row" title={row.name}>
        <Highlighted text={row.name} query={query} />
      </th>
      <td className="value-cell">
        <MenuButton label={`What to do with ${row.name}`} contents={contents} />
        {row.value &&
          (isLive ? (
            <LiveValue context={context} row={row} value={row.value} query={query} />
          ) : (
            <PreviewValue value={row.value} query={query} />
          ))}
        {row.changed && (
          <div className="was">
            was <span className="value">{row.changed.from.text}</span>
          </div>
        )}
      </td>
      <td>
        <Origin row={row} />
      </td>
      <td>
        <SourceLink stack={row.stack} />
      </td>
      <td className="when">{row.at === null ? null : moment(row.at)}</td>
      <td>
        <TokenMark row={row} />
      </td>
    </tr>
  )
}

function Origin({ row }: { row: HeldRow }) {
  switch (row.from) {
    case 'own':
      return <span className="origin own">own</span>
    case 'inherited':
      return (
        <span className="origin">
          inherited{' '}
          {row.setIn !== null && (
            <>
              from <ContextLink context={row.setIn} />
            </>
          )}
        </span>
      )
    case 'default':
      return <span className="origin">default</span>
    case 'unset':
      return <span className="origin unset">unset</span>
    default:
      return assertUnreachable(row.from)
  }
}

function TokenMark({ row }: { row: HeldRow }) {
  const { timeline } = useFeed()
  const now = usePageClock()
  if (row.token === null) return null
  const { contexts, tokens } = timeline.head
  const made = tokens.get(row.token.id)?.madeAt ?? row.at ?? now
  switch (row.token.state) {
    case 'open':
      return (
        <span className="badge" title="Nobody has reset this set yet">
          open {duration(now - made)}
        </span>
      )
    case 'used':
      return <span className="quiet">reset</span>
    case 'lost': {
      const stays = row.setIn !== null && contexts.get(row.setIn)?.state === 'alive'
      return (
        <span
          className={stays ? 'badge lost' : 'badge'}
          title="The token was collected unused: nobody can reset this set any more"
        >
          lost
        </span>
      )
    }
    default:
      return assertUnreachable(row.token.state)
  }
}
