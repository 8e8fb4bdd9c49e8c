// Prints what a large recording takes on its way to a file and back to the screen, beside plain JSON of the same facts.

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { step } from '../../../scripts/steps.mjs'
import { browser, bundle, node } from '../hosts.mjs'

const FILE = 'snapshot/peers/snapshot'
/** Milliseconds for a million facts, each way. */
const AT_MOST = 2_000
/** Of the size of naive JSON. */
const SMALLEST = 1 / 10

/**
 * @typedef {'written' | 'packed' | 'unpacked' | 'parsed' | 'takenIn' | 'shown' | 'stringified' | 'reparsed'} Part
 * @typedef {{ facts: number, contexts: number, rows: number, kept: number, sizes: Record<'text' | 'packed' | 'naive', number>, ms: Record<Part, number> }} Measured
 */

/** @param {number} facts */
export async function snapshot(facts) {
  const bundles = await mkdtemp(join(tmpdir(), 'contextvars-bench-'))
  /** @type {import('../hosts.mjs').Host[]} */
  const hosts = []
  try {
    await bundle(FILE, bundles)
    hosts.push(node(bundles), await browser(bundles))
    for (const host of hosts) {
      /** @type {Measured} */
      const { facts: all, contexts, kept, sizes, ms } = await step('Save and open', () => host.run(FILE, facts))
      console.log(
        `\n${host.title}, a recording of ${count(all)} facts and ${count(contexts)} contexts: ms, and beside plain JSON\n`,
      )
      const write = ms.written
      const read = ms.parsed + ms.takenIn + ms.shown
      const most = Math.round((AT_MOST * all) / 1_000_000)
      line('written, redacted', write, ms.stringified, most)
      line('  gzipped', ms.packed)
      line('  JSON.stringify of the facts', ms.stringified)
      line('read and shown', read, ms.reparsed, most)
      line('  read and checked', ms.parsed)
      line('  taken in and judged', ms.takenIn)
      line('  tree', ms.shown)
      line('  JSON.parse of the facts', ms.reparsed)
      line('unpacked, before that', ms.unpacked)
      const part = sizes.packed / sizes.naive
      const verdict = `≤ ${SMALLEST} ${part <= SMALLEST ? '✓' : '✗ missed'}`
      console.log(
        `\n${mb(sizes.text)} MB, gzipped ${mb(sizes.packed)} MB, naive JSON ${mb(sizes.naive)} MB: ${part.toFixed(3)}  ${verdict}`,
      )
      if (kept < all) console.log(`The panel keeps the newest ${count(kept)} of them.`)
    }
  } finally {
    for (const host of hosts) await host.close()
    await rm(bundles, { recursive: true, force: true })
  }
}

/** @param {number} number */
const count = (number) => number.toLocaleString('en')

/** @param {number} size */
const mb = (size) => (size / 1e6).toFixed(1)

/** @type {(what: string, ms: number, beside?: number, most?: number) => void} */
function line(what, ms, beside, most) {
  const ratio = beside === undefined ? '' : `${(ms / beside).toFixed(1)} ×`
  const verdict = most === undefined ? '' : `  ≤ ${count(most)} ${ms <= most ? '✓' : '✗ missed'}`
  console.log(`${what.padEnd(30)}${ms.toFixed(0).padStart(8)}${ratio.padStart(10)}${verdict}`.trimEnd())
}
