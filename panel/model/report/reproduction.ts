// A problem as a few steps that make it again: variables, contexts, sets and resets in their order, and the error at the end. What was
// asynchronous is told as what it comes down to: in which context each step ran, and when each context was copied.

import type {
  ContextId,
  Fact,
  Preview,
  TokenError,
  TokenErrorCode,
  TokenId,
  VariableId,
} from '../../../runtime/protocol'
import type { Finding, RuleId } from '../finding'
import { placeText } from '../selectors/frames'
import { entryLabel } from '../selectors/labels'
import type { Timeline } from '../timeline'
import type { World } from '../world'
import { comment } from './quoted'
import { type Listed, rehearsed } from './rehearsal'

export type ErrorName = 'RuntimeError' | 'ValueError' | 'TypeError' | 'LookupError'

/** Names are those of the program: identifiers in TypeScript and in Python, each its own. */
export type Act =
  | { do: 'get'; context: string; variable: string }
  | { do: 'set'; context: string; variable: string; token: string; value: Preview }
  /** Without a token, with something that is none. */
  | { do: 'reset'; context: string; variable: string; token: string | null }
  | { do: 'enter twice'; context: string }

export type ReproductionStep = { where: string | null } & (
  | { do: 'variable'; name: string; called: string; default: Preview | null }
  /** A copy of another one; empty where there is none. */
  | { do: 'context'; name: string; from: string | null }
  | Exclude<Act, { do: 'get' | 'enter twice' }>
  | { do: 'fails'; error: ErrorName; act: Act }
  /** At the end: what is held there, null for nothing. */
  | { do: 'holds'; context: string; variable: string; value: Preview | null }
  /** What is not known, one line. */
  | { do: 'note'; text: string }
)

export interface Reproduction {
  /** The problem's title, one line. */
  title: string
  /** What happened, one line. */
  what: string
  steps: ReproductionStep[]
}

export type Reproduced = { ok: true; reproduction: Reproduction } | { ok: false; why: string }

/** Nothing that a few lines show. */
const WITHOUT: ReadonlySet<RuleId> = new Set([
  'default-changed',
  'variable-made-again',
  'not-reduced',
  'left-unrecorded',
  'listener-elsewhere',
  'context-lost',
  'without-effect',
  'refusal-swallowed',
])

/** The steps that lead to a problem, and no others. */
export function reproductionOf(timeline: Timeline, finding: Finding): Reproduced {
  if (WITHOUT.has(finding.rule))
    return { ok: false, why: 'Sets, resets and copies alone do not show this kind of problem.' }
  const seqs = new Set<number>(finding.evidence.map(({ seq }) => seq))
  const error = timeline.facts.findLast((fact) => seqs.has(fact.seq) && isError(fact)) ?? null
  const variables = new Set<VariableId>()
  const contexts = new Set<ContextId>()
  if (finding.variable !== null) variables.add(finding.variable)
  for (const context of [finding.context, ...finding.evidence.map(({ context }) => context)]) {
    if (context !== null) contexts.add(context)
  }
  if (error !== null && 'context' in error) contexts.add(error.context as ContextId)
  if (error?.type === 'token-error') {
    variables.add(error.variable)
    if (error.tokenVariable !== null) variables.add(error.tokenVariable)
    if (error.tokenContext !== null) contexts.add(error.tokenContext)
  } else if (error === null && (ERRORS.has(finding.rule) || finding.variable === null)) {
    return { ok: false, why: 'The fact that it is about is among those that are missing.' }
  }
  return writer(timeline, { title: finding.title, what: finding.what, variables, contexts, error })
}

/** All that a recording has, with every error in it, and what is held at its end. */
export function reproductionOfAll(timeline: Timeline): Reproduced {
  return writer(timeline, { title: 'All that was recorded', what: '', variables: null, contexts: null, error: null })
}

const ERRORS: ReadonlySet<RuleId> = new Set([
  'token-used-twice',
  'token-other-variable',
  'token-other-context',
  'already-entered',
  'lookup-without-value',
])

const isError = ({ type }: Fact): boolean =>
  type === 'token-error' || type === 'lookup-error' || type === 'reentry-error'

interface Wanted {
  title: string
  what: string
  /** Null for all. */
  variables: ReadonlySet<VariableId> | null
  contexts: ReadonlySet<ContextId> | null
  /** The last of them; null for every one. */
  error: Fact | null
}

function writer(timeline: Timeline, { title, what, variables, contexts, error }: Wanted): Reproduced {
  const world = timeline.head
  const all = contexts === null
  const kept = contexts === null ? new Set(world.contexts.keys()) : withPaths(world, contexts)
  const isKept = (variable: VariableId | null): boolean =>
    variable !== null && world.variables.has(variable) && (variables === null || variables.has(variable))
  const names = namesFor(world, kept, isKept)
  const known = new Set<TokenId>()
  /** By when they are made: a context that is announced late took its copy before. */
  const steps: { at: number; step: ReproductionStep | Listed }[] = []
  const made = new Map<ContextId, number>()
  const where = (stack: Parameters<typeof placeText>[1]) => {
    const place = placeText(world.stacks, stack)
    return place === null ? null : comment(place)
  }
  const last = error?.seq ?? Number.POSITIVE_INFINITY

  for (const fact of timeline.facts) {
    if (fact.seq > last) break
    write(fact)
  }
  for (const id of kept) if (!made.has(id)) begin(id, -1, null)
  for (const [id, name] of names.variables) {
    const { name: called, default: value, stack } = world.variables.get(id) ?? { name, default: null, stack: null }
    steps.push({ at: -2, step: { do: 'variable', name, called, default: value, where: where(stack) } })
  }
  const ordered = steps.sort((a, b) => a.at - b.at).map(({ step }) => step)
  const told = rehearsed(error === null ? [...ordered, ...held()] : ordered)
  const shows = error === null ? 'holds' : 'fails'
  if (!all && !told.some((step) => step.do === shows)) {
    return { ok: false, why: 'What led to it is among the facts that are missing.' }
  }
  return { ok: true, reproduction: { title: comment(title), what: comment(what), steps: told } }

  function write(fact: Fact): void {
    const { seq } = fact
    if (fact.type === 'census') {
      for (const { context, entries } of fact.contexts) {
        if (!kept.has(context)) continue
        if (!made.has(context)) begin(context, seq, null)
        const listed = entries.filter(({ variable }) => isKept(variable))
        for (const { token } of listed) if (token !== null) known.add(token)
        steps.push({
          at: seq,
          step: {
            do: 'is',
            context: contextName(context),
            entries: listed.map(({ variable, token, value }) => ({
              variable: variableName(variable),
              token: token === null ? null : tokenName(token),
              value,
            })),
            variables: [...names.variables.values()],
            where: null,
          },
        })
      }
      return
    }
    if (!('context' in fact) || !kept.has(fact.context as ContextId)) return
    // It was there, and the fact of that is missing.
    if (fact.type !== 'context-created' && !made.has(fact.context as ContextId))
      begin(fact.context as ContextId, seq, null)
    switch (fact.type) {
      case 'context-created': {
        const { context, parent, asOf, stack } = fact
        const from = parent !== null && made.has(parent) ? parent : null
        if (!made.has(context))
          begin(context, from === null ? seq : Math.max(asOf, made.get(from) ?? 0) + 0.5, from, where(stack))
        return
      }
      case 'var-set':
        if (isKept(fact.variable)) set(seq, fact.context, fact.variable, fact.token, fact.value, where(fact.stack))
        return
      case 'var-reset':
        if (isKept(fact.variable) && known.has(fact.token)) {
          steps.push({
            at: seq,
            step: { ...resetOf(fact.context, fact.variable, fact.token), where: where(fact.stack) },
          })
        }
        return
      case 'token-error':
        if (wants(fact) && isKept(fact.variable) && (fact.token === null || known.has(fact.token))) {
          fails(seq, REFUSALS[fact.code], resetOf(fact.context, fact.variable, fact.token), where(fact.stack))
        }
        return
      case 'lookup-error':
        if (wants(fact) && isKept(fact.variable)) {
          const act = { do: 'get', context: contextName(fact.context), variable: variableName(fact.variable) } as const
          fails(seq, 'LookupError', act, where(fact.stack))
        }
        return
      case 'reentry-error':
        if (wants(fact)) {
          fails(seq, 'RuntimeError', { do: 'enter twice', context: contextName(fact.context) }, where(fact.stack))
        }
    }
  }

  function wants(fact: Fact): boolean {
    return all || fact === error
  }

  function begin(context: ContextId, at: number, from: ContextId | null, line: string | null = null): void {
    made.set(context, at)
    steps.push({
      at,
      step: { do: 'context', name: contextName(context), from: from === null ? null : contextName(from), where: line },
    })
  }

  function set(
    at: number,
    context: ContextId,
    variable: VariableId,
    token: TokenId | null,
    value: Preview,
    line: string | null,
  ): void {
    // A page that lies makes one token twice.
    const own = token !== null && !known.has(token) ? token : null
    if (own !== null) known.add(own)
    const act = {
      do: 'set',
      context: contextName(context),
      variable: variableName(variable),
      token: tokenName(own),
      value,
    } as const
    steps.push({ at, step: { ...act, where: line } })
  }

  function resetOf(context: ContextId, variable: VariableId, token: TokenId | null) {
    const name = token === null ? null : tokenName(token)
    return { do: 'reset', context: contextName(context), variable: variableName(variable), token: name } as const
  }

  function fails(at: number, error: ErrorName, act: Act, line: string | null): void {
    steps.push({ at, step: { do: 'fails', error, act, where: line } })
  }

  /** What every context of the problem holds of its variables in the end. */
  function held(): ReproductionStep[] {
    return [...kept].flatMap((id) => {
      const entry = world.contexts.get(id)
      if (entry === undefined || (contexts !== null && !contexts.has(id))) return []
      return [...names.variables].map(([variable, name]): ReproductionStep => {
        const value = entry.holdings.get(variable)?.value ?? null
        return { do: 'holds', context: contextName(id), variable: name, value, where: null }
      })
    })
  }

  function contextName(id: ContextId): string {
    return names.contexts.get(id) ?? `context_${id}`
  }

  function variableName(id: VariableId): string {
    return names.variables.get(id) ?? `variable_${id}`
  }
}

const tokenName = (token: TokenId | null): string => (token === null ? '_' : `token_${token}`)

const REFUSALS: Record<TokenErrorCode, ErrorName> = {
  used: 'RuntimeError',
  'other-variable': 'ValueError',
  'other-context': 'ValueError',
  'not-a-token': 'TypeError',
} satisfies Record<TokenError['code'], ErrorName>

function withPaths(world: World, contexts: ReadonlySet<ContextId>): Set<ContextId> {
  const kept = new Set<ContextId>()
  for (const context of contexts) {
    for (let id: ContextId | null = context; id !== null; id = world.contexts.get(id)?.parent ?? null) kept.add(id)
  }
  return kept
}

/** What a program of either language may not call anything of its own, and what ours use. */
const TAKEN = new Set(
  (
    'False None True and as assert async await break case catch class const continue debugger def default del delete do elif else enum ' +
    'eval except export extends false finally for from function global if implements import in instanceof interface is lambda let ' +
    'match new nonlocal not null or package pass private protected public raise return static super switch this throw true try type ' +
    'typeof undefined var void while with yield arguments Context ContextVar RuntimeError ValueError TypeError LookupError ' +
    'AssertionError expect test print error object Reflect float NaN Infinity'
  ).split(' '),
)

function namesFor(world: World, contexts: ReadonlySet<ContextId>, isKept: (variable: VariableId) => boolean) {
  const taken = new Set(TAKEN)
  /** How often each word was asked for: thousands of contexts may have one name. */
  const counts = new Map<string, number>()
  const free = (said: string, id: number): string => {
    const word = said
      .normalize('NFKD')
      .replace(/[^A-Za-z0-9]+/g, '_')
      .replace(/^_+|_+$/g, '')
      .slice(0, 40)
    const name = /^[A-Za-z]/.test(word) ? word : `it_${word || id}`
    for (let times = (counts.get(name) ?? 0) + 1; ; times++) {
      const chosen = times === 1 ? name : `${name}_${times}`
      if (taken.has(chosen) || /^token_\d+$/.test(chosen)) continue
      taken.add(chosen)
      counts.set(name, times)
      return chosen
    }
  }
  const variables = new Map<VariableId, string>()
  for (const { id, name } of world.variables.values()) if (isKept(id)) variables.set(id, free(name, id))
  const named = new Map<ContextId, string>()
  for (const id of contexts) {
    const entry = world.contexts.get(id)
    named.set(id, free(entry === undefined ? `context ${id}` : entryLabel(world, entry), id))
  }
  return { variables, contexts: named }
}
