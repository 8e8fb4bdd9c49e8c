// The reference is CPython: random programs come to the same in both, values and error types alike. Committed traces hold
// where there is no Python; where there is one, fresh programs are asked, too.

import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { attachTap } from '../../runtime/context/tap'
import { seed } from '../seed'
import { countingTap } from './counting-tap'
import { type CPython, hasPython, startCPython } from './cpython'
import { interpret } from './interpret'
import { type Program, program, type Trace } from './program'

interface Committed {
  python: string
  runs: { program: Program; trace: Trace }[]
}

const committed: Committed = JSON.parse(readFileSync(new URL('traces/cpython.json', import.meta.url), 'utf8'))

/** In the runtime as it is, and with somebody listening. */
function interpretTapped(program: Program): Trace {
  const detach = attachTap(countingTap().tap)
  try {
    return interpret(program)
  } finally {
    detach()
  }
}

describe(`what CPython ${committed.python} said`, () => {
  test(`${committed.runs.length} programs`, () => {
    for (const { program, trace } of committed.runs) expect(interpret(program), JSON.stringify(program)).toEqual(trace)
  })

  test('the same with a tap attached', () => {
    for (const { program, trace } of committed.runs) {
      expect(interpretTapped(program), JSON.stringify(program)).toEqual(trace)
    }
  })

  test('covers every step and every kind of outcome', () => {
    const steps = new Set(JSON.stringify(committed.runs.map(({ program }) => program)).match(/(?<=\[")[a-z ]+(?=")/g))
    expect(steps.size).toBe(33)
    const said = JSON.stringify(committed.runs.map(({ trace }) => trace))
    for (const outcome of ['MISSING', 'reset', 'ran', 'yielded', 'done', 'closed', '!Raised']) {
      expect(said).toContain(`"${outcome}"`)
    }
    for (const error of ['LookupError', 'KeyError', 'ValueError', 'RuntimeError', 'TypeError']) {
      expect(said.split(`!${error}`).length).toBeGreaterThan(20)
    }
  })
})

describe.skipIf(!hasPython)('CPython, asked now (left out where there is no python3 of 3.8 or later)', () => {
  let python: CPython

  beforeAll(async () => {
    python = await startCPython()
  })

  afterAll(() => python.stop())

  test(`fresh programs, with SEED=${seed}`, async () => {
    await fc.assert(
      fc.asyncProperty(program, async (program) => {
        const trace = await python.run(program)
        expect(interpret(program)).toEqual(trace)
        expect(interpretTapped(program)).toEqual(trace)
      }),
      { numRuns: 500 },
    )
  })
})
