// One line for a problem: how bad it is, what it is, and in which context.

import type { Finding } from '../model/finding'
import { ContextName } from './ContextName'
import { SeverityIcon } from './icons'

export function ProblemTitle({ finding: { severity, title, context } }: { finding: Finding }) {
  return (
    <>
      <SeverityIcon severity={severity} />
      <span className="problem-title">{title}</span>
      {context !== null && (
        <span className="problem-place">
          <ContextName context={context} />
        </span>
      )}
    </>
  )
}
