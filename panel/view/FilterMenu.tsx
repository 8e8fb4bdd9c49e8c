// What the tree leaves out: callbacks, contexts that do not hold a variable, and what is over. The button says how many filters are on.

import { useMemo } from 'react'
import { untracedIn } from '../model/selectors/untraced'
import { useFeed, useSession, useSessionState } from '../session/hooks'
import { filtersOn, NO_FILTERS } from '../session/state'
import { EndedSwitch } from './EndedSwitch'
import { FilterIcon } from './icons'
import { ToolMenu } from './ToolMenu'

/** More than anybody picks from. */
const MOST_NAMES = 500

export function FilterMenu() {
  const session = useSession()
  const filters = useSessionState((state) => state.filters)
  const hideEnded = useSessionState((state) => state.hideEnded)
  const on = filtersOn(filters) + Number(hideEnded)
  const clear = () => {
    session.filter(NO_FILTERS)
    session.hideEnded(false)
  }
  return (
    <ToolMenu
      tool={
        <>
          <FilterIcon />
          {on === 0 ? (
            <span>Filter</span>
          ) : (
            <b>
              {on}
              <span>{on === 1 ? ' filter' : ' filters'}</span>
            </b>
          )}
        </>
      }
      title="Which contexts the tree shows"
      toolClass={on === 0 ? 'filters' : 'filters on'}
      label="Filters of the tree"
      menuClass="tree-filters"
    >
      {() => (
        <>
          <EndedSwitch inMenu />
          <label>
            <input
              type="checkbox"
              checked={filters.hideCallbacks}
              onChange={(event) => session.filter({ hideCallbacks: event.target.checked })}
            />
            Hide callbacks
          </label>
          <UntracedChoice />
          <HoldsChoice />
          <button type="button" className="inline" aria-disabled={on === 0} onClick={clear}>
            Clear filters
          </button>
        </>
      )}
    </ToolMenu>
  )
}

/** Only where there is such work. */
function UntracedChoice() {
  const session = useSession()
  const { world } = useFeed()
  const { hideUntraced } = useSessionState((state) => state.filters)
  if (untracedIn(world) === null) return null
  return (
    <label title="OpenTelemetry’s exporters send spans in contexts that they keep out of the traces">
      <input
        type="checkbox"
        checked={hideUntraced}
        onChange={(event) => session.filter({ hideUntraced: event.target.checked })}
      />
      Hide exports of traces
    </label>
  )
}

function HoldsChoice() {
  const session = useSession()
  const { world, version } = useFeed()
  const { holds } = useSessionState((state) => state.filters)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the world is edited in place, its version says when
  const names = useMemo(() => {
    const known = new Set<string>(holds === null ? [] : [holds])
    for (const { name } of world.variables.values()) {
      if (known.size === MOST_NAMES) break
      known.add(name)
    }
    return [...known].sort()
  }, [world, version, holds])
  return (
    <label className="holds">
      Only contexts that hold
      <select
        value={holds === null ? '' : `=${holds}`}
        onChange={({ target }) => session.filter({ holds: target.value === '' ? null : target.value.slice(1) })}
      >
        <option value="">anything or nothing</option>
        {names.map((name) => (
          <option key={name} value={`=${name}`}>
            {name}
          </option>
        ))}
      </select>
    </label>
  )
}
