// The whole screen: the bar, what must be known first, the three parts, and how the recording stands.

import { parseQuery } from '../model/selectors/query'
import { useFactList, useFeed, useRows, useSession, useSessionState } from '../session/hooks'
import { filtersOn, NO_FILTERS, newestFeed } from '../session/state'
import { Banners } from './Banners'
import { ContextDetails } from './ContextDetails'
import { ContextTree } from './ContextTree'
import { Drawer } from './Drawer'
import { EmptyState } from './EmptyState'
import { FileDrop } from './FileDrop'
import { FollowIcon } from './icons'
import { PartSwitch } from './PartSwitch'
import { ProblemNews } from './ProblemNews'
import { Road } from './Road'
import { Scrubber } from './Scrubber'
import { Splitter } from './Splitter'
import { Status } from './Status'
import { Toolbar } from './Toolbar'

export function Panel() {
  const rows = useRows()
  const list = useFactList()
  const { timeline } = useSessionState(newestFeed)
  const part = useSessionState((state) => state.part)
  const hasOthers = useSessionState((state) => state.file === null && state.frames.length + state.kept.length > 0)
  const empty = timeline.head.contexts.size === 0 && !hasOthers
  return (
    <FileDrop>
      <Toolbar rows={rows} />
      <Banners />
      {empty ? (
        <main className="workspace-empty">
          <EmptyState />
        </main>
      ) : (
        <>
          <Scrubber list={list} />
          <PartSwitch />
          <ProblemNews />
          <main className="workspace" data-part={part}>
            <section className="contexts" aria-label="Tree">
              <TreeHead />
              {rows.length > 0 ? <ContextTree rows={rows} /> : <NothingLeft />}
            </section>
            <Splitter name="tree-share" label="Width of the tree" parts="beside" from="start" initial={42} />
            <ContextDetails />
            <Splitter name="drawer-share" label="Height of the drawer" parts="stacked" from="end" initial={35} />
            <Drawer list={list} />
          </main>
        </>
      )}
      <footer className="status-line">
        <Status />
        <Road />
      </footer>
    </FileDrop>
  )
}

function TreeHead() {
  const session = useSession()
  const { world } = useFeed()
  const following = useSessionState((state) => state.chosen === null)
  const live = useSessionState((state) => state.file === null)
  return (
    <header className="part-head">
      <h2>Contexts</h2>
      <span className="tally">{world.contexts.size.toLocaleString('en')}</span>
      {live && (
        <button
          type="button"
          className="icon-button follow"
          aria-pressed={following}
          title="Follow the current context: select it whenever the page pauses"
          onClick={() => session.followCurrent()}
        >
          <FollowIcon />
          <span className="heard-only">Follow the current context</span>
        </button>
      )}
    </header>
  )
}

function NothingLeft() {
  const session = useSession()
  const query = useSessionState((state) => state.query)
  const filters = useSessionState((state) => filtersOn(state.filters))
  const show = () => {
    session.search('')
    session.hideEnded(false)
    session.filter(NO_FILTERS)
  }
  return (
    <div className="empty">
      <p>
        {parseQuery(query)?.remark === 'not a regex'
          ? `“${query}” is not a regular expression.`
          : query !== ''
            ? `No context, and no value that is held now, contains “${query}”.`
            : filters > 0
              ? 'No context is left by the filters.'
              : 'Every context here has ended.'}
      </p>
      <button type="button" className="prominent" onClick={show}>
        Show all
      </button>
    </div>
  )
}
