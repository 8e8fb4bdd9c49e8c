// Everything about the selected context: where it comes from, what it holds, what happened in it.

import type { ContextDetails as Details } from '../model/selectors/details'
import { standingWords } from '../model/selectors/standing'
import type { TaskEntry } from '../model/world'
import { useDetails, useFeed, useSession, useSessionState } from '../session/hooks'
import { isOutlined, pausedContext } from '../session/state'
import { CompareButton, Comparison } from './Comparison'
import { MenuButton, type MenuContents, useContextMenu } from './ContextMenu'
import { CopyContext } from './CopyContext'
import { DocumentDetails } from './DocumentDetails'
import { EventList } from './EventList'
import { CurrentIcon, KindIcon, SeverityIcon } from './icons'
import { useNotice } from './Notices'
import { SourceLink } from './SourceLink'
import { ValueTable } from './ValueTable'
import { useIsLive } from './value-menu'
import { liveWords, moment, stateTitles, whatWords } from './words'

export const DETAILS_ID = 'context-details'

export function ContextDetails() {
  const details = useDetails()
  const marked = useSessionState((state) => state.marked)
  const outlined = useSessionState(isOutlined)
  return (
    <section id={DETAILS_ID} className="details" aria-label="Context details" tabIndex={-1}>
      {marked !== null ? (
        <DocumentDetails document={marked} />
      ) : details === null ? (
        <p className="quiet pad">Select a context to see what it holds.</p>
      ) : outlined ? (
        <Outlined details={details} />
      ) : (
        <Filled details={details} />
      )}
    </section>
  )
}

/** What is known of it before its history is. */
function Outlined({ details }: { details: Details }) {
  return (
    <>
      <Path details={details} />
      <div className="title-line">
        <h2 className="title">
          <KindIcon kind={details.kind} />
          {details.label}
          <span className="number">context {details.context}</span>
          <span className={`chip ${details.state}`} title={stateTitles[details.state]}>
            {standingWords[details.state]}
          </span>
        </h2>
      </div>
      <p className="quiet pad">What it holds, and what happened here, is being read.</p>
    </>
  )
}

function Filled({ details }: { details: Details }) {
  const paused = useSessionState(pausedContext)
  const isLive = useIsLive()
  const menu = useConsoleMenu(details)
  const showMenu = useContextMenu(menu)
  return (
    <>
      <Path details={details} />
      <div className="title-line">
        <h2 className="title" {...(isLive ? { onContextMenu: showMenu } : {})}>
          <KindIcon kind={details.kind} />
          {details.label}
          <span className="number">context {details.context}</span>
          <span className={`chip ${details.state}`} title={stateTitles[details.state]}>
            {standingWords[details.state]}
          </span>
          {paused === details.context && (
            <span className="chip paused">
              <CurrentIcon />
              paused here
            </span>
          )}
        </h2>
        <CompareButton />
        {isLive && <MenuButton label={`What to do with ${details.label}`} contents={menu} />}
      </div>
      <CopyContext context={details.context} />
      <Comparison />
      <Origins details={details} />
      <OwnProblems details={details} />
      <h3>Values</h3>
      {details.rows.length === 0 ? (
        <p className="quiet pad">It holds nothing.</p>
      ) : (
        <ValueTable context={details.context} rows={details.rows} />
      )}
      <h3>What happened here</h3>
      <EventList key={details.context} events={details.events} />
    </>
  )
}

/** Hands the context to the Console. */
function useConsoleMenu({ context, label }: Details): () => MenuContents {
  const session = useSession()
  const say = useNotice()
  const ask = async (ask: 'store-context' | 'print') => {
    const reply = await session.askLive({ ask, context })
    const isOther = reply.state === 'stored' && reply.name !== '$ctx'
    if (isOther) say(`${liveWords(reply)}: the page has a $ctx of its own`)
    else say(reply.state === 'stored' ? 'Stored as $ctx, which goes along with the selection' : liveWords(reply))
  }
  return () => ({
    label,
    groups: [
      [
        { label: 'Store as $ctx in the Console', run: () => void ask('store-context') },
        { label: 'Print its values in the Console', run: () => void ask('print') },
      ],
    ],
  })
}

export function Path({ details }: { details: Details }) {
  const session = useSession()
  return (
    <nav aria-label="Path from the root" className="path">
      <ol>
        {details.pathIsCut && <li>…</li>}
        {details.path.map(({ context, label }) => (
          <li key={context}>
            {context === details.context ? (
              <span aria-current="page">{label}</span>
            ) : (
              <button type="button" className="link" onClick={() => session.reveal(context)}>
                {label}
              </button>
            )}
          </li>
        ))}
      </ol>
    </nav>
  )
}

function Origins({ details }: { details: Details }) {
  const { api, created, ended, returned, resumed, task } = details
  return (
    <dl className="origins">
      <div>
        <dt>Kind</dt>
        <dd>
          {whatWords(details)}
          {api && api !== details.label ? <code> {api}</code> : null}
        </dd>
      </div>
      <div>
        <dt>Created</dt>
        <dd>
          {moment(created.at)} <SourceLink stack={created.stack} />
        </dd>
      </div>
      {ended && (
        <div>
          <dt>{returned ? 'Left' : 'Ended'}</dt>
          <dd>{moment(ended.at)}</dd>
        </div>
      )}
      {returned && resumed && (
        <div>
          <dt>Went on</dt>
          <dd>{moment(resumed.at)}</dd>
        </div>
      )}
      {task && (
        <div>
          <dt>Task</dt>
          <dd>
            {task.name === details.label ? taskState(details, task) : `${task.name}, ${taskState(details, task)}`}
          </dd>
        </div>
      )}
    </dl>
  )
}

/** A task whose context is gone cannot go on: nothing is left that would settle it. */
function taskState({ state }: Details, task: TaskEntry): string {
  return state === 'collected' && (task.state === 'running' || task.state === 'created') ? 'never settled' : task.state
}

/** The problems that this very context has, each leading to its words. */
function OwnProblems({ details }: { details: Details }) {
  const { judgement } = useFeed()
  const session = useSession()
  const own = judgement.findings.filter(({ context }) => context === details.context)
  if (own.length === 0) return null
  return (
    <ul className="own-problems">
      {own.map(({ id, severity, title }) => (
        <li key={id}>
          <button type="button" className="link" onClick={() => session.openProblem(id)}>
            <SeverityIcon severity={severity} />
            <span>{title}</span>
          </button>
        </li>
      ))}
    </ul>
  )
}
