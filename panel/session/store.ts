// One value that changes, and those who want to know. React reads it by `useSyncExternalStore`; tests read it plainly.

export interface Store<State> {
  readonly state: State
  /** Replaces what changes; whoever subscribed is told, unless nothing differs. */
  set(change: Partial<State>): void
  /** Returns what ends it. */
  subscribe(listener: () => void): () => void
}

export function createStore<State extends object>(initial: State): Store<State> {
  let state = initial
  const listeners = new Set<() => void>()
  return {
    get state() {
      return state
    },
    set(change) {
      const keys = Object.keys(change) as (keyof State)[]
      if (keys.every((key) => Object.is(state[key], change[key]))) return
      state = { ...state, ...change }
      for (const listener of [...listeners]) listener()
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
