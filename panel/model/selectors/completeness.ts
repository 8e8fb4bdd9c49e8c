// Whether everything that happened is known: `complete 1–18,402`, or how much is missing and where.

import type { Missing, World } from '../world'

export interface Completeness {
  /** The newest fact's number. */
  last: number
  missing: readonly Missing[]
  /** How many facts are missing. */
  lost: number
  sentence: string
}

/** A sentence names at most this many holes. */
const NAMED = 3

export function completeness(world: World): Completeness {
  const { seq: last, missing } = world
  const lost = missing.reduce((sum, { from, to }) => sum + to - from + 1, 0)
  return { last, missing, lost, sentence: sentence(world, lost) }
}

function sentence(world: World, lost: number): string {
  const late = world.seq > 0 && world.runtime?.late ? '; recorded late, what happened before is not known' : ''
  return `${factsSentence({ last: world.seq, missing: world.missing, lost })}${late}`
}

/** The same of the facts alone, where it is said elsewhere that the recording began late. */
export function factsSentence({ last, missing, lost }: Omit<Completeness, 'sentence'>): string {
  if (last === 0) return 'nothing recorded yet'
  if (lost === 0) return `complete 1–${count(last)}`
  const named = missing
    .slice(0, NAMED)
    .map(({ from, to }) => (from === to ? count(from) : `${count(from)}–${count(to)}`))
  const rest = missing.length > NAMED ? ` and ${missing.length - NAMED} more` : ''
  return `${count(lost)} ${lost === 1 ? 'fact' : 'facts'} missing: ${named.join(', ')}${rest}`
}

const count = (number: number): string => number.toLocaleString('en-US')
