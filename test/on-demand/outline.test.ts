// What lives, told by the script that the panel brings: the same tree as the log makes, without what the contexts hold.

import { Context, ContextVar, copyContext } from 'contextvars-devtools'
import { createTask } from 'contextvars-devtools/async'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { outlineWorld, parseOutlinePart } from '../../panel/model/outline'
import { parseBatch } from '../../panel/model/recording'
import { Timeline } from '../../panel/model/timeline'
import type { World } from '../../panel/model/world'
import type { ContextId, OutlinePart } from '../../runtime/protocol'
import { recorded } from './page'

let page: Awaited<ReturnType<typeof recorded>>
beforeEach(async () => {
  page = await recorded('outline')
})
afterEach(() => {
  page.stop()
  vi.restoreAllMocks()
})

const held = new ContextVar<number>('held')
/** So that nothing is collected. */
const kept: Context[] = []

const answer = (from = 1, epoch = page.lent.epoch) => page.lent.outline?.(JSON.stringify({ epoch, from })) ?? ''

function parts(): OutlinePart[] {
  const all: OutlinePart[] = []
  for (let from: number | null = 1; from !== null; ) {
    const part = parseOutlinePart(answer(from), from as ContextId)
    if (part === null) throw new Error(`${answer(from)} is no answer`)
    all.push(part)
    from = part.next
  }
  return all
}

/** What the facts say. */
function told(): World {
  const timeline = new Timeline()
  for (;;) {
    const batch = parseBatch(page.recording.since(timeline.head.seq))
    if (batch === null || batch.facts.length === 0) return timeline.head
    timeline.append(batch.facts, batch.stacks)
  }
}

const tree = ({ contexts }: World, ids: Iterable<ContextId>) =>
  [...ids].map((id) => {
    const { parent, kind, name, api, state } = contexts.get(id) ?? {}
    return { id, parent, kind, name, api, state }
  })

type Deed = ['copy' | 'new' | 'set' | 'run' | 'task' | 'callback', number]

/** Each happens in one of the contexts that there are. */
async function act(deeds: readonly Deed[]): Promise<void> {
  const contexts: Context[] = [copyContext()]
  const make = (context: Context) => kept.push(context) && contexts.push(context)
  for (const [deed, where] of deeds) {
    const context = contexts[where % contexts.length] as Context
    if (deed === 'copy') make(context.copy())
    else if (deed === 'new') make(new Context())
    else if (deed === 'set') context.run(() => held.set(where))
    else if (deed === 'run') context.run(() => make(copyContext()))
    else if (deed === 'task') {
      const task = context.run(() =>
        createTask(where % 2 === 0 ? async () => held.set(1) : () => new Promise(() => {})),
      )
      kept.push(task.context)
    } else context.run(() => void setTimeout(() => held.get(null)))
  }
  await new Promise((resolve) => setTimeout(resolve, 2))
}

const deed = fc.tuple(
  fc.constantFrom<Deed[0]>('copy', 'new', 'set', 'run', 'task', 'callback'),
  fc.nat(9),
) as fc.Arbitrary<Deed>

test('it has the tree that the log makes', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(deed, { maxLength: 30 }), async (deeds) => {
      await act(deeds)
      const world = outlineWorld(parts())
      const facts = told()
      expect(world.seq).toBe(facts.seq)
      expect(world.base).toBe(facts.base)
      const living = [...facts.contexts.values()].filter(({ state }) => state !== 'collected').map(({ id }) => id)
      const known = living.filter((id) => page.lent.note?.(id) !== undefined)
      expect(tree(world, known)).toEqual(tree(facts, known))
    }),
    { numRuns: 30 },
  )
}, 30_000)

test('it takes two frames at a time, however many there are', () => {
  for (let count = 0; count < 3_000; count++) {
    const context = copyContext()
    kept.push(context)
    context.run(() => held.set(count))
  }
  let now = 0
  vi.spyOn(performance, 'now').mockImplementation(() => (now += 40))
  const all = parts()
  expect(all.length).toBeGreaterThan(1)
  const world = outlineWorld(all)
  expect(world.contexts.size).toBeGreaterThan(3_000)
  expect(
    [...world.contexts.values()].filter(({ kind }) => kind === 'copy').every(({ state }) => state === 'ended'),
  ).toBe(true)
})

test('one that was named and is gone is said to be gone', () => {
  const world = outlineWorld([{ last: 9, next: null, looks: [['task', 'Ada', 'createTask', false]], rows: [7, 5, 0] }])
  expect(tree(world, [5, 7] as ContextId[])).toMatchObject([
    { id: 5, parent: null, state: 'collected' },
    { id: 7, parent: 5, name: 'Ada', state: 'alive' },
  ])
})

test('in the middle of a run, and of another document, it says nothing', () => {
  expect(copyContext().run(() => answer())).toBe('{"part":null}')
  expect(answer(1, 'another')).toBe('{"part":null}')
})

test.each([
  ['no JSON', ''],
  ['nothing', '{"part":null}'],
  ['no rows', '{"part":{"last":1,"next":null,"looks":[]}}'],
  ['a look that is not there', '{"part":{"last":1,"next":null,"looks":[],"rows":[1,0,0]}}'],
  ['an unknown kind', '{"part":{"last":1,"next":null,"looks":[["king",null,null,false]],"rows":[1,0,0]}}'],
  ['the same twice', '{"part":{"last":1,"next":null,"looks":[["copy",null,null,false]],"rows":[1,0,0,0,0,0]}}'],
  ['one before the first', '{"part":{"last":1,"next":null,"looks":[["copy",null,null,false]],"rows":[2,0,0]}}', 3],
  ['one behind the last', '{"part":{"last":1,"next":4,"looks":[["copy",null,null,false]],"rows":[4,0,0]}}'],
  ['what was asked over again', '{"part":{"last":1,"next":3,"looks":[],"rows":[]}}', 3],
])('%s is no answer', (_, text, from = 1) => {
  expect(parseOutlinePart(text, from as ContextId)).toBeNull()
})
