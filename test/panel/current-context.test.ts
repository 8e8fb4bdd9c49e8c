// The source of the pane: what it asks a page, how often, and what it says of one that has no answer.

import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { currentContext, OLD_RECORDER } from '../../panel/source/current-context'
import type { Link } from '../../panel/source/source'
import { ContextVar } from '../../runtime'
import { createTask, install } from '../../runtime/async'
import { type Fact, HOOK_KEY, type Where } from '../../runtime/protocol'
import { Recording } from '../../runtime/recorder/recording'
import { openPage, type TestPage } from './page'

let recording: Recording
let uninstall: () => void
let page: TestPage
const ends: (() => void)[] = []

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
  recording = new Recording({ budget: 1 })
  uninstall = install()
  page = openPage()
})

afterEach(() => {
  for (const end of ends.splice(0)) end()
  uninstall()
  recording.stop()
  vi.useRealTimers()
})

const answer = () => ({ where: () => recording.where(), here: () => recording.here() })

function listen() {
  const heard = { links: [] as Link[], facts: [] as Fact[], wheres: [] as Where[], epochs: 0 }
  ends.push(
    currentContext(page).start({
      link: (link) => heard.links.push(link),
      epoch: () => {
        heard.epochs += 1
      },
      batch: ({ facts }) => heard.facts.push(...facts),
      where: (where) => heard.wheres.push(where),
      pace: () => {},
      held: () => {},
    }),
  )
  return heard
}

const pass = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds)

test('while the page runs it is asked where it stands, four times a second, and nothing else', async () => {
  page.setOutlet(answer())
  const heard = listen()
  await pass(3_000)
  expect(heard.links).toEqual([{ state: 'live' }])
  expect(heard.facts).toHaveLength(1)
  const before = page.evaluations
  new ContextVar('said').set(1)
  await pass(10_000)
  expect(page.evaluations - before).toBeLessThanOrEqual(40)
  expect(page.evaluations - before).toBeGreaterThanOrEqual(38)
  expect(heard.facts).toHaveLength(1)
})

test('where it stands in another context, that is told, and it is asked twenty times a second for two seconds', async () => {
  const dish = new ContextVar<string>('dish')
  let stands = ''
  let holds = ''
  createTask(
    () => {
      dish.set('soup')
      stands = recording.where()
      holds = recording.here()
    },
    { name: 'Chef' },
  )
  let inside = false
  page.setOutlet({
    where: () => (inside ? stands : recording.where()),
    here: () => (inside ? holds : recording.here()),
  })
  const heard = listen()
  await pass(5_000)
  const before = page.evaluations
  inside = true
  await pass(250)
  expect(heard.facts.at(-1)).toMatchObject({ type: 'census', seq: 2 })
  expect(heard.wheres.at(-1)?.current).toBe((JSON.parse(stands) as Where).current)
  await pass(2_000)
  expect(page.evaluations - before).toBeGreaterThan(38)
  expect(page.evaluations - before).toBeLessThan(45)
  inside = false
  await pass(300)
  expect(heard.wheres.at(-1)?.current).toBe((JSON.parse(recording.where()) as Where).current)
})

test('while nobody looks it asks nothing', async () => {
  page.setOutlet(answer())
  listen()
  await pass(3_000)
  page.tell('hidden')
  const before = page.evaluations
  await pass(60_000)
  expect(page.evaluations).toBe(before)
  page.tell('shown')
  await pass(0)
  expect(page.evaluations).toBeGreaterThan(before)
})

test('a page that has no answer is named as what it is', async () => {
  const heard = listen()
  await pass(2_000)
  expect(heard.links.at(-1)).toEqual({ state: 'no-runtime' })
  page.run(`globalThis[Symbol.for(${JSON.stringify(HOOK_KEY)})] = { version: 1, runtimes: [{}] }`)
  await pass(3_000)
  expect(heard.links.at(-1)).toEqual({ state: 'no-runtime', unrecorded: true })
  page.setOutlet({ where: () => recording.where() })
  await pass(3_000)
  expect(heard.links.at(-1)).toEqual({ state: 'lost', why: OLD_RECORDER })
  page.setOutlet(answer())
  await pass(10_000)
  expect(heard.links.at(-1)).toEqual({ state: 'live' })
})

test.each([
  ['throws', '({ where() { throw new Error("no") }, here() {} })'],
  ['says what is no JSON', '({ where: () => "{", here: () => "" })'],
  [
    'says another epoch in the same breath',
    '({ where: () => JSON.stringify({ epoch: "a", last: 1, current: 1, task: null }), here: () => JSON.stringify({ protocol: 1, epoch: "b", facts: [], stacks: {}, last: 1, bytes: 0, capacity: 1, silent: 0 }) })',
  ],
])('an outlet that %s is not believed', async (_, outlet) => {
  page.setOutlet(page.run(outlet) as object)
  const heard = listen()
  await pass(5_000)
  expect(heard.links.at(-1)).toMatchObject({ state: 'lost' })
  expect(heard.facts).toEqual([])
})
