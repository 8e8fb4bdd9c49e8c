// What a rule says: found (with evidence), clear, or cannot tell. Each rule is one file in rules/, its words beside it.

import type { ContextId, Millis, Seq, StackId, TokenId, VariableId } from '../../runtime/protocol'
import type { LineChange } from './fix'
import type { World } from './world'

export type Severity = 'error' | 'warning' | 'info'

/** One thing to look at: a fact, and where in the code it happened. */
export interface Evidence {
  /** What happened there, as the row says it: `set user = "ada"`, `reset refused`. */
  label: string
  seq: Seq
  context: ContextId | null
  stack: StackId | null
}

export interface Finding {
  /** Stable while the recording grows: rule and the seqs it is about. React keys, mutes and tests lean on it. */
  id: string
  rule: RuleId
  severity: Severity
  /** One line: `Token used twice: user`. */
  title: string
  /** What happened here, in one or two sentences with the names of this case. */
  what: string
  /** How to mend it, in one or two sentences. */
  advice: string
  /** The lines that mend it, the one to write first; none where no line alone does, or where nobody can tell which. */
  fix: LineChange[]
  /** Where in the code the mistake is: cases of one line are one finding. */
  stack: StackId | null
  context: ContextId | null
  variable: VariableId | null
  token: TokenId | null
  /** Oldest first. */
  evidence: Evidence[]
  /** How often it happened at that line; null for what is no case of a line. */
  repeats: Repeats | null
  /** For a token that crossed contexts: where it was made, where it was used, their nearest common ancestor. */
  crossing: { made: ContextId; used: ContextId; ancestor: ContextId | null } | null
}

/** Whether it goes on is told by what was recorded since the last time. */
export interface Repeats {
  count: number
  first: Millis
  last: Millis
}

export type RuleId =
  | 'forgotten-reset'
  | 'token-used-twice'
  | 'token-other-variable'
  | 'token-other-context'
  | 'out-of-order-reset'
  | 'already-entered'
  | 'set-too-late'
  | 'left-in-copy'
  | 'carried-over'
  | 'kept-by-timer'
  | 'outlived-value'
  | 'refusal-swallowed'
  | 'context-lost'
  | 'listener-elsewhere'
  | 'left-unrecorded'
  | 'without-effect'
  | 'variable-made-again'
  | 'default-changed'
  | 'lookup-without-value'
  | 'not-reduced'

export type Verdict =
  | { verdict: 'found'; findings: Finding[] }
  | { verdict: 'clear' }
  /** The recording does not know enough; `why` is a sentence. */
  | { verdict: 'cannot-tell'; why: string; findings: Finding[] }

export interface Rule {
  id: RuleId
  /** What the rule looks for, as a heading: `Token used twice`. */
  title: string
  /** Why it matters, for somebody who meets it first. */
  why: string
  judge(world: World): Verdict
}
