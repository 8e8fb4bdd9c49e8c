// The keys of OpenTelemetry contexts as variables of their own, for whoever records: nobody else reads them.

import { type Baggage, type Context as OtelContext, propagation, trace } from '@opentelemetry/api'
import type { Context } from '../context/context'
import { ContextVar } from '../context/variable'

/** A variable is never let go, and an application may make a key for each of its requests. */
const MOST = 100

const variables = new Map<string, ContextVar<unknown>>()

/** `otel.baggage` for `OpenTelemetry Baggage Key`; the keys of an application are called what it calls them. */
const nameOf = (key: string): string =>
  key.replace(
    /^OpenTelemetry (?:SDK )?(?:Context Key )?(.*?)(?: Key)?$/,
    (_, what: string) => `otel.${what.toLowerCase()}`,
  )

function variableOf(key: symbol): ContextVar<unknown> | undefined {
  const description = key.description ?? ''
  const known = variables.get(description)
  if (known !== undefined || variables.size === MOST) return known
  const variable = new ContextVar<unknown>(nameOf(description))
  variables.set(description, variable)
  return variable
}

/** All that the API's contexts hold: their interface has no way to ask, so it is looked for where the API has it. */
function entriesOf(context: OtelContext): ReadonlyMap<symbol, unknown> {
  const entries = (context as { _currentContext?: unknown })._currentContext
  return entries instanceof Map ? entries : new Map()
}

/**
 * What has to be set in `target`, which has the values of `previous`, for it to show those of `next`. The span has a variable of its own
 * (active.ts). A key that `next` does not have is `undefined` there, as it is to who asks for it.
 */
export function changedKeys(
  target: Context,
  previous: OtelContext | null,
  next: OtelContext,
): [variable: ContextVar<unknown>, value: unknown][] {
  const changed: [ContextVar<unknown>, unknown][] = []
  try {
    const now = entriesOf(next)
    const before = previous === null ? new Map<symbol, unknown>() : entriesOf(previous)
    const span = trace.getSpan(next)
    const baggage = propagation.getBaggage(next)
    for (const [key, value] of now) {
      if (value === span) continue
      const variable = variableOf(key)
      if (variable === undefined || (target.has(variable) && before.get(key) === value)) continue
      changed.push([variable, value === baggage ? pictureOf(baggage) : value])
    }
    for (const key of before.keys()) {
      const variable = now.has(key) ? undefined : variables.get(key.description ?? '')
      if (variable !== undefined && target.get(variable) !== undefined) changed.push([variable, undefined])
    }
  } catch {
    // A context of somebody's own making: what could be looked at is shown.
  }
  return changed
}

const pictureOf = (baggage: Baggage | undefined): unknown =>
  baggage && Object.fromEntries(baggage.getAllEntries().map(([key, { value }]) => [key, value]))
