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

describe('filters', () => {
  test('callbacks are left out, but for what lies below and what has a problem', () => {
    const told = story(`${shop}\nAlice hands over click\nclick starts task Carol`)
    expect(drawn(told, { hideCallbacks: true })).toEqual([
      'base',
      '. Alice',
      '. . inner',
      '. . click',
      '. . . Carol',
      '. Bob',
      '. . lone',
    ])
    const problem = { context: told.context('timer'), severity: 'error' } as Finding
    expect(drawn(told, { hideCallbacks: true }, [problem])).toContain('. . timer')
  })

  test('only contexts that hold a variable, whichever of that name', () => {
    const told = story(`
      user is a variable
      other is a variable called user
      lang is a variable
      base starts task Alice
      Alice sets user = 1 as a
      base starts task Bob
      Bob sets other = 2 as b
      base starts task Carol
      Carol sets lang = 3 as c
    `)
    expect(drawn(told, { holds: 'user' })).toEqual(['base', '. Alice', '. Bob'])
    expect(drawn(told, { holds: 'user', query: '2' })).toEqual(['base', '. Bob'])
    expect(drawn(told, { holds: 'nothing' })).toEqual([])
  })

  test('a search finds the files of sets', () => {
    const told = story(`
      user is a variable
      base starts task Alice
      Alice sets user = 1 as a @ forms.js:3
      base starts task Bob
      Bob sets user = 2 as b @ board.js:3
    `)
    expect(drawn(told, { query: 'forms' })).toEqual(['base', '. Alice'])
    expect(drawn(told, { query: '/^(forms|board)/' })).toEqual(['base', '. Alice', '. Bob'])
    expect(drawn(told, { query: '/(/' })).toEqual([])
  })
})

describe('what a tracer does on its own account', () => {
  const exporting = `
    quiet is a variable
    base copies order
    base copies export
    export enters
    export sets quiet = true as t1
    export hands over answer
    export leaves
    order hands over click
  `
  // A story's names have no dots.
  const told = () => {
    const made = story(exporting)
    for (const fact of made.facts)
      if (fact.type === 'var-created') Object.assign(fact, { name: 'otel.suppress_tracing' })
    return made
  }

  test('is left out where that is wanted, with what hangs below it', () => {
    expect(drawn(told())).toEqual(['base', '. order', '. . click', '. export', '. . answer'])
    expect(drawn(told(), { hideUntraced: true })).toEqual(['base', '. order', '. . click'])
    expect(drawn(story(exporting), { hideUntraced: true })).toHaveLength(5)
  })

  test('but who searches finds it, and what has a problem stays', () => {
    expect(drawn(told(), { hideUntraced: true, query: 'answer' })).toEqual(['base', '. export', '. . answer'])
    const problem = { context: told().context('answer'), severity: 'warning' } as Finding
    expect(drawn(told(), { hideUntraced: true }, [problem])).toContain('. . answer')
  })

  test('and what says so no more is shown', () => {
    const again = told()
    const reset = story(`${exporting}\nexport resets quiet by t1`).facts.at(-1)
    if (reset !== undefined) again.facts.push(reset)
    expect(drawn(again, { hideUntraced: true })).toContain('. export')
  })
})
