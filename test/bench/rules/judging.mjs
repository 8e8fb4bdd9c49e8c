// Prints what the rules cost for each batch of facts, in a world of a million of them, beside what it takes to read and take in the
// same facts.

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { step } from '../../../scripts/steps.mjs'
import { browser, bundle, node } from '../hosts.mjs'

const FILE = 'rules/peers/judging'
/** Milliseconds for a thousand facts. */
const AT_MOST = 5

/**
 * @typedef {{ median: number, worst: number }} Times in milliseconds
 * @typedef {{ first: number, parsed: Times, advanced: Times, judged: Times, facts: number, contexts: number, problems: number }} Judged
 */

/** @param {number} facts */
export async function judging(facts) {
  const bundles = await mkdtemp(join(tmpdir(), 'contextvars-bench-'))
  /** @type {import('../hosts.mjs').Host[]} */
  const hosts = []
  try {
    await bundle(FILE, bundles)
    hosts.push(node(bundles), await browser(bundles))
    for (const host of hosts) {
      /** @type {Judged} */
      const judged = await step('Judge', () => host.run(FILE, facts))
      const size = `${count(judged.facts)} facts, ${count(judged.contexts)} contexts, ${count(judged.problems)} problems`
      console.log(`\n${host.title}, a page of ${size}: ms for 1,000 facts more (test/bench/rules/page.ts says which)\n`)
      line('', 'median', '19 of 20')
      line('JSON.parse', ms(judged.parsed.median), ms(judged.parsed.worst))
      line('taken in', ms(judged.advanced.median), ms(judged.advanced.worst))
      line('judged', ms(judged.judged.median), ms(judged.judged.worst), judged.judged.median)
      line('all judged, the first time', ms(judged.first), '')
    }
  } finally {
    for (const host of hosts) await host.close()
    await rm(bundles, { recursive: true, force: true })
  }
}

/** @param {number} number */
const count = (number) => number.toLocaleString('en')

/** @param {number} time */
const ms = (time) => time.toFixed(2)

/** @type {(what: string, median: string, worst: string, measured?: number) => void} */
function line(what, median, worst, measured) {
  const verdict = measured === undefined ? '' : `  ≤ ${AT_MOST} ${measured <= AT_MOST ? '✓' : '✗ missed'}`
  console.log(`${what.padEnd(30)}${median.padStart(10)}${worst.padStart(12)}${verdict}`.trimEnd())
}
