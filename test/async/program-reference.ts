// What is right: Node's AsyncLocalStorage, which the engine itself carries across await. Random programs must see the same
// under it and under what is tested. They run in batches; a batch that fails is printed with its seed, shrunk.

import { AsyncLocalStorage } from 'node:async_hooks'
import fc from 'fast-check'
import { expect } from 'vitest'
import { type Carrier, execute, kindNames, type Program, programsWithout, type Seen, type Step } from './program'

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
  /** Runs a batch, and answers what each of its programs saw. */
  run(batch: readonly Program[]): Promise<Seen[]>
}

export async function expectAgreement({ programs, without = [], run }: Trial): Promise<void> {
  const wanted = Number(process.env.PROGRAMS ?? programs)
  const kinds = new Set<string>()
  let ran = 0
  let probes = 0
  await fc.assert(
    fc.asyncProperty(
      fc.array(programsWithout(without), { minLength: 1, maxLength: 2 * PER_BATCH, size: 'max' }),
      async (batch) => {
        const expected = await Promise.all(batch.map((steps) => execute(steps, reference)))
        const seen = await run(batch)
        expect(expected.flatMap((right, index) => differences(right, seen[index] ?? {}))).toEqual([])
        ran += batch.length
        for (const step of batch.flatMap(stepsOf)) kinds.add(step.kind)
        for (const right of expected) probes += Object.values(right).flat().length
      },
    ),
    {
      numRuns: Math.ceil(wanted / PER_BATCH),
      ...(process.env.SEED !== undefined && { seed: Number(process.env.SEED) }),
      interruptAfterTimeLimit: PATIENCE,
      markInterruptAsFailure: true,
      timeout: BATCH_PATIENCE,
    },
  )
  console.info(`${ran} programs, ${kinds.size} kinds of step, ${probes} probes: 0 differences`)
  expect(ran).toBeGreaterThan(wanted / 4)
  expect([...kinds].sort()).toEqual(kindNames.filter((name) => !without.includes(name)).sort())
}

function differences(right: Seen, seen: Seen): string[] {
  const names = new Set([...Object.keys(right), ...Object.keys(seen)])
  return [...names]
    .filter((name) => String(right[name]) !== String(seen[name]))
    .map((name) => `${name}: ${right[name]} expected, ${seen[name]} seen`)
}

const stepsOf = (steps: Program): Step[] => steps.flatMap((step) => [step, ...stepsOf(step.body)])
