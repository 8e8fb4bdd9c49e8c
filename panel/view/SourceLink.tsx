// Where in the code something happened: a link that opens the line, or a word where it was not recorded. By a right click, the position and
// the whole stack can be taken along.

import type { StackId } from '../../runtime/protocol'
import { formatFrame, frameAt, NOT_RECORDED, TOP_LEVEL, wasNotTaken } from '../model/selectors/frames'
import { useFeed, useSession } from '../session/hooks'
import { type MenuContents, useContextMenu } from './ContextMenu'
import { useCopy } from './copy-hook'
import { useHost } from './host-context'
import { useNotice } from './Notices'
import { notRecordedWhy } from './words'

interface Props {
  stack: StackId | null
  frame?: number
  tabIndex?: number
}

/** Of the innermost frame, where no other is asked for. */
export function SourceLink({ stack, frame: depth = 0, tabIndex }: Props) {
  const { timeline } = useFeed()
  const showMenu = useContextMenu(useStackMenu(stack, depth))
  const host = useHost()
  const say = useNotice()
  const frame = frameAt(timeline.stacks, stack, depth)
  if (wasNotTaken(stack)) {
    return (
      <span className="source untaken" title={notRecordedWhy}>
        {NOT_RECORDED}
      </span>
    )
  }
  if (frame === null) return null
  const does = host.withheld.includes('lines')
    ? '\nA click copies the position: this browser opens no line for a panel.'
    : ''
  const place = `${frame.name || TOP_LEVEL} · ${frame.url}:${frame.line}:${frame.column}${does}`
  const open = async () => {
    const did = await host.openSource(frame)
    if (did === 'copied') say('Position copied')
  }
  return (
    <button
      type="button"
      className="link source"
      tabIndex={tabIndex}
      title={place}
      onClick={open}
      onContextMenu={showMenu}
    >
      {formatFrame(frame)}
    </button>
  )
}

function useStackMenu(stack: StackId | null, depth: number): () => MenuContents {
  const session = useSession()
  const copy = useCopy()
  const copyLines = (frames: 'all' | number, done: string) => {
    if (stack !== null) void copy(session.stackText(stack, frames), done)
  }
  return () => ({
    label: 'This line',
    groups: [
      [
        { label: 'Copy position', run: () => copyLines(depth, 'Position copied') },
        { label: 'Copy stack', run: () => copyLines('all', 'Call stack copied') },
      ],
    ],
  })
}
