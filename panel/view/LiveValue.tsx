// A value that lives, looked into as far as somebody opens it: the page is asked for what it is now. What is open is remembered.

import { type KeyboardEvent, type ReactNode, type RefObject, useLayoutEffect, useRef } from 'react'
import type { ContextId, LiveStep, Preview } from '../../runtime/protocol'
import type { HeldRow } from '../model/selectors/details'
import { canBeOpened, mayBeSame } from '../model/selectors/live'
import { useFeed, useSession, useSessionState } from '../session/hooks'
import { useContextMenu } from './ContextMenu'
import { Highlighted } from './Highlighted'
import { Twisty } from './icons'
import { useLive } from './live-hook'
import { MOST_CHARACTERS, MOST_ENTRIES, useValueMenu } from './value-menu'
import { grouped, liveWords } from './words'

interface Place {
  context: ContextId
  row: HeldRow
  path: readonly LiveStep[]
}

/** How many entries are asked for, and how many more each time. */
const AT_ONCE = 100

export function LiveValue({ context, row, value, query }: Omit<Place, 'path'> & { value: Preview; query: string }) {
  const place = { context, row, path: [] }
  const [shown, show] = useShown(place)
  const open = shown > 0
  const line = <Line value={value} query={query} />
  if (!canBeOpened(value)) return line
  return (
    <div className="expandable">
      <button type="button" className="expander" aria-expanded={open} onClick={() => show(open ? 0 : AT_ONCE)}>
        <Twisty open={open} />
        {line}
      </button>
      {open && <Inside place={place} recorded={value} />}
    </div>
  )
}

const Line = ({ value, query = '' }: { value: Preview; query?: string }) => (
  <span className={`value value-${value.kind}`}>
    <Highlighted text={value.text} query={query} />
  </span>
)

/** How many entries of a value are shown; none of one that is closed. */
function useShown({ context, row, path }: Place): [shown: number, show: (entries: number) => void] {
  const session = useSession()
  const { epoch } = useFeed()
  const key = JSON.stringify([epoch, context, row.variable, path])
  const shown = useSessionState(({ opened }) => opened.get(key) ?? 0)
  return [shown, (entries) => session.openValue(key, entries)]
}

/** All that is in a value, and what must be known of it. Until the page answers, it is what was recorded. */
function Inside({ place, recorded }: { place: Place; recorded: Preview }) {
  const [count, show] = useShown(place)
  const reply = useInside(place, count)
  const live = reply?.state === 'value' ? reply : null
  const tree = useTabStop()
  const hasChanged = live !== null && !mayBeSame(live.recorded, recorded)
  return (
    <>
      {reply !== null && live === null && <p className="live-note">{liveWords(reply)}</p>}
      {hasChanged && <p className="live-note">Changed since it was set: this is what it is now.</p>}
      <div
        ref={tree}
        className="entries"
        role="tree"
        tabIndex={-1}
        aria-label={`Inside ${place.row.name}`}
        onKeyDown={moveInTree}
        onFocus={({ target, currentTarget }) => stopAt(target, currentTarget)}
      >
        <Entries
          place={place}
          value={live?.value ?? recorded}
          left={live?.left ?? 0}
          more={() => show(count + AT_ONCE)}
        />
      </div>
    </>
  )
}

function useInside({ context, row, path }: Place, count: number) {
  return useLive({ ask: 'value', context, variable: row.variable, path, count, length: MOST_CHARACTERS })
}

interface EntriesProps {
  place: Place
  value: Preview
  left: number
  more: () => void
}

function Entries({ place, value, left, more }: EntriesProps): ReactNode {
  const { entries = [] } = value
  if (value.kind === 'string') {
    return (
      <Leaf label={value.text}>
        <span className="value value-string whole">{value.text}</span>
        {value.more !== undefined && <span className="more"> and {grouped(value.more)} more characters</span>}
      </Leaf>
    )
  }
  if (entries.length === 0) {
    return (
      <Leaf label="empty">
        <span className="more">empty</span>
      </Leaf>
    )
  }
  return (
    <>
      {entries.map(([name, entry], index) => (
        <Entry
          // biome-ignore lint/suspicious/noArrayIndexKey: two keys of a map may look the same
          key={`${index} ${name}`}
          place={{ ...place, path: [...place.path, [index, name]] }}
          name={name}
          value={entry}
        />
      ))}
      {left > 0 &&
        (entries.length < MOST_ENTRIES ? (
          <Leaf label={`Show more, ${left} left`} act={more}>
            <span className="link">Show more ({grouped(left)} left)</span>
          </Leaf>
        ) : (
          <Leaf label={`and ${left} more`}>
            <span className="more">and {grouped(left)} more: store it as a global variable to see them</span>
          </Leaf>
        ))}
    </>
  )
}

interface LeafProps {
  label: string
  act?: () => void
  children: ReactNode
}

/** An item that leads no further. */
function Leaf({ label, act, children }: LeafProps) {
  return (
    <div
      role="treeitem"
      aria-label={label}
      tabIndex={-1}
      onClick={(event) => {
        event.stopPropagation()
        act?.()
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' || event.key === ' ') act?.()
      }}
    >
      {children}
    </div>
  )
}

interface EntryProps {
  place: Place
  name: string
  value: Preview
}

function Entry({ place, name, value }: EntryProps) {
  const [shown, show] = useShown(place)
  const open = shown > 0
  const menu = useValueMenu(place.context, place.row)
  const showMenu = useContextMenu(() => menu(place.path, value))
  const canOpen = canBeOpened(value)
  const press = (event: KeyboardEvent<HTMLElement>) => {
    if (event.target !== event.currentTarget || !canOpen) return
    const wanted = wantedBy(event.key, open)
    if (wanted === null) return
    show(wanted ? AT_ONCE : 0)
    event.stopPropagation()
    event.preventDefault()
  }
  return (
    <div
      role="treeitem"
      aria-label={`${name}: ${value.text}`}
      {...(canOpen ? { 'aria-expanded': open } : {})}
      tabIndex={-1}
      onKeyDown={press}
      onClick={(event) => {
        event.stopPropagation()
        if (canOpen) show(open ? 0 : AT_ONCE)
      }}
      onContextMenu={showMenu}
    >
      <span className={canOpen ? 'entry can-open' : 'entry'}>
        {canOpen && <Twisty open={open} />}
        <span className="entry-name">{name}</span>: <Line value={value} />
      </span>
      {open && canOpen && <Nested place={place} />}
    </div>
  )
}

function Nested({ place }: { place: Place }) {
  const [count, show] = useShown(place)
  const reply = useInside(place, count)
  const group = useTabStop()
  if (reply === null) return null
  return (
    // biome-ignore lint/a11y/useSemanticElements: the items of a tree are grouped so
    <div ref={group} className="entries" role="group">
      {reply.state === 'value' ? (
        <Entries place={place} value={reply.value} left={reply.left} more={() => show(count + AT_ONCE)} />
      ) : (
        <Leaf label={liveWords(reply)}>
          <span className="more">{liveWords(reply)}</span>
        </Leaf>
      )}
    </div>
  )
}

/** Whether a key opens or closes an item; null where it means something else. */
function wantedBy(key: string, open: boolean): boolean | null {
  if (key === 'Enter' || key === ' ') return !open
  if (key === 'ArrowRight' && !open) return true
  return key === 'ArrowLeft' && open ? false : null
}

/** Moves the focus among the items that are in sight, after the WAI-ARIA tree pattern. */
function moveInTree(event: KeyboardEvent<HTMLElement>): void {
  const items = [...event.currentTarget.querySelectorAll<HTMLElement>(ITEM)]
  const at = items.indexOf(document.activeElement as HTMLElement)
  const item = items[at]
  if (item === undefined) return
  const to = targetOf(event.key, items, item, at)
  // Of what cannot be opened, the space bar would scroll away.
  if (to === undefined && event.key !== ' ') return
  event.preventDefault()
  event.stopPropagation()
  to?.focus()
}

const ITEM = '[role="treeitem"]'

/** Within a tree: the Tab key stops where the focus was last, or at the first item, be it that the other one is gone. */
function useTabStop(): RefObject<HTMLDivElement | null> {
  const within = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const tree = within.current?.closest('[role="tree"]')
    if (tree == null || tree.querySelector(`${ITEM}[tabindex="0"]`) !== null) return
    const first = tree.querySelector<HTMLElement>(ITEM)
    if (first !== null) first.tabIndex = 0
  })
  return within
}

function stopAt(item: HTMLElement, tree: HTMLElement): void {
  if (item === tree) return
  for (const one of tree.querySelectorAll<HTMLElement>(ITEM)) one.tabIndex = one === item ? 0 : -1
}

function targetOf(key: string, items: readonly HTMLElement[], item: HTMLElement, at: number): HTMLElement | undefined {
  switch (key) {
    case 'ArrowDown':
      return items[at + 1]
    case 'ArrowUp':
      return items[at - 1]
    case 'ArrowRight':
      return item.querySelector<HTMLElement>(ITEM) ?? undefined
    case 'ArrowLeft':
      return item.parentElement?.closest<HTMLElement>(ITEM) ?? undefined
    case 'Home':
      return items[0]
    case 'End':
      return items.at(-1)
    default:
      return undefined
  }
}
