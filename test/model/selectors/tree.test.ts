import { describe, expect, test } from 'vitest'
import type { Finding } from '../../../panel/model/finding'
import { judge } from '../../../panel/model/rules'
import { type TreeOptions, treeRows } from '../../../panel/model/selectors/tree'
import type { ContextId } from '../../../runtime/protocol'
import { type Story, story } from '../story'

const shop = `
  user is a variable
  base sets user = "ada" as t1
  base starts task Alice
  base starts task Bob
  Alice copies inner
  Alice hands over timer
  timer sets user = "x" as t2
  Bob copies lone
  Bob settles
  lone enters
  lone leaves
`

function rows(told: Story, options: Partial<TreeOptions> = {}, findings: readonly Finding[] = []) {
  return treeRows(told.world, findings, { collapsed: new Set(), hideEnded: false, query: '', ...options })
}

/** `base / Alice> / inner`: indented by depth, with `>` where children are folded away. */
function drawn(told: Story, options: Partial<TreeOptions> = {}, findings: readonly Finding[] = []): string[] {
  return rows(told, options, findings).map(
    (row) => `${'. '.repeat(row.depth)}${row.label}${row.hasChildren && !row.expanded ? '>' : ''}`,
  )
}

describe('the rows of the tree', () => {
  test('stand as they are read, with their place among their siblings', () => {
    const told = story(shop)
    expect(drawn(told)).toEqual(['base', '. Alice', '. . inner', '. . timer', '. Bob', '. . lone'])
    expect(rows(told).map(({ position, siblings }) => `${position}/${siblings}`)).toEqual([
      '1/1',
      '1/2',
      '1/2',
      '2/2',
      '2/2',
      '1/1',
    ])
  })

  test('say what each holds, set, left open, and how it is', () => {
    const told = story(shop)
    const byLabel = Object.fromEntries(rows(told).map((row) => [row.label, row]))
    expect(byLabel.base).toMatchObject({ kind: 'base', state: 'alive', holds: 1, own: 1, open: 1, worst: null })
    expect(byLabel.inner).toMatchObject({ kind: 'copy', state: 'alive', holds: 1, own: 0, open: 0 })
    expect(byLabel.timer).toMatchObject({ kind: 'callback', holds: 1, own: 1, open: 1 })
    expect(byLabel.Bob).toMatchObject({ kind: 'task', state: 'ended' })
  })

  test('a value that a reset brought back is not its own', () => {
    const told = story(`${shop}\ntimer resets user by t2 to "ada"`)
    expect(rows(told).find(({ label }) => label === 'timer')).toMatchObject({ own: 0, holds: 1, open: 0 })
  })

  test('fold', () => {
    const told = story(shop)
    expect(drawn(told, { collapsed: new Set([told.context('Alice')]) })).toEqual([
      'base',
      '. Alice>',
      '. Bob',
      '. . lone',
    ])
    expect(drawn(told, { collapsed: new Set([told.context('base')]) })).toEqual(['base>'])
  })

  test('leave out what is over, unless something below is not', () => {
    expect(drawn(story(shop), { hideEnded: true })).toEqual(['base', '. Alice', '. . inner', '. . timer'])
    const told = story(`${shop}\nlone enters`)
    expect(drawn(told, { hideEnded: true })).toEqual(['base', '. Alice', '. . inner', '. . timer', '. Bob', '. . lone'])
  })

  test('keep what is over and has a problem', () => {
    const told = story(`${shop}\nlone is refused user by t1: other-context`)
    const { findings } = judge(told.world)
    expect(drawn(told, { hideEnded: true }, findings)).toContain('. . lone')
    expect(rows(told, {}, findings).find(({ label }) => label === 'lone')?.worst).toBe('error')
  })

  test('answer a search over names, kinds, variables and values, with what leads there', () => {
    const told = story(shop)
    expect(drawn(told, { query: 'INNER' })).toEqual(['base', '. Alice', '. . inner'])
    expect(drawn(told, { query: 'callback' })).toEqual(['base', '. Alice', '. . timer'])
    expect(drawn(told, { query: '"x"' })).toEqual(['base', '. Alice', '. . timer'])
    expect(drawn(told, { query: 'user' })).toHaveLength(6)
    expect(drawn(told, { query: 'nothing like it' })).toEqual([])
    expect(rows(told, { query: 'inner' }).map(({ matches }) => matches)).toEqual([false, false, true])
  })

  test('a search opens what is folded', () => {
    const told = story(shop)
    expect(drawn(told, { query: 'inner', collapsed: new Set([told.context('base')]) })).toEqual([
      'base',
      '. Alice',
      '. . inner',
    ])
  })

  test('a chain of copies may be longer than any stack', () => {
    const length = 20_000
    const told = story('base copies c1')
    const { world } = told
    const facts = Array.from({ length }, (_, index) => ({
      type: 'context-created' as const,
      seq: 4 + index,
      at: 0,
      context: 3 + index,
      parent: 2 + index,
      asOf: 3 + index,
      kind: 'callback' as const,
      name: null,
      api: 'setTimeout',
      stack: null,
    }))
    const { timeline } = told
    timeline.append(facts as never, {})
    const all = treeRows(timeline.head, [], { collapsed: new Set(), hideEnded: true, query: '' })
    expect(all).toHaveLength(length + 2)
    expect(all.at(-1)?.depth).toBe(length + 1)
    expect(world.contexts.has((length + 2) as ContextId)).toBe(false)
  })
})
