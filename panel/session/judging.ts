// What all that this person looks at is judged by: what they have muted, and what they ask for besides.

import type { PreviewSize } from '../../runtime/protocol'
import type { RuleId } from '../model/finding'
import type { KeptMutes } from '../model/mutes'
import { type Judging, rulesOnRequest } from '../model/rules'

/** Of the panel's settings, what the rules have to know, and who is told how it was recorded. */
export interface Asking {
  readonly settings?: { readonly previews: PreviewSize }
  readonly choices: { readonly [Name in keyof typeof ASKED_BY]: 'ignored' | 'told' }
  subscribe(listener: () => void): () => void
}

export interface KeptJudging {
  /** The same object until something changes. */
  readonly judging: Required<Pick<Judging, 'mutes' | 'also'>>
  subscribe(listener: () => void): () => void
}

/** By which setting each rule is asked for. */
const ASKED_BY = {
  outlived: 'outlived-value',
  listeners: 'listener-elsewhere',
  effectless: 'without-effect',
} as const satisfies Record<string, RuleId>
const SETTINGS = Object.keys(ASKED_BY) as (keyof typeof ASKED_BY)[]

/** `outlived-value without-effect`: the rules on request that are named. */
export function askedByName(names: string): RuleId[] {
  const named = names.split(' ')
  return rulesOnRequest.flatMap(({ id }) => (named.includes(id) ? id : []))
}

/** `always` are the rules that are asked for whatever the settings say. */
export function keptJudging(
  muting: KeptMutes,
  asking: Asking | null = null,
  always: readonly RuleId[] = [],
): KeptJudging {
  let known = ''
  let asked: readonly RuleId[] = always
  /** The same list until another rule is asked for. */
  const also = (): readonly RuleId[] => {
    const told = SETTINGS.filter((name) => asking?.choices[name] === 'told').map((name) => ASKED_BY[name])
    if (known !== told.join(' ')) {
      known = told.join(' ')
      asked = [...new Set([...always, ...told])]
    }
    return asked
  }
  let judging = { mutes: muting.mutes, also: also() }
  return {
    get judging() {
      if (judging.mutes !== muting.mutes || judging.also !== also()) judging = { mutes: muting.mutes, also: also() }
      return judging
    },
    subscribe(listener) {
      const ends = [muting.subscribe(listener), asking?.subscribe(listener)]
      return () => {
        for (const end of ends) end?.()
      }
    },
  }
}
