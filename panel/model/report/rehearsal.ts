// The steps of a reproduction, gone through before anybody runs them: what would not come out as it is said is mended by what a census
// knows, or left out and said. So a program that is made of a recording with holes asserts only what is known.

import type { Preview } from '../../../runtime/protocol'
import type { Act, ErrorName, ReproductionStep } from './reproduction'

/** What a census lists of a context that the steps have made before. */
export interface Listed {
  do: 'is'
  context: string
  where: null
  entries: { variable: string; token: string | null; value: Preview }[]
  /** Variables that it says all of. */
  variables: string[]
}

interface Held {
  value: Preview
  /** By its name; null where the program keeps none. */
  token: string | null
}

interface Token {
  context: string
  variable: string
  before: Held | null
  used: boolean
}

/** Contexts as PEP 567 has them, by the names that they have in the program. */
class Stage {
  readonly #contexts = new Map<string, Map<string, Held>>()
  readonly #tokens = new Map<string, Token>()
  readonly #defaults = new Set<string>()

  held(context: string, variable: string): Held | null {
    return this.#contexts.get(context)?.get(variable) ?? null
  }

  declare(variable: string, hasDefault: boolean): void {
    if (hasDefault) this.#defaults.add(variable)
  }

  create(context: string, from: string | null): void {
    this.#contexts.set(context, new Map(from === null ? [] : this.#contexts.get(from)))
  }

  knows(token: string): boolean {
    return this.#tokens.has(token)
  }

  /** The one reset that a token is good for; null where it was used, or never made. */
  resetOf(token: string): (Act & { do: 'reset' }) | null {
    const made = this.#tokens.get(token)
    if (made === undefined || made.used) return null
    return { do: 'reset', context: made.context, variable: made.variable, token }
  }

  couldReset({ context, variable, token }: Act & { do: 'reset' }): boolean {
    const good = token === null ? null : this.resetOf(token)
    return good?.context === context && good.variable === variable
  }

  /** The error that it would be, in CPython's order; null where it would be none, or nobody can tell. */
  errorOf(act: Act): ErrorName | null {
    switch (act.do) {
      case 'get':
        return this.held(act.context, act.variable) === null && !this.#defaults.has(act.variable) ? 'LookupError' : null
      case 'enter twice':
        return 'RuntimeError'
      case 'set':
        return null
      case 'reset':
        if (act.token === null) return 'TypeError'
        if (!this.knows(act.token)) return null
        if (this.resetOf(act.token) === null) return 'RuntimeError'
        return this.couldReset(act) ? null : 'ValueError'
    }
  }

  set({ context, variable, token: name, value }: Act & { do: 'set' }): void {
    const token = name === '_' ? null : name
    if (token !== null)
      this.#tokens.set(token, { context, variable, before: this.held(context, variable), used: false })
    this.#contexts.get(context)?.set(variable, { value, token })
  }

  /** One that it could. */
  reset({ context, variable, token: name }: Act & { do: 'reset' }): void {
    const token = name === null ? undefined : this.#tokens.get(name)
    if (token === undefined) return
    token.used = true
    if (token.before === null) this.#contexts.get(context)?.delete(variable)
    else this.#contexts.get(context)?.set(variable, token.before)
  }
}

const isSame = (a: Preview, b: Preview): boolean => a.kind === b.kind && a.text === b.text

const note = (text: string): ReproductionStep => ({ do: 'note', text, where: null })

export function rehearsed(steps: readonly (ReproductionStep | Listed)[]): ReproductionStep[] {
  const stage = new Stage()
  return steps.flatMap((step) => rehearse(stage, step))
}

function rehearse(stage: Stage, step: ReproductionStep | Listed): ReproductionStep[] {
  switch (step.do) {
    case 'note':
      return [step]
    case 'variable':
      stage.declare(step.name, step.default !== null)
      return [step]
    case 'context':
      stage.create(step.name, step.from)
      return [step]
    case 'set':
      stage.set(step)
      return [step]
    case 'reset':
      if (stage.couldReset(step)) stage.reset(step)
      else return [note(`${step.variable} was reset in ${step.context}, by a token of which too little is known.`)]
      return [step]
    case 'fails':
      return failing(stage, step)
    case 'is':
      return settled(stage, step)
    case 'holds': {
      const held = stage.held(step.context, step.variable)?.value ?? null
      const isSo = held === null || step.value === null ? held === step.value : isSame(held, step.value)
      return isSo ? [step] : [note(`What ${step.context} came to hold of ${step.variable} is not in what is known.`)]
    }
  }
}

/** What was refused because a token had been used says that it had, also where the fact of that is missing. */
function failing(stage: Stage, step: ReproductionStep & { do: 'fails' }): ReproductionStep[] {
  const { act, error } = step
  const first = act.do === 'reset' && act.token !== null && error === 'RuntimeError' ? stage.resetOf(act.token) : null
  if (first !== null) {
    stage.reset(first)
    return [note('Where it was used first is not known.'), { ...first, where: null }, step]
  }
  if (stage.errorOf(act) === error) return [step]
  return [note(`There was a ${error} here, for which too little is known.`)]
}

/** Brings a context to what a census lists, by resets as far as there are tokens, and by sets. */
function settled(stage: Stage, { context, entries, variables }: Listed): ReproductionStep[] {
  const mended: ReproductionStep[] = []
  for (const variable of variables) {
    if (entries.some((entry) => entry.variable === variable)) continue
    for (let held = stage.held(context, variable); held !== null; held = stage.held(context, variable)) {
      const reset = { do: 'reset', context, variable, token: held.token } as const
      if (held.token === null || !stage.couldReset(reset)) break
      stage.reset(reset)
      mended.push({ ...reset, where: null })
    }
  }
  for (const { variable, token, value } of entries) {
    const held = stage.held(context, variable)
    if (held !== null && isSame(held.value, value) && (token === null || held.token === token)) continue
    const name = token === null || stage.knows(token) ? '_' : token
    const set = { do: 'set', context, variable, token: name, value } as const
    stage.set(set)
    mended.push({ ...set, where: null })
  }
  return mended.length === 0 ? [] : [note(`What led to this is missing: ${context} is given what it held.`), ...mended]
}
