// The tree is kept from world to world, and says at each what a plain walk over everything says: whatever is folded, filtered and searched,
// whether a page goes on, somebody looks back, or what was over is let go.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Finding, Severity } from '../../../panel/model/finding'
import { Tree, type TreeOptions, type TreeRow } from '../../../panel/model/selectors/tree'
import { Timeline } from '../../../panel/model/timeline'
import type { World } from '../../../panel/model/world'
import type { ContextId, Fact, StackTable } from '../../../runtime/protocol'
import { randomFacts } from '../random-facts'
import { lifeOf, moments, stacks } from '../random-life'
import { story } from '../story'
import { plainRows } from './plain-rows'

interface Step {
  /** How many facts come, and where somebody looks back to then, as a share of all; null is live. */
  facts: number
  past: number | null
  /** Of the contexts: those that are folded, and those of which something is said. */
  folds: number[]
  findings: [context: number, severity: Severity][]
  hideEnded: boolean
  hideCallbacks: boolean
  hideUntraced: boolean
  holds: string | null
  query: string
  /** Whether another tree goes on from there. */
  forks: boolean
}

const often = <Value>(usual: Value, ...others: Value[]) => fc.constantFrom(usual, usual, usual, ...others)

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.record({
    facts: fc.integer({ min: 0, max: 25 }),
    past: fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { freq: 2 }),
    folds: fc.array(fc.nat(40), { maxLength: 4 }),
    findings: fc.array(fc.tuple(fc.nat(40), fc.constantFrom<Severity>('error', 'warning', 'info')), { maxLength: 3 }),
    hideEnded: often(false, true),
    hideCallbacks: often(false, true),
    hideUntraced: often(false, true),
    holds: often<string | null>(null, 'v0', 'user'),
    query: often('', 'v1', 'copy', 'task', '1', '/^b|2$/', 'nowhere', '('),
    forks: often(false, true),
  }),
  { minLength: 1, maxLength: 12 },
)

/** The same where one of the variables is OpenTelemetry's, and says of some contexts that they are not traced. */
const traced = (facts: readonly Fact[]): readonly Fact[] =>
  JSON.parse(
    JSON.stringify(facts)
      .replaceAll('"name":"v1"', '"name":"otel.suppress_tracing"')
      .replaceAll('"text":"1"', '"text":"true"'),
  )

function follow(told: readonly Fact[], table: StackTable, steps: readonly Step[], bytes?: number): void {
  const timeline = new Timeline({ interval: 8, most: 6, ...(bytes === undefined ? {} : { bytes }) })
  let tree = new Tree()
  let origin: Tree | null = null
  let read = 0
  const facts = told.length % 2 === 0 ? told : traced(told)
  for (const step of steps) {
    timeline.append(facts.slice(read, read + step.facts), table)
    read += step.facts
    const world = step.past === null ? timeline.head : timeline.at(Math.floor(step.past * timeline.head.seq))
    if (step.forks) {
      origin = tree
      tree = tree.fork()
    }
    look(tree, world, step)
    if (origin !== null) look(origin, timeline.head, step)
  }
}

function look(tree: Tree, world: World, step: Step): void {
  const contexts = [...world.contexts.keys()]
  const pick = (index: number) => contexts[index % Math.max(contexts.length, 1)] ?? (99 as ContextId)
  const findings = step.findings.map(([context, severity]) => ({ context: pick(context), severity }) as Finding)
  const collapsed = new Set(step.folds.map(pick))
  const { hideEnded, hideCallbacks, hideUntraced, holds, query } = step
  const options: TreeOptions = { collapsed, hideEnded, hideCallbacks, hideUntraced, holds, query }
  const before = { version: tree.version, rows: all(tree) }
  tree.update(world, findings, options)
  const rows = plainRows(world, findings, options)
  expect(all(tree)).toEqual(rows)
  if (tree.version === before.version) expect(rows).toEqual(before.rows)

  expect(rows.map((_, index) => tree.label(index))).toEqual(rows.map(({ label }) => label))
  const shown = new Map(rows.map(({ context }, index) => [context, index]))
  for (const context of contexts) expect(tree.indexOf(context)).toBe(shown.get(context) ?? -1)
  rows.forEach((_, index) => {
    const above = rows.slice(0, index).findLastIndex(({ depth }) => depth < (rows[index]?.depth ?? 0))
    expect(tree.above(index)).toBe(above)
    const beside = rows.flatMap((_, other) => (tree.above(other) === above ? [other] : []))
    expect(tree.beside(index)).toEqual(beside)
  })
  expect(tree.matches).toEqual(rows.flatMap(({ matches }, index) => (matches ? [index] : [])))
}

const all = (tree: Tree): TreeRow[] => Array.from({ length: tree.length }, (_, index) => tree.row(index))

test('of what honest pages state', () => {
  fc.assert(
    fc.property(moments, fc.boolean(), steps, (deeds, knowsAwait, steps) => {
      follow(lifeOf(deeds, knowsAwait), stacks, steps)
    }),
    { numRuns: 300 },
  )
})

test('where what was over is let go', () => {
  fc.assert(
    fc.property(
      moments,
      fc.boolean(),
      steps,
      fc.integer({ min: 2_000, max: 12_000 }),
      (deeds, knowsAwait, steps, bytes) => {
        follow(lifeOf(deeds, knowsAwait), stacks, steps, bytes)
      },
    ),
    { numRuns: 300 },
  )
})

test('of what nobody would state', () => {
  fc.assert(
    fc.property(randomFacts, steps, (facts, steps) => {
      follow(facts, {}, steps)
    }),
    { numRuns: 300 },
  )
})

test('and a row that says the same is the very same', () => {
  const timeline = new Timeline()
  const context = { type: 'context-created', name: null, api: null, stack: null, asOf: 0, parent: null } as const
  const fact = (seq: number, rest: object) => ({ seq, at: seq, ...rest }) as unknown as Fact
  timeline.append(
    [fact(1, { ...context, context: 1, kind: 'base' }), fact(2, { ...context, context: 2, kind: 'new' })],
    {},
  )
  const tree = new Tree()
  const options: TreeOptions = { collapsed: new Set(), hideEnded: false, query: '' }
  tree.update(timeline.head, [], options)
  const [first, second] = all(tree)
  const value = { kind: 'number', text: '1' }
  timeline.append([fact(3, { type: 'var-set', context: 2, variable: 1, token: 1, value, stack: null })], {})
  tree.update(timeline.head, [], options)
  expect(tree.row(0)).toBe(first)
  expect(tree.row(1)).not.toBe(second)
  expect(tree.row(1)).toMatchObject({ own: 1 })
  const { version } = tree
  tree.update(timeline.head, [], options)
  expect(tree.version).toBe(version)
})

test('a search finds files as soon as it is known where the stacks stand', () => {
  const told = story('user is a variable\nbase copies c\nc sets user = 1 as a @ serve desk.ts:4')
  const bundled = Object.fromEntries(
    Object.entries(told.stacks).map(([id, frames]) => [id, frames.map((frame) => ({ ...frame, url: '/bundle.js' }))]),
  )
  const timeline = new Timeline()
  timeline.append(told.facts, bundled)
  const tree = new Tree()
  const update = () =>
    tree.update(timeline.head, [], {
      collapsed: new Set(),
      hideEnded: false,
      query: 'desk.ts',
      retold: timeline.rewrites,
    })
  update()
  update()
  expect(tree.length).toBe(0)
  timeline.retell(told.stacks)
  update()
  expect(tree.length).toBe(2)
})
