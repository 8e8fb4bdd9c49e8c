// Prints what a recorded page pays while somebody asks it: for each fact with its stack, unread, and for the answers.

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { step } from '../../../scripts/steps.mjs'
import { browser, bundle, node, unwatchedBrowser } from '../hosts.mjs'

const FILE = 'recording/peers/answers'
/** Of a bare error. */
const AT_MOST = 1.2
/** Milliseconds that a page may stand still. */
const LONGEST = 50

/** @param {number} rounds */
export async function answers(rounds) {
  const bundles = await mkdtemp(join(tmpdir(), 'contextvars-bench-'))
  /** @type {import('../hosts.mjs').Host[]} */
  const hosts = []
  try {
    await bundle(FILE, bundles)
    hosts.push(node(bundles), await unwatchedBrowser(bundles), await browser(bundles, { debugged: true }))
    for (const host of hosts) {
      /** @type {{ fact: number, error: number, answered: number, longest: number }} */
      const { fact, error, answered, longest } = await step('Ask', () => host.run(FILE, rounds))
      console.log(`\n${host.title}, a page that is asked\n`)
      line('a set or reset with its stack, ns', fact.toFixed(0))
      line('a bare error, unread, ns', error.toFixed(0))
      line('ratio', (fact / error).toFixed(2), AT_MOST, fact / error)
      line('answers for 10,000 facts, ms', answered.toFixed(1))
      line('the longest answer, ms', longest.toFixed(1), LONGEST, longest)
    }
  } finally {
    for (const host of hosts) await host.close()
    await rm(bundles, { recursive: true, force: true })
  }
}

/** @type {(what: string, value: string, atMost?: number, measured?: number) => void} */
function line(what, value, atMost, measured = 0) {
  const verdict = atMost === undefined ? '' : `  ≤ ${atMost} ${measured <= atMost ? '✓' : '✗ missed'}`
  console.log(`${what.padEnd(38)}${value.padStart(9)}${verdict}`)
}
