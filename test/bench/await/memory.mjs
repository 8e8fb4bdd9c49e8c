// Prints what awaits leave behind in the heap.

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { step } from '../../../scripts/steps.mjs'
import { browser, bundle, node } from '../hosts.mjs'
import { inContext, plain } from './goals.mjs'

/** @typedef {{ awaits: number, polls: number, races: number, pending: number, settled: number }} Stays bytes for each */

const FILE = 'await/peers/memory'
/** Bytes that one await may leave behind: less than any object takes, so that it is what the measure itself leaves. */
const AT_MOST = 0.1

/** @param {number} times */
export async function memory(times) {
  const bundles = await mkdtemp(join(tmpdir(), 'contextvars-bench-'))
  /** @type {import('../hosts.mjs').Host[]} */
  const hosts = []
  try {
    await bundle(FILE, bundles)
    hosts.push(node(bundles), await browser(bundles))
    for (const host of hosts) {
      /** @type {(state: string) => Promise<Stays>} */
      const measured = (state) => host.run(FILE, state, times)
      const { own, bare } = await step(`Measure the heap over ${times.toLocaleString('en')} awaits`, async () => ({
        own: await measured(inContext),
        bare: await measured(plain),
      }))
      console.log(`\n${host.title}, bytes that stay\n`)
      line('', inContext, plain)
      line('per await', short(own.awaits), short(bare.awaits), verdict(own.awaits))
      line("per read of a pending promise's constructor", short(own.polls), short(bare.polls), verdict(own.polls))
      line('per race with one pending promise', short(own.races), short(bare.races))
      line('per await of one pending promise', short(own.pending), short(bare.pending))
      line('the same, when it is settled', short(own.settled), short(bare.settled))
    }
  } finally {
    for (const host of hosts) await host.close()
    await rm(bundles, { recursive: true, force: true })
  }
}

/** @param {number} bytes */
const short = (bytes) => (Math.abs(bytes) < 10 ? bytes.toFixed(3) : bytes.toFixed(0))

/** @param {number} bytes */
const verdict = (bytes) => `  ≤ ${AT_MOST} ${bytes <= AT_MOST ? '✓' : '✗ missed'}`

/** @type {(what: string, own: string, bare: string, verdict?: string) => void} */
function line(what, own, bare, verdict = '') {
  console.log([what.padEnd(46), own.padStart(13), bare.padStart(9), verdict].join('').trimEnd())
}
