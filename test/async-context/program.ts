// Random programs of several variables and snapshots, for whatever has both.

import fc from 'fast-check'
import { AsyncContext } from '../../runtime/async-context'
import { assertUnreachable } from '../context/assert-unreachable'

/** What a program may do with several variables and with snapshots. */
export type Step =
  | { do: 'look' }
  | { do: 'run'; variable: number; value: number; steps: Step[] }
  | { do: 'snapshot'; at: number }
  | { do: 'wrap'; at: number; steps: Step[] }
  | { do: 'enter'; at: number; steps: Step[] }
  | { do: 'call'; at: number }
  | { do: 'throw'; steps: Step[] }
  | { do: 'wait'; how: 'promise' | 'value' | 'timer' | 'then' }
  | { do: 'async'; joined: boolean; steps: Step[] }

export interface Way {
  get(variable: number): unknown
  run<T>(variable: number, value: number, fn: () => T): T
  snapshot(): <T>(fn: () => T) => T
  wrap<T>(fn: () => T): () => T
}

export const VARIABLES = 3
const KEPT = 4
const which = fc.nat({ max: VARIABLES - 1 })
const at = fc.nat({ max: KEPT - 1 })

export const { steps: programs } = fc.letrec<{ step: Step; steps: Step[] }>((tie) => ({
  steps: fc.array(tie('step'), { minLength: 1, maxLength: 6, depthIdentifier: 'program' }),
  step: fc.oneof(
    { depthIdentifier: 'program', depthSize: 'small' },
    fc.record({ do: fc.constant('look' as const) }),
    fc.record({ do: fc.constant('snapshot' as const), at }),
    fc.record({ do: fc.constant('call' as const), at }),
    fc.record({ do: fc.constant('wait' as const), how: fc.constantFrom('promise', 'value', 'timer', 'then') }),
    fc.record({ do: fc.constant('run' as const), variable: which, value: fc.nat({ max: 9 }), steps: tie('steps') }),
    fc.record({ do: fc.constant('wrap' as const), at, steps: tie('steps') }),
    fc.record({ do: fc.constant('enter' as const), at, steps: tie('steps') }),
    fc.record({ do: fc.constant('throw' as const), steps: tie('steps') }),
    fc.record({ do: fc.constant('async' as const), joined: fc.boolean(), steps: tie('steps') }),
  ) as fc.Arbitrary<Step>,
}))

/** Each program looks after each of its steps, in each of its branches. */
export async function follow(program: readonly Step[], way: Way): Promise<Record<string, unknown[][]>> {
  const seen: Record<string, unknown[][]> = {}
  const entries: ((<T>(fn: () => T) => T) | undefined)[] = []
  const wrapped: ((() => Promise<void>) | undefined)[] = []
  const pending: Promise<void>[] = []
  let calls = 0

  const look = (place: string): void => {
    seen[place] ??= []
    seen[place].push(Array.from({ length: VARIABLES }, (_, variable) => way.get(variable)))
  }

  async function all(steps: readonly Step[], place: string): Promise<void> {
    for (const [index, step] of steps.entries()) {
      await one(step, `${place}.${index}`)
      look(`${place}.${index}`)
    }
  }

  async function one(step: Step, place: string): Promise<void> {
    switch (step.do) {
      case 'look':
        return look(`${place} looks`)
      case 'run':
        return way.run(step.variable, step.value, () => all(step.steps, `${place} run`))
      case 'snapshot':
        entries[step.at] = way.snapshot()
        return
      case 'wrap':
        wrapped[step.at] = way.wrap(() => all(step.steps, `${place} wrapped`))
        return
      case 'enter':
        return entries[step.at]?.(() => all(step.steps, `${place} entered`))
      case 'call': {
        // What calls itself for ever ends here.
        const call = wrapped[step.at]
        if (call === undefined || ++calls > 20) return
        return call()
      }
      case 'throw':
        try {
          await all(step.steps, `${place} throws`)
          throw new Error('as it should be')
        } catch {
          return look(`${place} catches`)
        }
      case 'wait':
        if (step.how === 'value') return void (await 1)
        if (step.how === 'promise') return void (await Promise.resolve())
        if (step.how === 'then') return Promise.resolve().then(() => look(`${place} then`))
        return new Promise((resolve) => {
          setTimeout(() => {
            look(`${place} timer`)
            resolve()
          })
        })
      case 'async': {
        const work = all(step.steps, `${place} async`)
        if (step.joined) return work
        pending.push(work)
        return
      }
      default:
        assertUnreachable(step)
    }
  }

  await all(program, '')
  for (let index = 0; index < pending.length; index++) await pending[index]
  // The order between branches that go on side by side is not ours to compare.
  for (const looks of Object.values(seen)) looks.sort()
  return seen
}

export function variables(): Way {
  const made = Array.from({ length: VARIABLES }, () => new AsyncContext.Variable<number>())
  return {
    get: (variable) => made[variable]?.get(),
    run: (variable, value, fn) => (made[variable] as AsyncContext.Variable<number>).run(value, fn),
    snapshot: () => {
      const snapshot = new AsyncContext.Snapshot()
      return (fn) => snapshot.run(fn)
    },
    wrap: (fn) => AsyncContext.Snapshot.wrap(fn),
  }
}
