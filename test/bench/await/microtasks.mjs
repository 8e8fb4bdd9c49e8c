// Prints how many microtasks of ours each segment of a page takes. Counted, not timed: the same on every machine.

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { step } from '../../../scripts/steps.mjs'
import { browser, bundle } from '../hosts.mjs'

/** @typedef {import('./segments').Segment} Segment */

export const microtasksFile = 'await/peers/microtasks'

/** @type {Segment[]} */
const segments = [
  'await f()',
  'await settled',
  'await 5',
  'await 3 nested',
  'await a turn',
  'Promise.all of 10',
  '100 tasks',
  'then',
  'queueMicrotask',
  'timer',
  'event',
]

const states = ['installed', 'in a context', 'left', 'uninstalled']

export async function microtasks() {
  const bundles = await mkdtemp(join(tmpdir(), 'contextvars-bench-'))
  await bundle(microtasksFile, bundles)
  const host = await browser(bundles)
  /** @type {(state: string) => Promise<Record<Segment, number>>} */
  const counted = async (state) => {
    const counts = []
    // Each alone, because some of them enter contexts.
    for (const segment of segments) counts.push(await host.run(microtasksFile, state, [segment]))
    return Object.assign({}, ...counts)
  }
  try {
    const table = await step('Count microtasks', async () => {
      const plain = await counted('plain')
      const table = []
      for (const state of states) {
        const counts = await counted(state)
        table.push(segments.map((segment) => counts[segment] - plain[segment]))
      }
      return table
    })
    console.log(`\n${host.title}, microtasks of ours\n`)
    line('', states)
    for (const [n, segment] of segments.entries()) {
      line(
        segment,
        table.map((counts) => String(Number(counts[n]?.toFixed(2)))),
      )
    }
  } finally {
    await host.close()
    await rm(bundles, { recursive: true, force: true })
  }
}

/** @type {(segment: string, cells: string[]) => void} */
function line(segment, cells) {
  console.log([segment.padEnd(20), ...cells.map((cell) => cell.padStart(14))].join(''))
}
