// What is active: one variable holds it, and what it holds is a picture of the span, behind which the OpenTelemetry context itself is.

import { isSpanContextValid, type Context as OtelContext, type Span as OtelSpan, trace } from '@opentelemetry/api'
import { ContextVar } from '../context/variable'
import { ACTIVE_SPAN } from '../protocol'

/** The OpenTelemetry context that `active` stands for; null once the manager was disabled, whatever still holds it. */
export let contextOf: (active: Active) => OtelContext | null

let generation = 0

/** Nothing that is active now will be again: who is enabled anew begins at the root. */
export function forgetActive(): void {
  generation++
}

/** Of the OpenTelemetry context, which is private here, recorders show nothing; a minifier changes no name that they show. */
class Active {
  readonly #context: OtelContext
  readonly #generation = generation

  static {
    contextOf = (active) => (active.#generation === generation ? active.#context : null)
  }

  constructor(context: OtelContext) {
    this.#context = context
  }
}

class Span extends Active {
  readonly name: string
  readonly spanId: string
  readonly traceId: string

  static {
    Object.defineProperty(Span, 'name', { value: 'Span' })
  }

  constructor(context: OtelContext, span: OtelSpan) {
    super(context)
    const { spanId, traceId } = span.spanContext()
    const name = (span as { name?: unknown }).name
    // Only the spans of an SDK that are recorded say what they are called; one of another process, or not sampled, has its number.
    this.name = typeof name === 'string' ? name : `span ${spanId}`
    this.spanId = spanId
    this.traceId = traceId
  }
}

class NoSpan extends Active {
  static {
    Object.defineProperty(NoSpan, 'name', { value: 'NoSpan' })
  }
}

export type { Active }

/** In the place of every other variable: it is there whether somebody records or not. */
export const active = new ContextVar<Active>(ACTIVE_SPAN)

/** `context`, as it is made active. */
export function activeOf(context: OtelContext): Active {
  try {
    const span = trace.getSpan(context)
    // One without a number stands for that nothing is traced there.
    return span !== undefined && isSpanContextValid(span.spanContext()) ? new Span(context, span) : new NoSpan(context)
  } catch {
    // Whatever it is, it is the application's, to which alone it means something.
    return new NoSpan(context)
  }
}

/** What a unit of work is called that goes on in `next`: by its span, where it has another than before. */
export function nameOf(next: Active, previous: Active | null): string | null {
  if (!(next instanceof Span)) return null
  return previous instanceof Span && previous.spanId === next.spanId ? null : next.name
}
