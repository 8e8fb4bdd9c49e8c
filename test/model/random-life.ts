// What honest pages state, at random and close together: few variables and lines of code, so that what happens to one matters to
// another. Tokens and contexts are made once, each context by one that is there, and now and then facts are lost.

import fc from 'fast-check'
import type { Fact, StackTable } from '../../runtime/protocol'

/** Somebody does something with something, somewhere, each picked among those that there are. */
export interface Moment {
  does: Deed
  who: number
  what: number
  where: number
}

type Draft = { type: Fact['type'] } & Record<string, unknown>

interface Set {
  token: number
  context: number
  variable: number
}

class Life {
  readonly facts: Fact[] = []
  readonly contexts = [1]
  readonly tasks: number[] = []
  readonly sets: Set[] = []
  variables = 0
  seq = 0
  #contexts = 1
  #tokens = 0

  constructor(knowsAwait: boolean) {
    const propagation = knowsAwait ? { nativeAwait: true, events: 'cause', limits: [] } : null
    this.tell({ type: 'runtime-attached', version: '1', origin: 'application', base: 1, late: false, propagation })
    this.tell({ ...created, context: 1, parent: null, kind: 'base', asOf: 1 })
    this.makeVariable(null)
    this.makeVariable(null)
  }

  tell(draft: Draft): void {
    this.seq++
    this.facts.push({ seq: this.seq, at: this.seq, ...draft } as unknown as Fact)
  }

  create(parent: number | null, kind: string, api: string, stack: number | null, asOf = this.seq): number {
    const context = ++this.#contexts
    this.tell({ ...created, context, parent, kind, api, stack, asOf })
    this.contexts.push(context)
    return context
  }

  makeVariable(stack: number | null): void {
    this.variables++
    this.tell({ type: 'var-created', variable: this.variables, name: `v${this.variables % 2}`, default: null, stack })
  }

  set(context: number, variable: number, value: number, stack: number | null): void {
    const made = { token: ++this.#tokens, context, variable }
    this.sets.push(made)
    this.tell({ type: 'var-set', ...made, value: number(value), stack })
  }

  /** As a recorder lists it, or nearly: some of what is held is not listed. */
  listed(context: number, pick: number): object {
    const held = this.sets.filter((set) => set.context === context && (set.token + pick) % 3 === 0)
    const entries = held.map(({ variable, token }) => ({ variable, token, value: number(pick), stack: null }))
    const kind = context === 1 ? 'base' : 'copy'
    return { context, parent: null, kind, name: null, api: null, stack: null, ended: pick % 4 === 0, entries }
  }
}

const created = { type: 'context-created', name: null, api: null, stack: null } as const
const number = (value: number) => ({ kind: 'number', text: `${value % 3}` })
const at = <Item>(items: readonly Item[], pick: number): Item => items[pick % items.length] as Item
const newestOf = <Item>(items: readonly Item[], pick: number): Item | undefined =>
  items.at(-1 - (pick % Math.max(1, items.length)))

interface Picked {
  life: Life
  context: number
  variable: number
  stack: number | null
  set: Set | undefined
  task: number | undefined
  what: number
  where: number
}

const deeds = {
  copies: ({ life, context, stack }) => life.create(context, 'copy', 'copyContext', stack),
  'is copied': ({ life, context, stack }) => life.create(context, 'copy', 'Context.copy', stack),
  // Told when it matters, which may be long after.
  'hands over': ({ life, context, stack, what }) =>
    life.create(context, 'callback', 'click', stack, Math.max(1, life.seq - (what % 20))),
  'starts a task': ({ life, context, stack, what }) => {
    const task =
      what % 4 === 0 ? life.create(null, 'task', 'spawn', stack) : life.create(context, 'task', 'task', stack)
    life.tasks.push(task)
    life.tell({ type: 'task-created', task, context: task, name: `task ${task}`, parent: null, stack })
  },
  'makes a context': ({ life, stack }) => life.create(null, 'new', 'new Context', stack),
  'makes a variable': ({ life, stack }) => life.makeVariable(stack),
  sets: ({ life, context, variable, what, stack }) => life.set(context, variable, what, stack),
  resets: ({ life, set, what, stack }) => {
    const value = what % 2 === 0 ? null : number(what)
    if (set !== undefined) life.tell({ type: 'var-reset', ...set, value, stack })
  },
  reads: ({ life, context, variable, where }) =>
    life.tell({ type: 'var-read', context, variable, from: at(['own', 'inherited', 'inherited', 'default'], where) }),
  misses: ({ life, context, variable, stack }) => life.tell({ type: 'lookup-error', context, variable, stack }),
  enters: ({ life, context, stack }) => life.tell({ type: 'run-started', context, outer: 1, stack }),
  leaves: ({ life, context }) => life.tell({ type: 'run-ended', context, threw: false }),
  returns: ({ life, context }) => life.tell({ type: 'callback-ran', context, threw: false }),
  begins: ({ life, task }) => task !== undefined && life.tell({ type: 'task-started', task }),
  settles: ({ life, task }) => task !== undefined && life.tell({ type: 'task-settled', task, outcome: 'fulfilled' }),
  'is collected': ({ life, context }) => {
    if (context === 1) return
    life.contexts.splice(life.contexts.indexOf(context), 1)
    life.tell({ type: 'context-collected', context })
  },
  'drops a token': ({ life, set }) => set !== undefined && life.tell({ type: 'token-collected', token: set.token }),
  'is refused': ({ life, context, variable, stack, set, where }) => {
    const code = at(['used', 'other-variable', 'other-context', 'not-a-token'], where)
    const { token = null, context: tokenContext = null, variable: tokenVariable = null } = set ?? {}
    const made = { token, tokenContext, tokenVariable, tokenStack: null, usedStack: null }
    life.tell({ type: 'token-error', code, context, variable, stack, ...made, message: 'no' })
  },
  'is refused to enter': ({ life, context, stack }) =>
    life.tell({ type: 'reentry-error', context, entered: null, stack }),
  'loses an await': ({ life, context, what, where }) => {
    const resumed = what % 2 === 0 ? null : at(life.contexts, where)
    life.tell({ type: 'await-untracked', context, cause: 'thenable', copied: what % 3 === 0, resumed, stack: null })
  },
  'is entered unfollowed': ({ life, context, stack }) => life.tell({ type: 'entry-unfollowed', context, stack }),
  'facts are lost': ({ life }) => {
    life.seq += 2
    life.tell({ type: 'gap', from: life.seq - 1, to: life.seq + 1 })
  },
  'all are listed': ({ life, what }) =>
    life.tell({ ...census, contexts: life.contexts.map((context) => life.listed(context, what)) }),
  'is listed': ({ life, context, what }) => life.tell({ ...census, contexts: [life.listed(context, what)] }),
} satisfies Record<string, (picked: Picked) => unknown>

type Deed = keyof typeof deeds

const census = { type: 'census', current: 1, variables: [] } as const

const common: Deed[] = [
  'sets',
  'sets',
  'sets',
  'sets',
  'resets',
  'resets',
  'reads',
  'misses',
  'settles',
  'settles',
  'returns',
  'leaves',
]
const rare: Deed[] = ['facts are lost', 'all are listed', 'is listed']
const usual = (Object.keys(deeds) as Deed[]).filter((deed) => !rare.includes(deed))

export const moments: fc.Arbitrary<Moment[]> = fc.array(
  fc.record({
    does: fc.oneof(
      { weight: 80, arbitrary: fc.constantFrom(...usual, ...common) },
      { weight: 1, arbitrary: fc.constantFrom(...rare) },
    ),
    // Half of all happens in the base context.
    who: fc.oneof(fc.constant(0), fc.nat(1000)),
    what: fc.nat(1000),
    where: fc.nat(1000),
  }),
  { minLength: 40, maxLength: 140, size: 'max' },
)

/** Four lines, each reached in two ways; the last is at the top of a module. */
export const stacks: StackTable = Object.fromEntries(
  [1, 2, 3, 4, 5, 6, 7, 8].map((stack) => {
    const line = 1 + (stack % 4)
    const begin = { name: line === 4 ? '' : `f${line}`, url: 'a.js', line, column: 1 }
    return [stack, [begin, { name: `way${stack}`, url: 'b.js', line: stack, column: 1 }]]
  }),
)

export function lifeOf(all: readonly Moment[], knowsAwait = true): Fact[] {
  const life = new Life(knowsAwait)
  for (const { does, who, what, where } of all) {
    const deed: (picked: Picked) => unknown = deeds[does]
    deed({
      life,
      context: at(life.contexts, who),
      variable: 1 + (what % life.variables),
      stack: where % 9 === 0 ? null : where % 9,
      set: newestOf(life.sets, what),
      task: newestOf(life.tasks, what),
      what,
      where,
    })
  }
  return life.facts
}
