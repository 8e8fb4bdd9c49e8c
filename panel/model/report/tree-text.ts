// The tree of contexts as lines of text: box lines, and under each context what was set there, with the line of code that set it.

import { oneLine } from '../plain-text'
import { completeness } from '../selectors/completeness'
import { placeText } from '../selectors/frames'
import { grouped } from '../selectors/grouped'
import { variableName } from '../selectors/labels'
import { standingWords } from '../selectors/standing'
import { type TreeRow, treeRows } from '../selectors/tree'
import { isInherited } from '../values'
import type { World } from '../world'

/** More is not read in a terminal or an issue. */
const MOST_CONTEXTS = 500
/** Deeper contexts are drawn at this depth: chains of copies have any length. */
const DEEPEST = 40

export function treeText(world: World): string[] {
  const rows = treeRows(world, [], { collapsed: new Set(), hideEnded: false, query: '' })
  const lines: string[] = []
  /** Per depth, whether the branch goes on below. */
  const open: boolean[] = []
  for (const row of rows.slice(0, MOST_CONTEXTS)) {
    const depth = Math.min(row.depth, DEEPEST)
    open.length = depth
    const trunk = open.map((goesOn, level) => (level === 0 ? '' : goesOn ? '│  ' : '   ')).join('')
    const isLast = row.position === row.siblings
    lines.push(`${trunk}${depth === 0 ? '' : isLast ? '└─ ' : '├─ '}${contextText(row)}`)
    open.push(!isLast)
    const below = `${trunk}${depth === 0 ? '' : isLast ? '   ' : '│  '}${row.hasChildren ? '│  ' : '   '}`
    for (const value of valueTexts(world, row)) lines.push(`${below}  ${value}`)
  }
  if (rows.length > MOST_CONTEXTS) lines.push(`… and ${grouped(rows.length - MOST_CONTEXTS)} more contexts`)
  return lines
}

/** `Alice (task, ended)`; a kind that the label says already is not said twice. */
function contextText(row: TreeRow): string {
  const notes = [
    row.what === row.label ? null : row.what,
    row.state === 'alive' ? null : standingWords[row.state],
    row.open > 0 ? `${row.open} not reset` : null,
  ].filter((note) => note !== null)
  return notes.length === 0 ? oneLine(row.label) : `${oneLine(row.label)} (${notes.join(', ')})`
}

/** What was set here, and in a word that more was inherited. */
function valueTexts(world: World, row: TreeRow): string[] {
  const entry = world.contexts.get(row.context)
  if (entry === undefined) return []
  const own = [...entry.holdings.values()].filter((holding) => !isInherited(entry, holding))
  const texts = own.map((holding) => {
    const line = placeText(world.stacks, holding.stack)
    const where = line === null ? '' : `  ${line}`
    return oneLine(`${variableName(world, holding.variable)} = ${holding.value.text}${where}`)
  })
  return row.holds > row.own && row.depth > 0 ? [...texts, `+ ${row.holds - row.own} inherited`] : texts
}

/** `runtime 0.1.0 (application); complete 1–42; await is not followed`. */
export function summaryText(world: World): string {
  const runtime = world.runtime === null ? 'no runtime' : `runtime ${world.runtime.version} (${world.runtime.origin})`
  return oneLine(
    [runtime, completeness(world).sentence, propagationText(world)].filter((part) => part !== null).join('; '),
  )
}

function propagationText(world: World): string | null {
  if (world.runtime === null || world.propagation?.nativeAwait) return null
  if (world.propagation === null) return 'await is not followed (import contextvars-devtools/async and install it)'
  return `native await is not followed${world.propagation.limits.map((limit) => ` (${limit})`).join('')}`
}
