// Runs everybody everywhere, round after round, and prints what came of it.

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { step } from '../../scripts/steps.mjs'
import { cpython, ours, peers } from './goals.mjs'
import { browser, bundle, node, python } from './hosts.mjs'
import { print } from './table.mjs'

/**
 * @typedef {import('./hosts.mjs').Host} Host
 * @typedef {import('./peer').Operation} Operation
 * @typedef {{ host: Host, name: string, file: string }} Entry one peer in one host
 */

/** @param {{ rounds: number, effort: import('./measure').Effort }} plan */
export async function compare({ rounds, effort }) {
  const bundles = await mkdtemp(join(tmpdir(), 'contextvars-bench-'))
  /** @type {Host[]} */
  const hosts = []
  try {
    await step('Bundle', async () => {
      for (const { file } of Object.values(peers)) await bundle(file, bundles)
    })
    hosts.push(node(bundles), await browser(bundles))
    const snake = await python()
    const entries = hosts.flatMap((host) =>
      Object.entries(peers)
        .filter(([, { browser }]) => browser || !host.isBrowser)
        .map(([name, { file }]) => ({ host, name, file })),
    )
    if (snake !== null) entries.push({ host: snake, name: cpython, file: 'cpython' })

    const results = await step(`Measure, ${rounds} rounds`, async () => {
      const ledger = new Ledger()
      for (let round = 0; round < rounds; round++) {
        for (const { host, name, file } of shuffled(entries)) ledger.add(host, name, await host.run(file, effort))
      }
      return ledger
    })

    for (const host of hosts) {
      const title = snake ? `${host.title}, beside ${snake.title}` : `${host.title}; there is no python3`
      print(title, (name, operation) => results.median(name === cpython ? snake : host, name, operation))
    }
    console.log(`\n"ns" is ${ours}; a ratio is our time divided by the peer's.`)
  } finally {
    for (const host of hosts) await host.close()
    await rm(bundles, { recursive: true, force: true })
  }
}

/** What was measured, by host, peer and operation. */
class Ledger {
  /** @type {Map<Host, Map<string, number[]>>} */
  #measured = new Map()

  /**
   * @param {Host} host
   * @param {string} name
   * @param {import('./peer').Results} results
   */
  add(host, name, results) {
    const ofHost = this.#measured.get(host) ?? new Map()
    this.#measured.set(host, ofHost)
    for (const [operation, ns] of Object.entries(results)) {
      const key = `${name}: ${operation}`
      ofHost.set(key, [...(ofHost.get(key) ?? []), ns])
    }
  }

  /**
   * @param {Host | null} host
   * @param {string} name
   * @param {Operation} operation
   */
  median(host, name, operation) {
    const rounds = host && this.#measured.get(host)?.get(`${name}: ${operation}`)
    return rounds?.toSorted((a, b) => a - b)[rounds.length >> 1]
  }
}

/**
 * @template T
 * @param {T[]} items
 */
function shuffled(items) {
  return items
    .map((item) => ({ item, at: Math.random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item)
}
