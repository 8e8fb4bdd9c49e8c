// One line for a problem: how bad it is, what it is, in which context, and at which line.

import type { Finding } from '../model/finding'
import { placeText, wasNotTaken } from '../model/selectors/frames'
import { useFeed } from '../session/hooks'
import { ContextName } from './ContextName'
import { SeverityIcon } from './icons'

export function ProblemTitle({ finding: { severity, title, context, stack } }: { finding: Finding }) {
  const { timeline } = useFeed()
  const line = wasNotTaken(stack) ? null : placeText(timeline.stacks, stack)
  return (
    <>
      <SeverityIcon severity={severity} />
      <span className="problem-title">{title}</span>
      {context !== null && (
        <span className="problem-place">
          <ContextName context={context} />
        </span>
      )}
      {line !== null && <Line line={line} />}
    </>
  )
}

/** Of a file's long name the end may go, but not the numbers behind it. */
function Line({ line }: { line: string }) {
  const [numbers = ''] = /:\d+:\d+$/.exec(line) ?? []
  return (
    <code className="problem-line">
      <span>{line.slice(0, line.length - numbers.length)}</span>
      {numbers}
    </code>
  )
}
