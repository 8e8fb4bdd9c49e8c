// Where in the code something happened: a link that opens the line.

import type { StackId } from '../../runtime/protocol'
import { formatFrame, topFrame } from '../model/selectors/frames'
import { useFeed } from '../session/hooks'
import { useHost } from './host-context'
import { useNotice } from './Notices'

export function SourceLink({ stack }: { stack: StackId | null }) {
  const { timeline } = useFeed()
  const host = useHost()
  const say = useNotice()
  const frame = topFrame(timeline.stacks, stack)
  if (frame === null) return null
  const place = `${frame.name || '(top level)'} · ${frame.url}:${frame.line}:${frame.column}`
  const open = async () => {
    const did = await host.openSource(frame)
    if (did === 'copied') say('Position copied')
  }
  return (
    <button type="button" className="link source" title={place} onClick={open}>
      {formatFrame(frame)}
    </button>
  )
}
