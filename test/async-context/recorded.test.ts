// What a panel learns of code that was written for the standard: each run is a context that begins with its value, at the page's own line, and
// no rule takes that for a set that somebody forgot.

import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { parseBatch } from '../../panel/model/recording'
import { judge, rules, rulesAtEnd } from '../../panel/model/rules'
import { contextPhrase, rowLabel, variableName } from '../../panel/model/selectors/labels'
import { Timeline } from '../../panel/model/timeline'
import type { ContextEntry, World } from '../../panel/model/world'
import { ContextVar } from '../../runtime'
import { createTask } from '../../runtime/async'
import { AsyncContext, install } from '../../runtime/async-context'
import { type Batch, type Fact, VARIABLE_RUN } from '../../runtime/protocol'
import { record } from '../../runtime/recorder'
import { variablesOfCollected } from '../context/collected-tokens'
import { seed } from '../seed'
import { follow, programs, variables } from './program'

let recording = record({ budget: 1 })
let uninstall = () => {}
beforeEach(() => {
  recording = record({ budget: 1 })
  uninstall = install()
})
afterEach(() => {
  uninstall()
  recording.stop()
})

const sleep = (ms = 1) => new Promise<void>((resolve) => setTimeout(resolve, ms))
const batch = (): Batch => JSON.parse(recording.since(0))
const factsOf = <T extends Fact['type']>(type: T) =>
  batch().facts.filter((fact): fact is Extract<Fact, { type: T }> => fact.type === type)

function world(): World {
  const parsed = parseBatch(recording.since(0))
  if (parsed === null) throw new Error('The answer cannot be read.')
  const timeline = new Timeline()
  timeline.append(parsed.facts, parsed.stacks)
  return timeline.head
}

const findings = (by = rules) => judge(world(), { by }).findings.map(({ title, severity }) => `${severity}: ${title}`)

/** The line of this file on top of a stack. */
function place(stack: number | null): string {
  const { name = '', url = 'nowhere' } = batch().stacks[stack ?? -1]?.[0] ?? {}
  return `${name} ${url.replace(/^.*\//, '')}`
}

test('a variable has its name and its default, and the line that made it', () => {
  function make() {
    return [new AsyncContext.Variable({ name: 'user', defaultValue: 'nobody' }), new AsyncContext.Variable()]
  }
  make()
  const made = factsOf('var-created')
  expect(made.map(({ name, default: preset }) => [name, preset?.text])).toEqual([
    ['user', '"nobody"'],
    ['(unnamed)', 'undefined'],
  ])
  for (const { stack } of made) expect(place(stack)).toBe('make recorded.test.ts')
})

test('a run is a copy with the name of the variable, which begins with the value and nobody can undo', () => {
  const user = new AsyncContext.Variable<string>({ name: 'user' })
  function work() {
    user.run('Ada', () => user.run('Grace', () => user.get()))
  }
  work()
  const created = factsOf('context-created').filter(({ kind }) => kind !== 'base')
  expect(created.map(({ kind, api, name }) => [kind, api, name])).toEqual([
    ['copy', VARIABLE_RUN, 'user'],
    ['copy', VARIABLE_RUN, 'user'],
  ])
  expect(created[1]?.parent).toBe(created[0]?.context)
  expect(place(created[0]?.stack ?? null)).toBe('work recorded.test.ts')
  for (const type of ['var-set', 'run-started'] as const) {
    expect(factsOf(type).map(({ stack }) => place(stack))).toContain('work recorded.test.ts')
  }
  const known = world()
  const [outer, inner] = created.map(({ context }) => known.contexts.get(context))
  expect([outer, inner].map((entry) => [entry?.state, entry?.own, entry?.open])).toEqual([
    ['ended', 1, 0],
    ['ended', 1, 0],
  ])
  expect([...(inner?.holdings.values() ?? [])].map(({ value, token, setIn }) => [value.text, token, setIn])).toEqual([
    ['"Grace"', null, inner?.id],
  ])
  expect(known.tokens.size).toBe(0)
  expect(contextPhrase(known, inner?.id ?? null)).toBe('the run of “user”')
  expect(factsOf('var-read').map(({ from }) => from)).toEqual(['own'])
  expect(created.map(({ context }) => rowLabel(known, known.contexts.get(context) as ContextEntry))).toEqual([
    'user = "Ada"',
    'user = "Grace"',
  ])
})

test('a snapshot is a callback of where it was made, told when something happens there', () => {
  const user = new AsyncContext.Variable<string>({ name: 'user' })
  const snapshot = user.run('Ada', () => new AsyncContext.Snapshot())
  const wrapped = user.run('Grace', () => AsyncContext.Snapshot.wrap(() => user.get()))
  snapshot.run(() => {})
  expect(factsOf('context-created').filter(({ kind }) => kind === 'callback')).toEqual([])
  snapshot.run(() => user.get())
  wrapped()
  const known = world()
  const told = factsOf('context-created').filter(({ kind }) => kind === 'callback')
  expect(told.map(({ api, parent }) => [api, known.contexts.get(parent ?? (0 as never))?.api])).toEqual([
    ['Snapshot.run', VARIABLE_RUN],
    ['Snapshot.wrap', VARIABLE_RUN],
  ])
  expect(factsOf('var-read').map(({ from }) => from)).toEqual(['inherited', 'inherited'])
})

test('the token that stands for a value in the log is not missed by anybody when it is collected', async () => {
  const user = new AsyncContext.Variable<object>({ name: 'user' })
  for (let i = 0; i < 100; i++) user.run({ i }, () => user.get())
  expect(await variablesOfCollected(recording, new ContextVar<number>('lost'))).toEqual(new Set(['lost']))
})

test('no rule has a word for what the standard is for', async () => {
  const user = new AsyncContext.Variable<string>({ name: 'user', defaultValue: 'nobody' })
  const span = new AsyncContext.Variable<number>({ name: 'span' })
  const handle = async (name: string): Promise<string> => {
    await sleep()
    await span.run(1, () => span.run(2, () => sleep()))
    setTimeout(() => user.get())
    queueMicrotask(() => user.get())
    return user.run(`${name}'s`, async () => {
      await sleep()
      return `${user.get()} ${span.get()}`
    })
  }
  // Waited for from outside, where the default is read afterwards; by several, and again at the same line.
  for (const name of ['Ada', 'Grace']) await user.run(name, handle, name)
  user.get()
  await Promise.all(['Ada', 'Grace'].map((name) => user.run(name, handle, name)))
  await createTask(async () => {
    await user.run('Ada', handle, 'Ada')
    user.get()
    const task = createTask(async () => user.get())
    user.run('Grace', () => {})
    await task.result
  }).result
  // What outlives its run: copies that are made later, a snapshot, an interval, a listener.
  const later: (() => void)[] = []
  const target = new EventTarget()
  user.run('Ada', () => {
    const snapshot = new AsyncContext.Snapshot()
    later.push(() => snapshot.run(() => user.run('Grace', () => user.get())))
    later.push(AsyncContext.Snapshot.wrap(() => createTask(async () => user.get())))
    const timer = setInterval(() => user.get())
    later.push(() => clearInterval(timer))
    target.addEventListener('x', () => user.run(user.get() ?? '', () => user.get()))
  })
  await sleep(5)
  for (const call of later) call()
  target.dispatchEvent(new Event('x'))
  expect(() =>
    user.run('Ada', () => {
      throw new Error('no')
    }),
  ).toThrow('no')
  await sleep(5)
  expect(findings()).toEqual([])
})

test('nor for anything that random programs do', async () => {
  let contexts = 0
  await fc.assert(
    fc.asyncProperty(fc.array(programs, { minLength: 1, maxLength: 20, size: 'max' }), async (batch) => {
      recording.stop()
      recording = record({ stacks: 'none' })
      await Promise.all(batch.map((program) => follow(program, variables())))
      expect(findings()).toEqual([])
      contexts += factsOf('context-created').length
    }),
    { numRuns: Math.ceil(Number(process.env.PROGRAMS ?? 200) / 10) },
  )
  console.info(`seed ${seed}: ${contexts} contexts, 0 findings`)
  expect(contexts).toBeGreaterThan(50)
})

test('a ContextVar that is set in a run and not reset is told as ever', async () => {
  const user = new AsyncContext.Variable<string>({ name: 'user' })
  const lang = new ContextVar<string>('lang')
  user.run('Ada', () => void lang.set('en'))
  // An async function may go on in a run that has returned.
  expect(findings()).toEqual([])
  expect(findings(rulesAtEnd)).toEqual(['info: Never reset: lang'])
})

test('after a gap, a census takes nothing for a set that may be undone', () => {
  recording.stop()
  recording = record({ budget: 1, log: { facts: 300 } })
  const user = new AsyncContext.Variable<string>({ name: 'user' })
  const kept = user.run('Ada', () => new AsyncContext.Snapshot())
  for (let i = 0; i < 120; i++) kept.run(() => user.run(`${i}`, () => user.get()))
  expect(factsOf('census').length).toBeGreaterThan(0)
  const known = world()
  expect([...known.contexts.values()].filter(({ open }) => open > 0)).toEqual([])
  expect(findings().filter((title) => !title.startsWith('info: Left out of the recording'))).toEqual([])
  expect(variableName(known, [...known.variables.keys()][0] ?? null)).toBe('user')
})
