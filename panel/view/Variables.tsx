// Every variable of the page: where it was made, how many contexts hold it, and who set it last. Opened, it tells the contexts, and
// every set and reset; each leads to its moment.

import { type ReactNode, useEffect, useId, useMemo, useRef, useState } from 'react'
import type { VariableRow } from '../model/selectors/variables'
import { holdersOf, writesOf } from '../model/selectors/variables'
import { type Variables as Shown, useFeed, useSession, useSessionState, useVariables } from '../session/hooks'
import { ContextLink } from './ContextLink'
import { Twisty } from './icons'
import { MomentLink } from './MomentLink'
import { PreviewValue } from './PreviewValue'
import { SourceLink } from './SourceLink'
import { count, grouped } from './words'

/** More than anybody reads at once; the rest comes when asked for. */
const AT_ONCE = 100

export function Variables() {
  const variables = useVariables()
  const open = useSessionState((state) => state.variable)
  const [limit, setLimit] = useState(AT_ONCE)
  const { rows } = variables
  const openAt = open === null ? -1 : rows.findIndex((row) => row.variables.includes(open))
  const most = Math.max(limit, openAt + 1)
  if (rows.length === 0) return <p className="quiet pad">The page has made no variable.</p>
  return (
    <div className="variables">
      <table className="values">
        <thead>
          <tr>
            <th scope="col">Variable</th>
            <th scope="col">Last set</th>
            <th scope="col">Held by</th>
            <th scope="col">Default</th>
            <th scope="col">Made at</th>
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, most).map((row, index) => (
            <Variable key={row.variables[0]} row={row} open={index === openAt} variables={variables} />
          ))}
        </tbody>
      </table>
      <More left={rows.length - most} onMore={() => setLimit(most + AT_ONCE)} />
    </div>
  )
}

interface Props {
  row: VariableRow
  variables: Shown
}

function Variable({ row, open, variables }: Props & { open: boolean }) {
  const session = useSession()
  const body = useId()
  const head = useRef<HTMLTableRowElement>(null)
  useEffect(() => {
    if (open) head.current?.scrollIntoView({ block: 'nearest' })
  }, [open])
  const { name, lastSet, own, holders, stack } = row
  const many = row.variables.length
  return (
    <>
      <tr ref={head}>
        <th scope="row">
          <button
            type="button"
            className="expander"
            aria-expanded={open}
            aria-controls={open ? body : undefined}
            onClick={() => session.openVariable(open ? null : (row.variables.at(-1) ?? null))}
          >
            <Twisty open={open} />
            {name}
          </button>
        </th>
        <td className="value-cell">
          {lastSet === null ? <span className="quiet">not set</span> : <Write fact={lastSet} />}
        </td>
        <td className="held-by">
          {count(holders, 'context')}
          {own > 0 && <span className="quiet">, {grouped(own)} own</span>}
        </td>
        <td className="default">{row.default !== null && <PreviewValue value={row.default} />}</td>
        <td className="made-at">
          <SourceLink stack={stack} />
          {many > 1 && <span className="badge">made {grouped(many)} times</span>}
        </td>
      </tr>
      {open && (
        <tr id={body} className="opened">
          <td colSpan={5}>
            <Opened row={row} variables={variables} />
          </td>
        </tr>
      )}
    </>
  )
}

function Opened({ row, variables: { history } }: Props) {
  const { world, version } = useFeed()
  const [mostHolders, setMostHolders] = useState(AT_ONCE)
  const [mostWrites, setMostWrites] = useState(AT_ONCE)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the world is edited in place, its version says when
  const holders = useMemo(() => holdersOf(world, row.variables), [world, version, row])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the world is edited in place, its version says when
  const writes = useMemo(
    () => writesOf(world, history, row.variables, mostWrites + 1),
    [world, version, history, row, mostWrites],
  )
  return (
    <div className="variable-body">
      <Part title="Who holds it" empty="No context holds a value." items={holders.length}>
        <ul className="holders">
          {holders.slice(0, mostHolders).map(({ context, variable, isOwn }) => {
            const value = world.contexts.get(context)?.holdings.get(variable)?.value
            return (
              <li key={`${context} ${variable}`}>
                <ContextLink context={context} />
                <span className={isOwn ? 'origin own' : 'origin'}>{isOwn ? 'own' : 'inherited'}</span>
                {value !== undefined && <span className={`value value-${value.kind}`}>{value.text}</span>}
              </li>
            )
          })}
        </ul>
        <More left={holders.length - mostHolders} onMore={() => setMostHolders(mostHolders + AT_ONCE)} />
      </Part>
      <Part title="What was done to it, newest first" empty="Nobody set it, as far as is known." items={writes.length}>
        <ol className="writes">
          {writes.slice(0, mostWrites).map((fact) => (
            <li key={fact.seq}>
              <Write fact={fact} />
            </li>
          ))}
        </ol>
        <More left={writes.length - mostWrites} onMore={() => setMostWrites(mostWrites + AT_ONCE)} uncounted />
      </Part>
    </div>
  )
}

function Part({ title, empty, items, children }: { title: string; empty: string; items: number; children: ReactNode }) {
  const id = useId()
  return (
    <section aria-labelledby={id}>
      <h3 id={id}>{title}</h3>
      {items === 0 ? <p className="quiet">{empty}</p> : children}
    </section>
  )
}

/** `12.4 ms  "ada"  in task Alice  app.js:3:1`, each a way to where it leads. */
function Write({ fact }: { fact: NonNullable<VariableRow['lastSet']> | ReturnType<typeof writesOf>[number] }) {
  const { world } = useFeed()
  const { context, value, seq, at, stack, type } = fact
  return (
    <span className="write">
      <MomentLink seq={seq} at={at} />
      {type === 'var-reset' && <span className="quiet">reset to</span>}
      {value === null ? (
        <span className="value value-undefined">unset</span>
      ) : (
        <span className={`value value-${value.kind}`}>{value.text}</span>
      )}
      <span className="where">
        in {world.contexts.has(context) ? <ContextLink context={context} /> : `context ${context}`}
      </span>
      <SourceLink stack={stack} />
    </span>
  )
}

/** `uncounted`: that there is more is known, and not how much. */
function More({ left, onMore, uncounted = false }: { left: number; onMore: () => void; uncounted?: boolean }) {
  if (left <= 0) return null
  return (
    <button type="button" className="link pad" onClick={onMore}>
      Show more{uncounted ? '' : ` (${grouped(left)} left)`}
    </button>
  )
}
