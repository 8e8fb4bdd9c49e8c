// What a report of the corpus is made of: a program that makes its mistake, what the rules must say of it, and, where it is short, the
// program that is mended, of which they must not warn.

import type { RuleId, Severity } from '../../panel/testing'
import type { RecordOptions } from '../../runtime/recorder'

export interface Program {
  /** Runs in the base context, as a script of a page does. All programs share it, so each has variables of its own. */
  run(): unknown
  /** All that is found, the notes too. */
  finds: Expected[]
  /** What rules on request find besides, where they are asked. */
  findsOnRequest?: Expected[]
  /** How it is recorded, where it is about that. */
  recorded?: RecordOptions
}

export interface Expected {
  severity: Severity
  rule: RuleId
  /** The lines of the program that the evidence names, as they stand in its source, in the order in which they happened. */
  lines: string[]
  /** What makes this explanation the right one. */
  says?: string
}

export interface Report {
  asReported: Program
  mended?: Program
  /** Where the mistake cannot be told: a program that is right, and states the same facts. */
  cannotBeToldFrom?: { run: Program['run']; because: string }
}

export const sleep = (delay = 0): Promise<void> => new Promise((resolve) => setTimeout(resolve, delay))

/** A program that does not go wrong proves nothing. */
export async function refused(work: () => unknown, reason: RegExp): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (reason.test(String(error))) return
    throw error
  }
  throw new Error(`the program was expected to fail: ${reason}`)
}
