// A small language for facts: one line says what happened, in the order it happened. `story` turns lines into numbered facts,
// names into ids, and `@ app.js:3` (or `@ audit app.js:9 < work app.js:3`, `@ *rows app.js:4` in a generator, or `@ not taken`) into a stack; so
// a test reads like the bug it is about.

import { advance, emptyWorld } from '../../panel/model/advance'
import { Timeline } from '../../panel/model/timeline'
import type { World } from '../../panel/model/world'
import {
  type Census,
  type ContextId,
  type Fact,
  type Frame,
  NOT_TAKEN,
  type Preview,
  type PreviewKind,
  type Seq,
  type StackId,
  type StackTable,
  type TaskId,
  type TokenId,
  type VariableId,
} from '../../runtime/protocol'

/** A fact without its number and time. */
type Draft = Fact extends infer One ? (One extends Fact ? Omit<One, 'seq' | 'at'> : never) : never

export class Story {
  readonly facts: Fact[] = []
  readonly stacks: StackTable = {}
  private last = 0
  private readonly ids = new Map<string, number>()
  private readonly marks = new Map<string, number>()
  private readonly made = new Map<TokenId, { context: ContextId; variable: VariableId; stack: StackId | null }>()
  private readonly places = new Map<string, StackId>()
  private census: Census | null = null

  constructor(text: string) {
    const lines = text
      .split('\n')
      .map((line) => line.replace(/#.*$/, '').trim())
      .filter((line) => line !== '')
    if (!/^attached|are lost$|go by$/.test(lines[0] ?? '')) this.tell('attached')
    for (const line of lines) this.tell(line)
  }

  get world(): World {
    const world = emptyWorld()
    world.stacks = this.stacks
    for (const fact of this.facts) advance(world, fact)
    return world
  }

  get timeline(): Timeline {
    const timeline = new Timeline()
    timeline.append(this.facts, this.stacks)
    return timeline
  }

  context(name: string): ContextId {
    return this.id('context', name) as ContextId
  }
  variable(name: string): VariableId {
    return this.id('variable', name) as VariableId
  }
  token(name: string): TokenId {
    return this.id('token', name) as TokenId
  }
  task(name: string): TaskId {
    return this.id('task', name) as TaskId
  }

  /** The number after which `mark:` stands. */
  at(mark: string): number {
    return this.marks.get(mark) ?? fail(`no mark ${mark}`)
  }

  private id(what: string, name: string): number {
    const known = this.ids.get(`${what} ${name}`)
    if (known !== undefined) return known
    const next = [...this.ids.keys()].filter((key) => key.startsWith(`${what} `)).length + 1
    this.ids.set(`${what} ${name}`, next)
    return next
  }

  private add(draft: Draft): void {
    this.last++
    this.facts.push({ ...draft, seq: this.last as Seq, at: this.last as Fact['at'] } as Fact)
  }

  private stackOf(place: string | undefined): StackId | null {
    if (place === undefined) return null
    if (place === 'not taken') return NOT_TAKEN
    const known = this.places.get(place)
    if (known !== undefined) return known
    const id = (this.places.size + 1) as StackId
    this.places.set(place, id)
    this.stacks[id] = place.split(' < ').map((frame): Frame => {
      const [, generator, name = '', url = '', line = '1', column = '1'] =
        /^(\*?)(?:(\w+) )?(.*?):(\d+)(?::(\d+))?$/.exec(frame) ?? []
      const position = { name, url: `https://shop.example/${url}`, line: Number(line), column: Number(column) }
      return generator === '*' ? { ...position, generator: true } : position
    })
    return id
  }

  private tell(line: string): void {
    const [sentence = '', place] = line.split(/\s+@\s+/)
    for (const [pattern, say] of this.sentences) {
      const match = pattern.exec(sentence)
      if (match === null) continue
      if (!line.startsWith('- ')) this.census = null
      say(match.groups ?? {}, this.stackOf(place))
      return
    }
    fail(`the story does not understand “${line}”`)
  }

  /** Every sentence that there is. The first that fits is meant. */
  private readonly sentences: [RegExp, (words: Record<string, string | undefined>, stack: StackId | null) => void][] = [
    [
      /^attached(?<late> late)?(?<lost>, await not followed)?$/,
      ({ late, lost }) => {
        const base = this.context('base')
        const propagation = lost ? null : { nativeAwait: true, events: 'cause' as const, limits: [] }
        const version = '0.1.0'
        this.add({
          type: 'runtime-attached',
          version,
          origin: 'application',
          base,
          late: late !== undefined,
          propagation,
        })
        this.create({ context: 'base', parent: null, kind: 'base', api: null, stack: null })
      },
    ],
    [/^(?<mark>\w+):$/, ({ mark = '' }) => this.marks.set(mark, this.last)],
    [
      /^(?<known>\w+) is a variable(?: called (?<name>\w+))?(?:, default (?<value>.+))?$/,
      ({ known = '', name = known, value }, stack) => {
        const [variable, preset] = [this.variable(known), value === undefined ? null : preview(value)]
        this.add({ type: 'var-created', variable, name, default: preset, stack })
      },
    ],
    [
      /^(?<parent>\w+) copies (?<context>\w+)$/,
      ({ parent = '', context = '' }, stack) =>
        this.create({ context, parent, kind: 'copy', api: 'copyContext', stack }),
    ],
    [
      // By whoever has it, not by the code that is in it.
      /^(?<parent>\w+) is copied as (?<context>\w+)$/,
      ({ parent = '', context = '' }, stack) =>
        this.create({ context, parent, kind: 'copy', api: 'Context.copy', stack }),
    ],
    [
      /^(?<context>\w+) is new$/,
      ({ context = '' }, stack) => this.create({ context, parent: null, kind: 'new', api: 'new Context', stack }),
    ],
    [
      // Of data: empty, or over a copy.
      /^(?:(?<parent>\w+) restores (?<over>\w+)|(?<context>\w+) is restored)$/,
      ({ parent = null, over, context = over ?? '' }, stack) =>
        this.create({ context, parent, kind: 'restored', api: 'ContextReducer.restore', stack }),
    ],
    [
      /^(?<parent>\w+) hands over (?<context>\w+)(?: by (?<api>[\w.]+))?(?: as of (?<mark>\w+))?$/,
      ({ parent = '', context = '', api = context, mark }, stack) =>
        this.create({ context, parent, kind: 'callback', api, stack, ...(mark && { asOf: this.at(mark) }) }),
    ],
    [
      /^(?:(?<parent>\w+) starts|(?<spawned>\w+) spawns) task (?<name>[\w-]+)$/,
      ({ parent, spawned, name = '' }, stack) => {
        const api = spawned === undefined ? 'createTask' : 'spawn'
        this.create({ context: name, parent: parent ?? null, kind: 'task', api, stack })
        this.add({
          type: 'task-created',
          task: this.task(name),
          context: this.context(name),
          name,
          parent: null,
          stack,
        })
      },
    ],
    [
      /^(?<context>\w+) runs task (?<name>\w+)$/,
      ({ context = '', name = '' }, stack) =>
        this.add({
          type: 'task-created',
          task: this.task(name),
          context: this.context(context),
          name,
          parent: null,
          stack,
        }),
    ],
    [/^task (?<name>\w+) begins$/, ({ name = '' }) => this.add({ type: 'task-started', task: this.task(name) })],
    [
      /^(?<name>\w+) (?<how>settles|rejects)$/,
      ({ name = '', how }) =>
        this.add({
          type: 'task-settled',
          task: this.task(name),
          outcome: how === 'settles' ? 'fulfilled' : 'rejected',
        }),
    ],
    [
      /^(?<where>\w+) sets (?<name>\w+) = (?<value>.+) as (?<token>\w+)$/,
      ({ where = '', name = '', value = '', token = '' }, stack) => {
        const [context, variable, made] = [this.context(where), this.variable(name), this.token(token)]
        this.made.set(made, { context, variable, stack })
        this.add({ type: 'var-set', context, variable, token: made, value: preview(value), stack })
      },
    ],
    [
      /^(?<where>\w+) resets (?<name>\w+) by (?<token>\w+)(?: to (?<value>.+))?$/,
      ({ where = '', name = '', token = '', value }, stack) => {
        const [context, variable, used] = [this.context(where), this.variable(name), this.token(token)]
        const restored = value === undefined ? null : preview(value)
        this.add({ type: 'var-reset', context, variable, token: used, value: restored, stack })
      },
    ],
    [
      /^(?<where>\w+) is refused (?<name>\w+) by (?<token>\w+): (?<code>used|other-variable|other-context|not-a-token)$/,
      ({ where = '', name = '', token: tokenName = '', code }, stack) => {
        const token = code === 'not-a-token' ? null : this.token(tokenName)
        const made = token === null ? undefined : this.made.get(token)
        this.add({
          type: 'token-error',
          code: code as 'used',
          context: this.context(where),
          variable: this.variable(name),
          stack,
          token,
          tokenContext: made?.context ?? null,
          tokenVariable: made?.variable ?? null,
          tokenStack: made?.stack ?? null,
          usedStack: null,
          message: `refused: ${code}`,
        })
      },
    ],
    [
      /^(?<where>\w+) reads (?<name>\w+), (?<from>own|inherited|fallback|default)$/,
      ({ where = '', name = '', from }) =>
        this.add({
          type: 'var-read',
          context: this.context(where),
          variable: this.variable(name),
          from: from as 'own',
        }),
    ],
    [
      /^(?<where>\w+) misses (?<name>\w+)$/,
      ({ where = '', name = '' }, stack) => {
        const [context, variable] = [this.context(where), this.variable(name)]
        this.add({ type: 'var-read', context, variable, from: 'miss' })
        this.add({ type: 'lookup-error', context, variable, stack })
      },
    ],
    [
      /^(?<context>\w+) enters(?: from (?<outer>\w+))?$/,
      ({ context = '', outer = 'base' }, stack) =>
        this.add({ type: 'run-started', context: this.context(context), outer: this.context(outer), stack }),
    ],
    [
      /^(?<context>\w+) leaves(?<threw> by an error)?$/,
      ({ context = '', threw }) =>
        this.add({ type: 'run-ended', context: this.context(context), threw: threw !== undefined }),
    ],
    [
      /^(?<context>\w+) is refused to enter$/,
      ({ context = '' }, stack) =>
        this.add({ type: 'reentry-error', context: this.context(context), entered: null, stack }),
    ],
    [
      /^(?<context>\w+) (?:returns|(?<threw>throws))$/,
      ({ context = '', threw }) =>
        this.add({ type: 'callback-ran', context: this.context(context), threw: threw !== undefined }),
    ],
    [
      /^token (?<token>\w+) is collected$/,
      ({ token = '' }) => this.add({ type: 'token-collected', token: this.token(token) }),
    ],
    [
      /^(?<context>\w+) is collected$/,
      ({ context = '' }) => this.add({ type: 'context-collected', context: this.context(context) }),
    ],
    [
      /^(?<context>\w+) loses an await(?<copied> to a copy)?(?: to (?<resumed>\w+))?: (?<cause>.+)$/,
      ({ context = '', cause = '', copied, resumed }, stack) =>
        this.add({
          type: 'await-untracked',
          context: this.context(context),
          cause,
          copied: copied !== undefined,
          resumed: resumed === undefined ? null : this.context(resumed),
          stack,
        }),
    ],
    [
      /^(?<context>\w+) is entered unfollowed$/,
      ({ context = '' }, stack) => this.add({ type: 'entry-unfollowed', context: this.context(context), stack }),
    ],
    [
      /^(?<context>\w+) finds the default of (?<name>\w+) changed to (?<value>.+)$/,
      ({ context = '', name = '', value = '' }, stack) =>
        this.add({
          type: 'default-changed',
          context: this.context(context),
          variable: this.variable(name),
          value: preview(value),
          stack,
        }),
    ],
    [
      /^(?<context>\w+) is reduced, (?<names>.+?)(?: and (?<more>\d+) more)? (?<why>unregistered|duplicate|unresolved|refused)$/,
      ({ context = '', names = '', more = '0', why }, stack) =>
        this.add({
          type: 'not-reduced',
          context: this.context(context),
          variables: names.split(', ').map((name) => this.variable(name)),
          more: Number(more),
          why: why as 'unregistered',
          stack,
        }),
    ],
    [
      /^(?<context>\w+) waits for (?<work>\w+)$/,
      ({ context = '', work = '' }, stack) =>
        this.add({ type: 'work-awaited', context: this.context(context), work: this.context(work), stack }),
    ],
    [
      /^stacks are (?<stacks>all taken|sampled|not taken)(?<why> by budget)?$/,
      ({ stacks, why }) => {
        const level = stacks === 'sampled' ? 'sampled' : stacks === 'all taken' ? 'all' : 'none'
        const every = { all: 1, sampled: 16, none: 0 }[level]
        this.add({ type: 'recording-level', stacks: level, every, why: why === undefined ? 'asked' : 'budget' })
      },
    ],
    [
      // As the log says it: the gap takes the number of the last fact that it stands for.
      /^(?<count>\d+) facts are lost$/,
      ({ count }) => {
        const from = (this.last + 1) as Seq
        this.last += Number(count) - 1
        this.add({ type: 'gap', from, to: (this.last + 1) as Seq })
      },
    ],
    [/^(?<count>\d+) facts go by$/, ({ count }) => (this.last += Number(count))],
    [
      /^census(?: of (?<variables>.+))?$/,
      ({ variables = '' }) => {
        const named = variables.split(', ').filter((name) => name !== '')
        this.add({
          type: 'census',
          current: this.context('base'),
          variables: named.map((name) => ({ variable: this.variable(name), name, default: null, stack: null })),
          contexts: [],
        })
        this.census = this.facts.at(-1) as Census
      },
    ],
    [
      /^- (?<name>\w+)(?: below (?<parent>\w+))?(?: \((?<kind>\w+)(?<ended>, ended)?\))?(?:: (?<held>.+))?$/,
      ({ name = '', parent, kind = 'unknown', ended, held = '' }) => {
        const entries = held.split(', ').flatMap((text) => {
          const [, variable, value, token] = /^(\w+) = (.+?)(?: by (\w+))?$/.exec(text) ?? []
          if (variable === undefined || value === undefined) return []
          const made = token === undefined ? null : this.token(token)
          return [{ variable: this.variable(variable), token: made, value: preview(value), stack: null }]
        })
        ;(this.census ?? fail('no census')).contexts.push({
          context: this.context(name),
          parent: parent === undefined ? null : this.context(parent),
          kind: (name === 'base' ? 'base' : kind) as 'base',
          name: kind === 'copy' || kind === 'new' ? name : null,
          api: null,
          stack: null,
          ended: ended !== undefined,
          entries,
        })
      },
    ],
  ]

  private create(created: {
    context: string
    parent: string | null
    kind: 'base' | 'copy' | 'new' | 'task' | 'callback' | 'restored'
    api: string | null
    stack: StackId | null
    asOf?: number
  }): void {
    const { kind, api, stack, asOf = this.last } = created
    const context = this.context(created.context)
    const parent = created.parent === null ? null : this.context(created.parent)
    const name = kind === 'copy' || kind === 'new' ? created.context : null
    this.add({ type: 'context-created', context, parent, asOf, kind, name, api, stack })
  }
}

export const story = (text: string): Story => new Story(text)

export function preview(text: string): Preview {
  if (text === 'null') return { kind: 'null', text }
  const kind: PreviewKind = /^"/.test(text) ? 'string' : /^-?\d/.test(text) ? 'number' : 'object'
  return { kind, text }
}

function fail(message: string): never {
  throw new Error(message)
}
