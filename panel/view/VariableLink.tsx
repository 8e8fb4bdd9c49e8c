// Names a variable: a link to all that is known of it.

import type { VariableId } from '../../runtime/protocol'
import { useSession } from '../session/hooks'
import { Highlighted } from './Highlighted'

export function VariableLink({ variable, name, query = '' }: { variable: VariableId; name: string; query?: string }) {
  const session = useSession()
  return (
    <button
      type="button"
      className="link variable-link"
      title={`Who holds ${name}, and who set it`}
      onClick={() => session.openVariable(variable)}
    >
      <Highlighted text={name} query={query} />
    </button>
  )
}
