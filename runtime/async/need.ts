// Until a context other than the base is made there is nothing to follow, and an await costs what it always does. Here is who is
// woken then.

import { contextsMinted } from '../context/context'

let sleeper: (() => void) | null = null

/** What is to begin when the first context other than the base is made; now, if there are others. Returns what forgets it. */
export function whenNeeded(begin: () => void): () => void {
  sleeper = begin
  if (contextsMinted() > 1) wake()
  return () => {
    if (sleeper === begin) sleeper = null
  }
}

/** A context other than the base is about to be made or entered. */
export function wake(): void {
  if (sleeper === null) return
  const begin = sleeper
  begin()
  sleeper = null
}

export const isAsleep = (): boolean => sleeper !== null
