// What a context holds: every variable with its value, where that came from, who set it, and whether the set can still be undone.

import { useId, useState } from 'react'
import type { ContextId } from '../../runtime/protocol'
import type { HeldRow } from '../model/selectors/details'
import { useFeed, usePageClock, useSessionState } from '../session/hooks'
import { assertUnreachable } from './assert-unreachable'
import { ContextLink } from './ContextLink'
import { MenuButton, useContextMenu } from './ContextMenu'
import { LiveValue } from './LiveValue'
import { PreviewValue } from './PreviewValue'
import { SourceLink } from './SourceLink'
import { VariableLink } from './VariableLink'
import { isHeld, useIsLive, useValueMenu } from './value-menu'
import { Why } from './Why'
import { duration, grouped, moment } from './words'

/** More than anybody reads at once; the rest comes when asked for. */
const AT_ONCE = 200

interface Props {
  context: ContextId
  rows: readonly HeldRow[]
  /** Only what is held now, as where nothing else was told or is at hand: no times and tokens of the sets, nothing that leads elsewhere. */
  brief?: boolean
}

export function ValueTable({ context, rows, brief = false }: Props) {
  const [limit, setLimit] = useState(AT_ONCE)
  const left = rows.length - limit
  return (
    <>
      <Table context={context} rows={left > 0 ? rows.slice(0, limit) : rows} brief={brief} />
      {left > 0 && (
        <button type="button" className="link pad" onClick={() => setLimit(limit + AT_ONCE)}>
          Show more ({grouped(left)} left)
        </button>
      )}
    </>
  )
}

function Table({ context, rows, brief = false }: Props) {
  return (
    <table className="values">
      <thead>
        <tr>
          <th scope="col">Variable</th>
          <th scope="col">Value</th>
          <th scope="col">From</th>
          <th scope="col">Set at</th>
          {!brief && (
            <>
              <th scope="col">When</th>
              <th scope="col">Token</th>
            </>
          )}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <ValueRow key={row.variable} context={context} row={row} brief={brief} />
        ))}
      </tbody>
    </table>
  )
}

function ValueRow({ context, row, brief }: { context: ContextId; row: HeldRow; brief: boolean }) {
  const [open, setOpen] = useState(false)
  const why = useId()
  const query = useSessionState((state) => state.query)
  const isLive = useIsLive() && isHeld(row)
  const menu = useValueMenu(context, row)
  const contents = () => menu([], row.value)
  const showMenu = useContextMenu(contents)
  return (
    <>
      <tr className={`from-${row.from}`} onContextMenu={brief ? undefined : showMenu}>
        <th scope="row">{brief ? row.name : <VariableLink variable={row.variable} name={row.name} query={query} />}</th>
        <td className="value-cell">
          {!brief && <MenuButton label={`What to do with ${row.name}`} contents={contents} />}
          {row.value &&
            (isLive && !brief ? (
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
        <td className="from">
          <Origin row={row} />
          {!brief && (
            <button
              type="button"
              className="why"
              aria-expanded={open}
              aria-controls={open ? why : undefined}
              aria-label={`why ${row.name} is so`}
              title="How this value came here"
              onClick={() => setOpen(!open)}
            >
              why
            </button>
          )}
        </td>
        <td>
          <SourceLink stack={row.stack} />
        </td>
        {!brief && (
          <>
            <td className="when">{row.at === null ? null : moment(row.at)}</td>
            <td>
              <TokenMark row={row} />
            </td>
          </>
        )}
      </tr>
      {open && (
        <tr id={why} className="opened">
          <td colSpan={6}>
            <Why context={context} variable={row.variable} />
          </td>
        </tr>
      )}
    </>
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
  const { world } = useFeed()
  const now = usePageClock()
  if (row.token === null) return null
  const { contexts, tokens } = world
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
