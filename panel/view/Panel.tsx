// The whole screen: the bar, what must be known first, the three parts, and how the recording stands.

import { parseQuery } from '../model/selectors/query'
import { useFactList, useRows, useSession, useSessionState } from '../session/hooks'
import { filtersOn, NO_FILTERS, newestFeed, treeWorld } from '../session/state'
import { Banners } from './Banners'
import { ContextDetails } from './ContextDetails'
import { ContextTree } from './ContextTree'
import { Drawer } from './Drawer'
import { EmptyState } from './EmptyState'
import { FileDrop } from './FileDrop'
import { FollowIcon } from './icons'
import { useKeysLead } from './keys-lead'
import { PartSwitch } from './PartSwitch'
import { ProblemNews } from './ProblemNews'
import { usePartFocus } from './part-focus'
import { Road } from './Road'
import { Scrubber } from './Scrubber'
import { Splitter } from './Splitter'
import { Status } from './Status'
import { Toolbar } from './Toolbar'
import { grouped } from './words'

export function Panel() {
  usePartFocus()
  useKeysLead()
  const rows = useRows()
  const list = useFactList()
  const { timeline, outline } = useSessionState(newestFeed)
  const part = useSessionState((state) => state.part)
  const hasOthers = useSessionState((state) => state.file === null && state.frames.length + state.kept.length > 0)
  const empty = (outline ?? timeline.head).contexts.size === 0 && !hasOthers
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
            <Splitter
              name="drawer-share"
              label="Height of the drawer"
              parts="stacked"
              from="end"
              initial={initialDrawer()}
            />
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

/** In a low panel a problem that is opened says in a third of it no more than what happened, and not how to mend it. */
const initialDrawer = (): number => (innerHeight < 640 ? 46 : 35)

function TreeHead() {
  const session = useSession()
  const { contexts } = useSessionState(treeWorld)
  const following = useSessionState((state) => state.chosen === null)
  const live = useSessionState((state) => state.file === null)
  return (
    <header className="part-head">
      <h2>Contexts</h2>
      <span className="tally">{grouped(contexts.size)}</span>
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
  const remark = parseQuery(query)?.remark
  const show = () => {
    session.search('')
    session.hideEnded(false)
    session.filter(NO_FILTERS)
  }
  return (
    <div className="empty">
      <p>
        {remark === 'not a regex'
          ? `“${query}” is not a regular expression.`
          : remark === 'too slow'
            ? `“${query}” could take for ever: it looks ahead or behind, refers back, or repeats very often.`
            : query !== ''
              ? `No context, and no value that is held now, contains “${query}”.`
              : filters > 0
                ? 'No context is left by the filters.'
                : 'Every context here has ended, or was left.'}
      </p>
      <button type="button" className="prominent" onClick={show}>
        Show all
      </button>
    </div>
  )
}
