// A mistake in one of the programs: what is changed, and what must be told of it, by which rule, at which lines.

import type { Told } from '../lines-told'
import type { Change } from './variant'

export interface Mistake {
  mistake: string
  changes: Change[]
  /** Whether it runs where nothing is set, and not in the base context, where others have left their values. */
  isAlone?: true
  /** All that is told, the notes too. */
  finds: Told[]
  /** Why it is not told yet: the fact that is missing. */
  notTold?: string
}
