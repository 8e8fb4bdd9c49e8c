// What an application imports as `contextvars-devtools/opentelemetry`. It is an entry of its own, so that who does not trace does not
// pay for it; `@opentelemetry/api` is whichever the application has.

// An application that traces may import nothing else of ours.
import '../announced'

export { type AttachedContext, ContextVarsContextManager } from './manager'
