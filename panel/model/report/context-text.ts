// One context as text to paste: where it comes from and what it holds, as lines, as JSON and as Markdown, without what is a secret.
// Another form is one more function in the table at the end.

import type { ContextId } from '../../../runtime/protocol'
import { oneLine } from '../plain-text'
import type { Veil } from '../redact'
import { contextDetails } from '../selectors/details'
import { frameAt, placeText } from '../selectors/frames'
import { contextLabel } from '../selectors/labels'
import type { World } from '../world'

/** What is told of a context. */
interface Told {
  context: ContextId
  label: string
  kind: string
  state: string
  path: { context: ContextId; label: string }[]
  pathIsCut: boolean
  rows: {
    variable: string
    value: string | null
    from: string
    setIn: ContextId | null
    setBy: string | null
    place: string | null
    at: string | null
  }[]
}

function tell(world: World, context: ContextId, veil: Veil): Told | null {
  const details = contextDetails(world, context)
  if (details === null) return null
  const { label, what, state, path, pathIsCut, rows } = details
  return {
    context,
    label: veil.text(label),
    kind: what,
    state,
    path: path.map(({ context, label }) => ({ context, label: veil.text(label) })),
    pathIsCut,
    rows: rows.map(({ name, value, from, setIn, stack }) => {
      const frames = stack === null ? undefined : world.stacks[stack]
      const stacks = stack === null || frames === undefined ? {} : { [stack]: [...veil.frames(frames)] }
      const frame = frameAt(stacks, stack, 0)
      return {
        variable: veil.text(name),
        value: value === null ? null : veil.value(name, value).text,
        from,
        setIn,
        setBy: setIn === null ? null : veil.text(contextLabel(world, setIn)),
        place: placeText(stacks, stack),
        at: frame === null ? null : `${frame.url}:${frame.line}:${frame.column}`,
      }
    }),
  }
}

function asText({ context, kind, state, path, pathIsCut, rows }: Told): string {
  const way = [...(pathIsCut ? ['…'] : []), ...path.map(({ label }) => label)].join(' › ')
  const values = rows.map(({ variable, value, from, setBy, place }) => {
    const held = value === null ? `${variable} is unset` : `${variable} = ${value}`
    const origin = from === 'inherited' && setBy !== null ? `inherited from ${setBy}` : from
    return oneLine(`  ${held}  ${[origin, place].filter(Boolean).join(', ')}`)
  })
  return [`${oneLine(way)} (${kind}, context ${context}, ${state})`, ...values].join('\n')
}

function asJson({ context, label, kind, state, path, rows }: Told): string {
  const values = rows.map(({ variable, value, from, setIn, at }) => ({ variable, value, from, setIn, at }))
  return JSON.stringify({ context, name: label, kind, state, path, values }, null, 2)
}

/** Fenced by more backticks than stand in it: values may be anything. */
function asMarkdown(told: Told): string {
  const text = asText(told)
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length))
  const fence = '`'.repeat(Math.max(3, longest + 1))
  return `${fence}text\n${text}\n${fence}`
}

const forms = { text: asText, json: asJson, markdown: asMarkdown }
export type ContextForm = keyof typeof forms

/** Null where there is no such context. */
export function contextText(world: World, context: ContextId, form: ContextForm, veil: Veil): string | null {
  const told = tell(world, context, veil)
  return told === null ? null : forms[form](told)
}
