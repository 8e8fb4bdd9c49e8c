// Random async programs: made by fast-check, run under any way to carry contexts, and observed by probes. Two runs of one
// program under two ways that are both right see the same contexts at the same probes.

import fc from 'fast-check'

export interface Step {
  kind: (typeof kinds)[number]
  /** How often, how long, or which value: 1 to 3. */
  n: number
  body: readonly Step[]
}

const leaves = [
  'awaitPrimitive',
  'awaitPrimitives',
  'awaitSettled',
  'awaitPending',
  'awaitTimer',
  'awaitShared',
] as const
const nests = [
  'awaitCall',
  'awaitRun',
  'fireRun',
  'fireCall',
  'timeout',
  'timeoutAsync',
  'microtask',
  'thenChain',
  'all',
  'race',
  'catchRejection',
  'finally',
  'asyncGenerator',
] as const
const kinds = [...leaves, ...nests] as const

/** A program of at most about sixty steps, nested at most four deep. */
export const program: fc.Arbitrary<Step[]> = fc.letrec<{ steps: Step[] }>((tie) => ({
  steps: fc.array(
    fc.oneof(
      { depthSize: 'small' },
      fc.record({ kind: fc.constantFrom(...leaves), n: fc.integer({ min: 1, max: 3 }), body: fc.constant<Step[]>([]) }),
      fc.record({ kind: fc.constantFrom(...nests), n: fc.integer({ min: 1, max: 3 }), body: tie('steps') }),
    ),
    { minLength: 1, maxLength: 4, depthIdentifier: 'program' },
  ),
})).steps

/** A way to carry contexts: named scopes, and what is current. */
export interface Carrier {
  runIn<T>(scope: string, fn: () => T): T
  scope(): string
}

/** What each probe saw, sorted: the order between independent branches is not ours to compare. */
export type Seen = Record<string, string[]>

export async function execute(steps: readonly Step[], carrier: Carrier): Promise<Seen> {
  const { runIn } = carrier
  const seen: Seen = {}
  const pending = new Set<Promise<unknown>>()
  const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))
  const settledCall = async (value: number) => value
  const pendingCall = async () => {
    await sleep(1)
    return 1
  }
  const shared = sleep(5)
  const track = (promise: Promise<unknown>): void => {
    pending.add(promise)
    const done = () => pending.delete(promise)
    promise.then(done, done)
  }
  const probe = (id: string, where: string): void => {
    const key = `${id}:${where}`
    seen[key] ??= []
    seen[key].push(carrier.scope())
  }

  async function run(list: readonly Step[], path: string): Promise<void> {
    for (const [index, { kind, n, body }] of list.entries()) {
      const id = `${path}/${index}.${kind}`
      const inside = () => run(body, id)
      probe(id, 'before')
      switch (kind) {
        case 'awaitPrimitive':
          await n
          break
        case 'awaitPrimitives':
          for (let i = 0; i < n; i++) await null
          break
        case 'awaitSettled':
          await settledCall(n)
          break
        case 'awaitPending':
          await pendingCall()
          break
        case 'awaitTimer':
          await sleep(n)
          break
        case 'awaitShared':
          await runIn(id, async () => {
            await shared
            probe(id, 'shared')
          })
          break
        case 'awaitCall':
          await inside()
          break
        case 'awaitRun':
          await runIn(id, inside)
          break
        case 'fireRun':
          track(runIn(id, inside))
          break
        case 'fireCall':
          track(inside())
          break
        case 'timeout':
          await new Promise<void>((resolve) =>
            setTimeout(() => {
              probe(id, 'timer')
              track(inside())
              resolve()
            }, n),
          )
          break
        case 'timeoutAsync':
          track(
            new Promise<void>((resolve) =>
              setTimeout(async () => {
                probe(id, 'timer')
                await n
                probe(id, 'awaited')
                track(inside())
                resolve()
              }, n),
            ),
          )
          break
        case 'microtask':
          queueMicrotask(() => {
            probe(id, 'microtask')
            track(inside())
          })
          break
        case 'thenChain':
          await settledCall(1)
            .then(() => {
              probe(id, 'then')
              return sleep(1)
            })
            .then(async () => {
              probe(id, 'then again')
              await inside()
              probe(id, 'then at last')
            })
          break
        case 'all':
          await Promise.all([
            inside(),
            runIn(id, async () => {
              await 1
              probe(id, 'all, awaited')
              await sleep(1)
              probe(id, 'all, slept')
            }),
            shared,
          ])
          break
        case 'race': {
          const loser = inside()
          track(loser)
          await Promise.race([loser, sleep(3)])
          break
        }
        case 'catchRejection':
          try {
            await (async () => {
              await pendingCall()
              throw new Error('expected')
            })()
          } catch {
            probe(id, 'catch')
          }
          await inside()
          break
        case 'finally':
          await (async () => {
            try {
              await sleep(1)
            } finally {
              await inside()
            }
          })()
          break
        case 'asyncGenerator': {
          const generate = async function* () {
            for (let i = 0; i < n; i++) {
              await null
              probe(id, `generator ${i}`)
              yield i
              await sleep(1)
            }
          }
          for await (const i of generate()) {
            probe(id, `body ${i}`)
            if (i === 0) await inside()
          }
        }
      }
      probe(id, 'after')
    }
  }

  track(runIn('A', () => run(steps, 'A')))
  track(runIn('B', () => run(steps, 'B')))
  track(run(steps, 'base'))
  while (pending.size > 0) await sleep(2)
  for (const contexts of Object.values(seen)) contexts.sort()
  return seen
}
