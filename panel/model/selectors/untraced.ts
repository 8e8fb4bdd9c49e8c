// Work that OpenTelemetry keeps out of its own traces: an exporter that sends spans away runs in a context that says so, once for each export
// where spans leave one by one. To whoever looks at an application that is noise of the tool.

import type { VariableId } from '../../../runtime/protocol'
import type { ContextEntry, World } from '../world'

/** What `suppressTracing` of OpenTelemetry sets, as it is called here (`runtime/opentelemetry/keys.ts`). */
const SUPPRESSED = 'otel.suppress_tracing'

/** Whether a context is of such work; null where there is none. */
export function untracedIn(world: World): ((entry: ContextEntry) => boolean) | null {
  const variables: VariableId[] = []
  for (const { id, name } of world.variables.values()) if (name === SUPPRESSED) variables.push(id)
  if (variables.length === 0) return null
  return ({ holdings }) => variables.some((variable) => holdings.get(variable)?.value.text === 'true')
}
