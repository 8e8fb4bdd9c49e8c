// The root of a document's contexts, where frames have documents of their own, or of a worker's.

import { type MouseEvent, memo } from 'react'
import { useSession } from '../session/hooks'
import type { DocumentRow as Row } from '../session/rows'
import { FrameIcon, SeverityIcon, Twisty, WorkerIcon } from './icons'
import { indentation, rowId } from './row-place'
import { count, severityWords } from './words'
import { workerKindWords } from './worker-words'

interface Props {
  row: Row
  top: number
  selected: boolean
  focusable: boolean
}

const stateOf: Record<Row['state'], string> = {
  live: '',
  silent: 'not recorded',
  unreached: 'not reached',
  gone: 'gone',
}
const stateOfWorker = { ...stateOf, silent: 'silent', gone: 'ended' }

export const DocumentRow = memo(function DocumentRow({ row, top, selected, focusable }: Props) {
  const session = useSession()
  const toggle = () => (row.expanded ? session.foldDocument() : session.showDocument(row.document))
  const press = (event: MouseEvent) => {
    if (event.button !== 0) return
    session.mark(row.document)
    // Of one that is not reached there is nothing to show but why.
    if (row.state !== 'unreached') session.showDocument(row.document)
  }
  const twist = (event: MouseEvent) => {
    event.stopPropagation()
    toggle()
  }
  return (
    <div
      role="treeitem"
      id={rowId(row)}
      aria-level={1}
      aria-posinset={row.position}
      aria-setsize={row.siblings}
      aria-selected={selected}
      aria-expanded={row.hasChildren ? row.expanded : undefined}
      tabIndex={focusable ? 0 : -1}
      className={`row document ${row.state}`}
      style={{ top, paddingInlineStart: indentation(0) }}
      title={row.url}
      onMouseDown={press}
      onDoubleClick={row.hasChildren ? toggle : undefined}
    >
      {/* The keyboard has the arrows, screen readers have aria-expanded: this is the mouse's way. */}
      <span className="twist" aria-hidden="true" onMouseDown={twist}>
        {row.hasChildren && <Twisty open={row.expanded} />}
      </span>
      {row.worker === null ? <FrameIcon /> : <WorkerIcon />}
      <span className="label">{row.label}</span>
      <span className="what">{row.worker === null ? row.kind : workerKindWords[row.worker]}</span>
      <span className="tail">
        {row.state !== 'live' && (
          <span className="state">{(row.worker === null ? stateOf : stateOfWorker)[row.state]}</span>
        )}
        {row.state !== 'unreached' && (
          <>
            <span className="worst">
              {row.worst && (
                <>
                  <SeverityIcon severity={row.worst} />
                  <span className="heard-only">{severityWords[row.worst].one}</span>
                </>
              )}
            </span>
            <span className="holds">{count(row.contexts, 'context')}</span>
          </>
        )}
      </span>
    </div>
  )
})
