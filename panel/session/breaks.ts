// Where pages are to pause ("Break on"): what this person chose, and whether it is switched on. It is kept as long as the panel, over
// reloads and navigations; variables are named, since a reload gives them other numbers.

import type { BreakConditions } from '../../runtime/protocol'
import { NO_BREAKS, type WantedBreaks } from '../source/breaks'
import { createStore, type Store } from './store'

export type VariableBreak = 'set' | 'reset' | 'default'
export const VARIABLE_BREAKS: readonly VariableBreak[] = ['set', 'reset', 'default']
export type ErrorBreak = 'tokenError' | 'lookupError'

export interface BreaksState {
  /** What was chosen, whether or not it is switched on. */
  chosen: BreakConditions
  on: boolean
}

export interface Breaks extends WantedBreaks, Pick<Store<BreaksState>, 'state' | 'subscribe'> {
  /** What was chosen once is no more when it is chosen again. */
  toggle(on: VariableBreak, name: string): void
  toggleError(on: ErrorBreak): void
  switchOn(on: boolean): void
  clear(): void
}

export function createBreaks(): Breaks {
  const store = createStore<BreaksState>({ chosen: NO_BREAKS, on: true })
  return {
    get state() {
      return store.state
    },
    get conditions() {
      return store.state.on ? store.state.chosen : NO_BREAKS
    },
    subscribe: store.subscribe,
    toggle(on, name) {
      const { chosen } = store.state
      const without = chosen[on].filter((one) => one !== name)
      const names = without.length < chosen[on].length ? without : [...without, name]
      store.set({ chosen: { ...chosen, [on]: names } })
    },
    toggleError(on) {
      const { chosen } = store.state
      store.set({ chosen: { ...chosen, [on]: !chosen[on] } })
    },
    switchOn: (on) => store.set({ on }),
    clear: () => store.set({ chosen: NO_BREAKS }),
  }
}

/** How many there are. */
export const countBreaks = ({ set, reset, default: unset, tokenError, lookupError }: BreakConditions): number =>
  set.length + reset.length + unset.length + Number(tokenError) + Number(lookupError)
