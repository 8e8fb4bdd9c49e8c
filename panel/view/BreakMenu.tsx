// Where the page is to pause, all in one place: any refused reset, any lookup in vain, and for each variable what it pauses at.

import { type ReactNode, useId, useState } from 'react'
import type { BreakConditions } from '../../runtime/protocol'
import { countBreaks, type ErrorBreak, VARIABLE_BREAKS, type VariableBreak } from '../session/breaks'
import { useBreaks, useFeed, useSession, useSessionState, useVariableNames } from '../session/hooks'
import { BreakIcon } from './icons'
import { ToolMenu } from './ToolMenu'

/** With more of them, people look for one. */
const MANY = 8
/** Nobody looks through more. */
const MOST_ROWS = 200

export function BreakMenu() {
  const { chosen, on } = useBreaks()
  const many = countBreaks(chosen)
  return (
    <ToolMenu
      tool={
        <>
          <BreakIcon />
          <span>Break on</span>
          {many > 0 && <span className="tally">{on ? many : `${many}, off`}</span>}
        </>
      }
      title="Pause the page where a variable is set, reset or not found, or a token is refused"
      toolClass={many > 0 && on ? 'break-on on' : 'break-on'}
      label="Break on"
      menuClass="breaks"
    >
      {() => <Conditions />}
    </ToolMenu>
  )
}

const errorWords: Record<ErrorBreak, string> = {
  tokenError: 'any token error (a reset that is refused)',
  lookupError: 'any lookup error',
}
const ERRORS = Object.keys(errorWords) as ErrorBreak[]

export const breakWords: Record<VariableBreak, string> = {
  set: 'is set',
  reset: 'is reset',
  default: 'is read as default, or not found',
}

const columnWords: Record<VariableBreak, string> = { set: 'Set', reset: 'Reset', default: 'Read as default' }

function Conditions() {
  const { breaks } = useSession()
  const { chosen, on } = useBreaks()
  const isEmpty = countBreaks(chosen) === 0
  return (
    <>
      <label className="switch">
        <input type="checkbox" checked={on} onChange={(event) => breaks.switchOn(event.target.checked)} />
        Pause the page at what is chosen
      </label>
      <fieldset className={on ? 'errors' : 'errors off'}>
        <legend>Pause at</legend>
        {ERRORS.map((error) => (
          <label key={error}>
            <input type="checkbox" checked={chosen[error]} onChange={() => breaks.toggleError(error)} />
            {errorWords[error]}
          </label>
        ))}
      </fieldset>
      <Variables chosen={chosen} off={!on} />
      <p className="standing" aria-live="polite">
        <Standing />
      </p>
      <button type="button" className="inline" aria-disabled={isEmpty} onClick={() => breaks.clear()}>
        Remove all
      </button>
    </>
  )
}

function Variables({ chosen, off }: { chosen: BreakConditions; off: boolean }) {
  const known = useVariableNames()
  const [query, setQuery] = useState('')
  const id = useId()
  const picked = new Set(VARIABLE_BREAKS.flatMap((one) => chosen[one]))
  // What is waited for is listed also where the page does not have it, or not yet.
  const names = [...new Set([...known, ...picked])].sort()
  const wanted = query.toLowerCase()
  const found = names.filter((name) => name.toLowerCase().includes(wanted))
  if (names.length === 0) return <p className="quiet">This page has no variables yet.</p>
  return (
    <>
      {names.length > MANY && (
        <label className="find" htmlFor={id}>
          Variable
          <input id={id} type="search" value={query} onChange={(event) => setQuery(event.target.value)} />
        </label>
      )}
      <section className={off ? 'variables off' : 'variables'} aria-label="Variables to pause at">
        <table>
          <thead>
            <tr>
              <th scope="col">Pause when</th>
              {VARIABLE_BREAKS.map((one) => (
                <th key={one} scope="col">
                  {columnWords[one]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {found.slice(0, MOST_ROWS).map((name) => (
              <VariableRow key={name} name={name} chosen={chosen} />
            ))}
          </tbody>
        </table>
      </section>
      {found.length > MOST_ROWS && <p className="quiet">and {found.length - MOST_ROWS} more: type to find them.</p>}
      {found.length === 0 && <p className="quiet">No variable is called so.</p>}
    </>
  )
}

function VariableRow({ name, chosen }: { name: string; chosen: BreakConditions }) {
  const { breaks } = useSession()
  return (
    <tr>
      <th scope="row" title={name}>
        {name}
      </th>
      {VARIABLE_BREAKS.map((one) => (
        <td key={one}>
          <input
            type="checkbox"
            aria-label={`${name} ${breakWords[one]}`}
            checked={chosen[one].includes(name)}
            onChange={() => breaks.toggle(one, name)}
          />
        </td>
      ))}
    </tr>
  )
}

/** Whether the document that is shown does it. */
function Standing(): ReactNode {
  const { chosen, on } = useBreaks()
  const { breaks, link } = useFeed()
  const isFile = useSessionState((state) => state.file !== null)
  if (countBreaks(chosen) === 0)
    return 'The page pauses inside the runtime: your line is a little way down the call stack. It needs DevTools open.'
  if (!on) return 'Switched off: nothing pauses.'
  if (isFile) return 'A recording from a file is shown, which cannot pause. The page does.'
  if (link.state !== 'live') return 'Nothing is recorded now. The next page that is will pause.'
  if (breaks === null) return null
  return breaks.state === 'wanted' ? 'This page pauses there, workers excepted.' : `This does not pause: ${breaks.why}`
}
