// The bar at the top: record, once or always, search, what a person takes along, and how pages are recorded.

import { memo } from 'react'
import { useSessionState } from '../session/hooks'
import type { Rows } from '../session/rows'
import { beganLate } from '../session/state'
import { BreakMenu } from './BreakMenu'
import { EndedSwitch } from './EndedSwitch'
import { ExportMenu } from './ExportMenu'
import { ImportButton, ReportButton } from './FileButtons'
import { FilterMenu } from './FilterMenu'
import { useHost } from './host-context'
import { PreserveSwitch } from './PreserveSwitch'
import { RecordButton } from './RecordButton'
import { SearchBox } from './SearchBox'
import { SettingsMenu } from './SettingsMenu'
import { SiteMenu } from './SiteMenu'

export function Toolbar({ rows }: { rows: Rows }) {
  return (
    <header className="toolbar">
      <Before />
      <SearchBox rows={rows} />
      <After />
    </header>
  )
}

// Other rows are others to search in, and nothing else.

const Before = memo(function Before() {
  // The banner that says so offers the same, beside its reason.
  const offeredBelow = useSessionState(beganLate)
  return (
    <>
      {!offeredBelow && <RecordButton compact />}
      <SiteMenu />
    </>
  )
})

const After = memo(function After() {
  const { hasPage } = useHost()
  return (
    <>
      <FilterMenu />
      <EndedSwitch />
      {hasPage && <PreserveSwitch />}
      <span className="buttons">
        {hasPage && <BreakMenu />}
        <ExportMenu />
        <ImportButton />
        <ReportButton />
        {hasPage && <SettingsMenu />}
      </span>
    </>
  )
})
