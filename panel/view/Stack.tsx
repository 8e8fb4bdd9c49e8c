// All of a call stack, the page's innermost line first: each opens in Sources, and all of them can be taken along.

import type { StackId } from '../../runtime/protocol'
import { TOP_LEVEL, wasNotTaken } from '../model/selectors/frames'
import { useFeed, useSession } from '../session/hooks'
import { useCopy } from './copy-hook'
import { SourceLink } from './SourceLink'
import { notRecordedWhy } from './words'

export function Stack({ stack }: { stack: StackId | null }) {
  const session = useSession()
  const copy = useCopy()
  const { timeline } = useFeed()
  const frames = stack === null ? [] : (timeline.stacks[stack] ?? [])
  if (wasNotTaken(stack)) return <p className="quiet">{notRecordedWhy}</p>
  if (stack === null || frames.length === 0) return <p className="quiet">No line of the page’s led here.</p>
  return (
    <>
      <ol className="stack" aria-label="Call stack">
        {frames.map(({ name }, depth) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the lines of one stack do not move
          <li key={depth}>
            <span className="function">{name || TOP_LEVEL}</span> <SourceLink stack={stack} frame={depth} />
          </li>
        ))}
      </ol>
      <button type="button" className="link" onClick={() => copy(session.stackText(stack), 'Call stack copied')}>
        Copy stack
      </button>
    </>
  )
}
