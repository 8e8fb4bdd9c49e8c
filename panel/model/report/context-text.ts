// One context as text to paste: where it comes from and what it holds, as lines, as JSON and as Markdown. Another form is one more
// function in the table at the end.

import type { ContextId } from '../../../runtime/protocol'
import { oneLine } from '../plain-text'
import { type ContextDetails, contextDetails, type HeldRow } from '../selectors/details'
import { frameAt, placeText } from '../selectors/frames'
import { contextLabel } from '../selectors/labels'
import type { World } from '../world'

function pathOf({ path, pathIsCut }: ContextDetails): string {
  return oneLine([...(pathIsCut ? ['…'] : []), ...path.map(({ label }) => label)].join(' › '))
}

const aboutOf = ({ context, kind, state }: ContextDetails): string => `${kind}, context ${context}, ${state}`

function originOf(world: World, { from, setIn }: HeldRow): string {
  return from === 'inherited' && setIn !== null ? `inherited from ${contextLabel(world, setIn)}` : from
}

const heldText = ({ name, value }: HeldRow): string => (value === null ? `${name} is unset` : `${name} = ${value.text}`)

function asText(world: World, details: ContextDetails): string {
  const values = details.rows.map((row) =>
    oneLine(
      [
        '  ',
        heldText(row),
        '  ',
        [originOf(world, row), placeText(world.stacks, row.stack)].filter(Boolean).join(', '),
      ].join(''),
    ),
  )
  return [`${pathOf(details)} (${aboutOf(details)})`, ...values].join('\n')
}

function asJson(world: World, details: ContextDetails): string {
  const { context, label, kind, state, path, rows } = details
  const values = rows.map((row) => {
    const frame = frameAt(world.stacks, row.stack, 0)
    return {
      variable: row.name,
      value: row.value?.text ?? null,
      from: row.from,
      setIn: row.setIn,
      at: frame === null ? null : `${frame.url}:${frame.line}:${frame.column}`,
    }
  })
  return JSON.stringify({ context, name: label, kind, state, path, values }, null, 2)
}

/** Fenced by more backticks than stand in it: values may be anything. */
function asMarkdown(world: World, details: ContextDetails): string {
  const text = asText(world, details)
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length))
  const fence = '`'.repeat(Math.max(3, longest + 1))
  return `${fence}text\n${text}\n${fence}`
}

const forms = { text: asText, json: asJson, markdown: asMarkdown }
export type ContextForm = keyof typeof forms

/** Null where there is no such context. */
export function contextText(world: World, context: ContextId, form: ContextForm): string | null {
  const details = contextDetails(world, context)
  return details === null ? null : forms[form](world, details)
}
