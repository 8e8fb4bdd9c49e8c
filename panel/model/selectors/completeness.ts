// Whether everything that happened is known: `complete 1–18,402`, or how much is missing and where.

import type { Missing, World } from '../world'
import { grouped } from './grouped'

export interface Completeness {
  /** The newest fact's number. */
  last: number
  missing: readonly Missing[]
  /** How many facts are missing. */
  lost: number
  /** Facts up to this number were here, and are kept no more. */
  letGo: number
  sentence: string
}

/** A sentence names at most this many holes. */
const NAMED = 3

export function completeness(world: World): Completeness {
  const { seq: last, missing, letGo } = world
  const lost = missing.reduce((sum, { from, to }) => sum + to - from + 1, 0)
  const facts = { last, missing, lost, letGo }
  const late = last > 0 && world.runtime?.late ? '; recorded late, what happened before is not known' : ''
  return { ...facts, sentence: `${factsSentence(facts)}${late}` }
}

/** The same of the facts alone, where it is said elsewhere that the recording began late. */
export function factsSentence({ last, missing, lost, letGo }: Omit<Completeness, 'sentence'>): string {
  if (last === 0) return 'nothing recorded yet'
  const kept = letGo > 0 ? `, kept from ${grouped(letGo + 1)}` : ''
  if (lost === 0) return `complete 1–${grouped(last)}${kept}`
  const named = missing
    .slice(0, NAMED)
    .map(({ from, to }) => (from === to ? grouped(from) : `${grouped(from)}–${grouped(to)}`))
  const rest = missing.length > NAMED ? ` and ${missing.length - NAMED} more` : ''
  return `${grouped(lost)} ${lost === 1 ? 'fact' : 'facts'} missing: ${named.join(', ')}${rest}${kept}`
}
