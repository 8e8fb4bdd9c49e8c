// What a busy page states: requests, each a task with a context of its own, of ten facts. Most undo what they set; some never do, as
// programs that set a value for the whole of a task; now and then one leaves something in the base context, asks in vain, or resets by
// a token that is not its own.

import type { Fact, Frame, StackTable } from '../../../runtime/protocol'

type Draft = { type: Fact['type'] } & Record<string, unknown>

export const FACTS_OF_A_REQUEST = 10

const BASE = 1
const [USER, TRACE, CART, LANG] = [1, 2, 3, 4]
/** Lines of code; each is reached in several ways. */
const LINES = 40
const WAYS = 5

export class Page {
  readonly stacks: StackTable = {}
  #seq = 0
  #context = BASE
  #token = 0

  constructor() {
    for (let stack = 1; stack <= LINES * WAYS; stack++) this.stacks[stack] = framesOf(stack)
  }

  opening(): Fact[] {
    const propagation = { nativeAwait: true, events: 'cause', limits: [] }
    const names = ['user', 'trace', 'cart', 'lang']
    return this.#numbered([
      { type: 'runtime-attached', version: '1', origin: 'application', base: BASE, late: false, propagation },
      created(BASE, null, 'base', null),
      ...names.map((name, index) => ({ type: 'var-created', variable: index + 1, name, default: null, stack: null })),
    ] as Draft[])
  }

  request(): Fact[] {
    const context = ++this.#context
    const task = context
    const stack = (line: number): number => 1 + ((line * WAYS + (context % WAYS)) % (LINES * WAYS))
    const user = ++this.#token
    const drafts: Draft[] = [
      created(context, BASE, 'task', stack(1)),
      { type: 'task-created', task, context, name: `request ${context}`, parent: null, stack: stack(1) },
      { type: 'task-started', task },
      set(context, USER, user, context, stack(2)),
      { type: 'var-read', context, variable: USER, from: 'own' },
    ]
    const trace = ++this.#token
    if (context % 50 === 0) {
      drafts.push(set(BASE, CART, trace, context, stack(3)), {
        type: 'var-read',
        context,
        variable: LANG,
        from: 'miss',
      })
    } else {
      drafts.push(set(context, TRACE, trace, context, stack(4)), reset(context, TRACE, trace, stack(5)))
    }
    if (context % 200 === 0) {
      const [asker, variable] = [context % 3 === 0 ? BASE : context, context % 400 === 0 ? LANG : TRACE]
      drafts.push({ type: 'lookup-error', context: asker, variable, stack: stack(6 + (context % 7)) })
    } else {
      drafts.push({ type: 'var-read', context, variable: USER, from: 'own' })
    }
    if (context % 100 === 1) drafts.push(refused(context, USER, user - 2, stack(20 + (context % 5))))
    else if (context % 4 === 0) drafts.push({ type: 'token-collected', token: user })
    else drafts.push(reset(context, USER, user, stack(14)))
    drafts.push({ type: 'task-settled', task, outcome: 'fulfilled' })
    return this.#numbered(drafts)
  }

  #numbered(drafts: readonly Draft[]): Fact[] {
    return drafts.map((draft) => {
      const seq = ++this.#seq
      return { seq, at: seq / 10, ...draft } as unknown as Fact
    })
  }
}

function created(context: number, parent: number | null, kind: string, stack: number | null): Draft {
  const api = kind === 'task' ? 'createTask' : null
  return { type: 'context-created', context, parent, asOf: Number.MAX_SAFE_INTEGER, kind, name: null, api, stack }
}

function set(context: number, variable: number, token: number, value: number, stack: number): Draft {
  return { type: 'var-set', context, variable, token, value: { kind: 'number', text: `${value}` }, stack }
}

function reset(context: number, variable: number, token: number, stack: number): Draft {
  return { type: 'var-reset', context, variable, token, value: null, stack }
}

function refused(context: number, variable: number, token: number, stack: number): Draft {
  const made = { token, tokenContext: context - 1, tokenVariable: variable, tokenStack: null, usedStack: null }
  return { type: 'token-error', code: 'other-context', context, variable, stack, ...made, message: 'another context' }
}

function framesOf(stack: number): Frame[] {
  const line = Math.floor((stack - 1) / WAYS)
  return [
    { name: `work${line}`, url: 'https://shop.example/app.js', line: line + 1, column: 3 },
    { name: `way${stack % WAYS}`, url: 'https://shop.example/main.js', line: stack, column: 5 },
  ]
}
