// One row of the tree: what a context is, how it is, how much it holds and what is wrong with it. What is read out is what is
// seen, and words in the place of drawings.

import { type MouseEvent, memo } from 'react'
import { standingWords } from '../model/selectors/standing'
import type { TreeRow } from '../model/selectors/tree'
import { useSession } from '../session/hooks'
import { isNamed } from './ContextName'
import { Highlighted } from './Highlighted'
import { CurrentIcon, KindIcon, SeverityIcon, Twisty } from './icons'
import { indentation, rowId } from './row-place'
import { count, severityWords, stateTitles } from './words'

interface Props {
  row: TreeRow
  top: number
  selected: boolean
  /** This context is current; `paused` where the page stands still in it. */
  current: 'running' | 'paused' | null
  query: string
  focusable: boolean
}

/** Scrolling makes many renders of the tree, and each changes few rows. */
export const ContextRow = memo(function ContextRow({ row, top, selected, current, query, focusable }: Props) {
  const session = useSession()
  const toggle = () => (row.expanded ? session.collapse(row.context) : session.expand([row.context]))
  const press = (event: MouseEvent) => {
    if (event.button === 0) session.choose(row.context)
  }
  const twist = (event: MouseEvent) => {
    event.stopPropagation()
    toggle()
  }
  const what = [row.label === row.what ? '' : row.what, isNamed(row.kind) ? '' : row.context].join(' ').trim()
  return (
    <div
      role="treeitem"
      id={rowId(row)}
      aria-level={row.depth + 1}
      aria-posinset={row.position}
      aria-setsize={row.siblings}
      aria-selected={selected}
      aria-expanded={row.hasChildren ? row.expanded : undefined}
      aria-current={current ? 'true' : undefined}
      tabIndex={focusable ? 0 : -1}
      className={`row ${row.state}${current ? ` ${current}` : ''}`}
      style={{ top, paddingInlineStart: indentation(row.depth) }}
      onMouseDown={press}
      onDoubleClick={row.hasChildren ? toggle : undefined}
    >
      {row.hasChildren ? (
        // The keyboard has the arrows, screen readers have aria-expanded: this is the mouse's way.
        <span className="twist" aria-hidden="true" onMouseDown={twist}>
          <Twisty open={row.expanded} />
        </span>
      ) : (
        <span className="twist" />
      )}
      <KindIcon kind={row.kind} />
      <span className="label">
        <Highlighted text={row.label} query={query} />
      </span>
      {what !== '' && <span className="what">{what}</span>}
      {current && (
        <span className="current">
          <CurrentIcon />
          {current === 'paused' ? (
            <span className="paused-words">paused here</span>
          ) : (
            <span className="heard-only">current</span>
          )}
        </span>
      )}
      <span className="tail">
        {row.state === 'alive' ? null : (
          <span className="state" title={stateTitles[row.state]}>
            {standingWords[row.state]}
          </span>
        )}
        {row.open > 0 && (
          <span className="badge" title={`${count(row.open, 'unused token')} made here`}>
            {row.open} open
          </span>
        )}
        <span className="worst">
          {row.worst && (
            <>
              <SeverityIcon severity={row.worst} />
              <span className="heard-only">{severityWords[row.worst].one}</span>
            </>
          )}
        </span>
        <span className="own" title={`${count(row.own, 'variable')} set here`}>
          {row.own > 0 ? `+${row.own}` : ''}
        </span>
        <span className="holds" title={`${count(row.holds, 'variable')} held`}>
          {row.holds > 0 ? count(row.holds, 'var') : ''}
        </span>
      </span>
    </div>
  )
})
