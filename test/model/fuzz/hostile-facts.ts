// Facts that are well made, each by itself, and cannot all be true: contexts above each other or above themselves, copies of what
// is yet to come, numbers that jump, stand still and go back, tokens and tasks that change owner, a runtime attached twice.

import type { Fact, FactType, Frame, Preview, StackTable } from '../../../runtime/protocol'
import type { Chance } from './chance'

/** Few ids, so that facts meet; now and then one at the end of what an id may be. */
const idOf = (chance: Chance): number =>
  chance.oneIn(60) ? chance.pick([2 ** 31, 2 ** 32 - 1, 2 ** 32, 2 ** 53 - 1]) : 1 + chance.below(9)
const idOrNull = (chance: Chance) => (chance.oneIn(4) ? null : idOf(chance))

/** As `parseFact` leaves them: what misleads is spelled out there, and never gets here. */
const NAMES = ['user', 'password', '__proto__', 'constructor', 'Task-1', 'a\nb', '```', '|', '', 'x'.repeat(300)]
const nameOf = (chance: Chance) => chance.pick(NAMES)
const nameOrNull = (chance: Chance) => (chance.oneIn(2) ? null : nameOf(chance))

function previewOf(chance: Chance, depth = 2): Preview {
  const kind = chance.pick(['string', 'object', 'null', 'unreadable'] as const)
  if (depth === 0 || chance.oneIn(2)) return { kind, text: nameOf(chance) }
  const entries = Array.from({ length: chance.below(3) }, (): [string, Preview] => [
    nameOf(chance),
    previewOf(chance, depth - 1),
  ])
  return { kind, text: nameOf(chance), entries, more: chance.pick([0, 3, 2 ** 53 - 1]) }
}
const previewOrNull = (chance: Chance) => (chance.oneIn(3) ? null : previewOf(chance))

const KINDS = ['base', 'copy', 'new', 'task', 'callback', 'restored', 'unknown'] as const

const propagationOf = (chance: Chance) =>
  chance.oneIn(2) ? null : { nativeAwait: chance.oneIn(2), events: 'cause', limits: chance.oneIn(2) ? [] : ['frozen'] }

const list = <Item>(chance: Chance, most: number, item: (chance: Chance) => Item): Item[] =>
  Array.from({ length: chance.below(most + 1) }, () => item(chance))

type Body = (chance: Chance, seq: number) => Record<string, unknown>

const place = (chance: Chance) => ({ context: idOf(chance), variable: idOf(chance), stack: idOrNull(chance) })

const BODIES: Record<FactType, Body> = {
  'runtime-attached': (chance) => ({
    version: nameOf(chance),
    origin: chance.pick(['application', 'injected']),
    base: idOf(chance),
    late: chance.oneIn(2),
    propagation: propagationOf(chance),
  }),
  'runtime-refused': (chance) => ({ version: nameOf(chance), reason: 'second-copy', advice: nameOf(chance) }),
  'propagation-changed': (chance) => ({ propagation: propagationOf(chance) }),
  'var-created': (chance) => ({
    variable: idOf(chance),
    name: nameOf(chance),
    default: previewOrNull(chance),
    stack: idOrNull(chance),
  }),
  'context-created': (chance, seq) => {
    const context = idOf(chance)
    const parent = chance.oneIn(8) ? context : idOrNull(chance)
    const asOf = chance.pick([0, seq - 1, seq, 2 ** 53 - 1, chance.below(30)])
    const kind = chance.pick(KINDS)
    return { context, parent, asOf, kind, name: nameOrNull(chance), api: nameOrNull(chance), stack: idOrNull(chance) }
  },
  'var-set': (chance) => ({ ...place(chance), token: idOf(chance), value: previewOf(chance) }),
  'var-reset': (chance) => ({ ...place(chance), token: idOf(chance), value: previewOrNull(chance) }),
  'token-error': (chance) => ({
    ...place(chance),
    code: chance.pick(['used', 'other-variable', 'other-context', 'not-a-token']),
    token: idOrNull(chance),
    tokenContext: idOrNull(chance),
    tokenVariable: idOrNull(chance),
    tokenStack: idOrNull(chance),
    usedStack: idOrNull(chance),
    message: nameOf(chance),
  }),
  'var-read': (chance) => ({
    context: idOf(chance),
    variable: idOf(chance),
    from: chance.pick(['own', 'inherited', 'fallback', 'default', 'miss']),
  }),
  'lookup-error': place,
  'reentry-error': (chance) => ({ context: idOf(chance), entered: idOrNull(chance), stack: idOrNull(chance) }),
  'run-started': (chance) => ({ context: idOf(chance), outer: idOf(chance), stack: idOrNull(chance) }),
  'run-ended': (chance) => ({ context: idOf(chance), threw: chance.oneIn(2) }),
  'task-created': (chance) => ({
    task: idOf(chance),
    context: idOf(chance),
    name: nameOf(chance),
    parent: idOrNull(chance),
    stack: idOrNull(chance),
  }),
  'task-started': (chance) => ({ task: idOf(chance) }),
  'task-settled': (chance) => ({ task: idOf(chance), outcome: chance.pick(['fulfilled', 'rejected']) }),
  'callback-ran': (chance) => ({ context: idOf(chance), threw: chance.oneIn(2) }),
  'token-collected': (chance) => ({ token: idOf(chance) }),
  'context-collected': (chance) => ({ context: idOf(chance) }),
  'await-untracked': (chance) => ({
    context: idOf(chance),
    cause: nameOf(chance),
    copied: chance.oneIn(2),
    resumed: idOrNull(chance),
    stack: idOrNull(chance),
  }),
  'recording-level': (chance) => ({
    stacks: chance.pick(['all', 'sampled', 'none']),
    every: chance.pick([0, 1, 16, 2 ** 53 - 1]),
    why: chance.pick(['asked', 'budget', 'calm']),
  }),
  'entry-unfollowed': (chance) => ({ context: idOf(chance), stack: idOrNull(chance) }),
  'work-awaited': (chance) => ({ context: idOf(chance), work: idOf(chance), stack: idOrNull(chance) }),
  'default-changed': (chance) => ({ ...place(chance), value: previewOf(chance) }),
  gap: (chance, seq) => ({
    from: chance.pick([1, seq, 5, 1e15, 2 ** 53 - 1]),
    to: chance.pick([1, seq, 5, 1e15, 2 ** 53 - 1]),
  }),
  census: (chance) => ({
    current: idOf(chance),
    variables: list(chance, 3, () => BODIES['var-created'](chance, 0)),
    contexts: list(chance, 5, () => ({
      context: idOf(chance),
      parent: idOrNull(chance),
      kind: chance.pick(KINDS),
      name: nameOrNull(chance),
      api: nameOrNull(chance),
      stack: idOrNull(chance),
      ended: chance.oneIn(3),
      entries: list(chance, 3, () => ({ ...place(chance), token: idOrNull(chance), value: previewOf(chance) })),
    })),
  }),
  'not-reduced': (chance) => ({
    context: idOf(chance),
    variables: list(chance, 3, idOf),
    more: chance.pick([0, 1, 2 ** 53 - 1]),
    why: chance.pick(['unregistered', 'duplicate', 'unresolved', 'refused']),
    stack: idOrNull(chance),
  }),
}

/** What makes stories comes more often than what ends them. */
const COMMON: readonly FactType[] = ['context-created', 'var-set', 'var-reset', 'token-error', 'lookup-error', 'census']
const ALL = Object.keys(BODIES) as FactType[]

export function hostileFacts(chance: Chance): Fact[] {
  let seq = 0
  return Array.from({ length: 1 + chance.below(40) }, () => {
    seq = Math.min(nextSeq(seq, chance), Number.MAX_SAFE_INTEGER)
    const type = chance.oneIn(2) ? chance.pick(COMMON) : chance.pick(ALL)
    return { seq, at: chance.pick([0, seq, -1e9, 1e300]), type, ...BODIES[type](chance, seq) } as unknown as Fact
  })
}

/** Mostly the next one; sometimes the same again, an earlier one, one with a hole before it, or one far away. */
function nextSeq(seq: number, chance: Chance): number {
  switch (chance.below(25)) {
    case 0:
      return Math.max(1, seq)
    case 1:
      return 1 + chance.below(seq)
    case 2:
      return seq + 2 + chance.below(50)
    case 3:
      return chance.oneIn(10) ? 2 ** 53 - 1 - chance.below(50) : seq + 1
    default:
      return seq + 1
  }
}

const URLS = ['https://shop.example/app.js?v=1#x', 'node:internal', '', '////', 'javascript:0', '?#?#']

export function hostileStacks(chance: Chance): StackTable {
  const stacks: StackTable = {}
  for (let stack = 0; stack < 6; stack++) {
    stacks[idOf(chance)] = list(chance, 4, (): Frame => {
      const [line, column] = [chance.pick([0, 1, 2 ** 53 - 1]), chance.below(3)]
      const position = { name: nameOf(chance), url: chance.pick(URLS), line, column }
      return chance.oneIn(3) ? { ...position, generator: true } : position
    })
  }
  return stacks
}
