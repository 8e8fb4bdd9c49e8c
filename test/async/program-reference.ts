// What is right: Node's AsyncLocalStorage, which the engine itself carries across await. Random programs must see the same
// under it and under what is tested. They run in batches; a batch that fails is printed with its seed, shrunk.

import { AsyncLocalStorage } from 'node:async_hooks'
import fc from 'fast-check'
import { expect } from 'vitest'
import {
  type Carrier,
  execute,
  kindNames,
  lossyKinds,
  type Program,
  programsWithout,
  type Seen,
  type Step,
} from './program'

const storage = new AsyncLocalStorage<string>()

const reference: Carrier = {
  runIn: (scope, fn) => storage.run(scope, fn),
  scope: () => storage.getStore() ?? 'base',
}

const PER_BATCH = 40

/** A batch takes a second or two: one that has not ended by now never does, and fails. */
const BATCH_PATIENCE = 60_000
/** Shrinking ends, too. */
const PATIENCE = 540_000

export interface Trial {
  /** About how many; PROGRAMS in the environment overrides it, and SEED says which. */
  programs: number
  /** Kinds of step that are left out. */
  without?: readonly string[]
  /** Whether contexts may be lost, to the base context and to no other. */
  mayLose?: boolean
  /** Runs a batch, and answers what each of its programs saw. */
  run(batch: readonly Program[]): Promise<Seen[]>
}

export async function expectAgreement({ programs, without = [], mayLose = false, run }: Trial): Promise<void> {
  const left = mayLose ? without : [...without, ...lossyKinds]
  const wanted = Number(process.env.PROGRAMS ?? programs)
  const kinds = new Set<string>()
  let ran = 0
  let probes = 0
  let lost = 0
  await fc.assert(
    fc.asyncProperty(
      fc.array(programsWithout(left), { minLength: 1, maxLength: 2 * PER_BATCH, size: 'max' }),
      async (batch) => {
        const expected = await Promise.all(batch.map((steps) => execute(steps, reference)))
        const seen = await run(batch)
        const found = expected.flatMap((right, index) => differences(right, seen[index] ?? {}))
        const losses = mayLose ? found.filter(isLoss) : []
        expect(found.filter((one) => !losses.includes(one)).map(told)).toEqual([])
        lost += losses.length
        ran += batch.length
        for (const step of batch.flatMap(stepsOf)) kinds.add(step.kind)
        for (const right of expected) probes += Object.values(right).flat().length
      },
    ),
    {
      numRuns: Math.ceil(wanted / PER_BATCH),
      interruptAfterTimeLimit: PATIENCE,
      markInterruptAsFailure: true,
      timeout: BATCH_PATIENCE,
    },
  )
  console.info(
    `${ran} programs, ${kinds.size} kinds of step, ${probes} probes: ${lost} lost to the base context, 0 other differences`,
  )
  expect(ran).toBeGreaterThan(wanted / 4)
  expect([...kinds].sort()).toEqual(kindNames.filter((name) => !left.includes(name)).sort())
}

/** A place where something else was seen: what each list has that the other has not. */
interface Difference {
  name: string
  expected: string[]
  seen: string[]
}

function differences(right: Seen, seen: Seen): Difference[] {
  const names = new Set([...Object.keys(right), ...Object.keys(seen)])
  return [...names]
    .map((name) => {
      const [expected, found] = [right[name] ?? [], seen[name] ?? []]
      return { name, expected: surplus(expected, found), seen: surplus(found, expected) }
    })
    .filter(({ expected, seen }) => expected.length + seen.length > 0)
}

/** What `list` has more often than `other`. */
function surplus(list: readonly string[], other: readonly string[]): string[] {
  const left = [...other]
  return list.filter((one) => {
    const index = left.indexOf(one)
    if (index >= 0) left.splice(index, 1)
    return index < 0
  })
}

const isLoss = ({ expected, seen }: Difference): boolean =>
  expected.length === seen.length && seen.every((one) => one === 'base')

const told = ({ name, expected, seen }: Difference): string => `${name}: ${expected} expected, ${seen} seen`

const stepsOf = (steps: Program): Step[] => steps.flatMap((step) => [step, ...stepsOf(step.body)])
