// Random async programs: made by fast-check, run under any way to carry contexts, and observed by probes. Two runs of one
// program under two ways that are both right see the same contexts at the same probes.

import fc from 'fast-check'
import * as awaits from './program-awaits'
import * as callbacks from './program-callbacks'
import * as classes from './program-classes'
import * as generators from './program-generators'
import { type Kinds, type Place, sleep } from './program-place'
import * as promises from './program-promises'
import * as rows from './program-rows'
import * as streams from './program-streams'
import * as thenables from './program-thenables'

const themes = [awaits, promises, thenables, generators, callbacks, streams, classes, rows]
const leaves: Kinds = Object.assign({}, ...themes.map((theme) => theme.leaves))
const nests: Kinds = Object.assign({}, ...themes.map((theme) => theme.nests))
const kinds: Kinds = { ...leaves, ...nests }

export const kindNames = Object.keys(kinds)

/** Kinds after which a context may be lost. */
export const lossyKinds = Object.keys({ ...rows.leaves, ...rows.nests })

export interface Step {
  /** One of `kindNames`. */
  kind: string
  n: number
  body: readonly Step[]
}

export type Program = readonly Step[]

/** Programs of at most about sixty steps, nested at most four deep, without steps of these kinds. */
export function programsWithout(left: readonly string[]): fc.Arbitrary<Program> {
  const of = (kinds: Kinds, body: fc.Arbitrary<Step[]>): fc.Arbitrary<Step> => {
    const names = Object.keys(kinds).filter((name) => !left.includes(name))
    return fc.record({ kind: fc.constantFrom(...names), n: fc.integer({ min: 1, max: 3 }), body })
  }
  return fc.letrec<{ steps: Step[] }>((tie) => ({
    steps: fc.array(fc.oneof({ depthSize: 'small' }, of(leaves, fc.constant([])), of(nests, tie('steps'))), {
      minLength: 1,
      maxLength: 4,
      depthIdentifier: 'program',
    }),
  })).steps
}
/** A way to carry contexts: named scopes, and what is current. */
export interface Carrier {
  runIn<T>(scope: string, fn: () => T): T
  scope(): string
  /** Asked in a Context; returns what tells whether it is the current one again. A way without Contexts has none. */
  strand?(): () => boolean
}

/** What each probe saw, sorted: the order between independent branches is not ours to compare. */
export type Seen = Record<string, string[]>

export async function execute(steps: Program, carrier: Carrier): Promise<Seen> {
  const seen: Seen = {}
  const pending = new Set<Promise<unknown>>()
  const failures: unknown[] = []
  const shared = sleep(5)

  const track = (work: Promise<unknown>): void => {
    const done: Promise<unknown> = work.then(
      () => pending.delete(done),
      (error) => {
        failures.push(error)
        pending.delete(done)
      },
    )
    pending.add(done)
  }

  const note = (id: string, where: string, isSame = true): void => {
    const key = `${id}:${where}`
    seen[key] ??= []
    seen[key].push(isSame ? carrier.scope() : `${carrier.scope()}, another Context`)
  }

  const strandOf = (id: string) => () => {
    const isSame = carrier.strand?.()
    return (where: string): void => note(id, where, isSame?.())
  }

  async function run(list: Program, path: string): Promise<void> {
    for (const [index, { kind, n, body }] of list.entries()) {
      const id = `${path}/${index}.${kind}`
      const strand = strandOf(id)
      const place: Place = {
        n,
        shared,
        inside: () => run(body, id),
        runIn: (fn, name = '') => carrier.runIn(id + name, fn),
        probe: (where) => note(id, where),
        resumed: strand(),
        strand,
        track,
      }
      place.probe('before')
      await kinds[kind]?.(place)
      place.resumed('after')
    }
  }

  track(carrier.runIn('A', () => run(steps, 'A')))
  track(carrier.runIn('B', () => run(steps, 'B')))
  track(run(steps, 'base'))
  while (pending.size > 0) await Promise.all(pending)
  if (failures.length > 0) throw new AggregateError(failures, `A step failed: ${failures.join(', ')}`)
  for (const contexts of Object.values(seen)) contexts.sort()
  return seen
}
