// Runs everybody everywhere, round after round, and prints what came of it.

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { step } from '../../scripts/steps.mjs'
import { cpython } from './goals.mjs'
import { browser, bundle, node, python } from './hosts.mjs'

/**
 * A peer has a process of its own in Node, and a page of its own in Chromium unless it says that it has no business there. One
 * that is `alone` has another for each operation. `target` is the language that it is compiled to; one that is `seamless` is
 * compiled without the seam that a recorder listens at.
 * @typedef {{ file: string, browser: boolean, alone?: boolean, target?: string, seamless?: boolean }} Peer
 * @typedef {import('./hosts.mjs').Host} Host
 * @typedef {{ host: Host, name: string, file: string, only?: string[] }} Entry one peer in one host
 * @typedef {(name: string, operation: string) => number | undefined} Look what was measured, if it was
 * @typedef {object} Group what is compared with each other
 * @property {Record<string, Peer>} peers
 * @property {string[]} operations
 * @property {boolean} [inPython] whether Python has them, too
 * @property {(title: string, look: Look) => void} print
 */

/**
 * @param {{ rounds: number, effort: import('./measure').Effort }} plan
 * @param {Group} group
 */
export async function compare({ rounds, effort }, { peers, operations, inPython, print }) {
  const bundles = await mkdtemp(join(tmpdir(), 'contextvars-bench-'))
  /** @type {Host[]} */
  const hosts = []
  try {
    await step('Bundle', async () => {
      for (const { file, ...how } of Object.values(peers)) await bundle(file, bundles, how)
    })
    hosts.push(node(bundles), await browser(bundles))
    const snake = inPython ? await python() : null
    /** @type {Entry[]} */
    const entries = hosts.flatMap((host) =>
      Object.entries(peers)
        .filter(([, { browser }]) => browser || !host.isBrowser)
        .flatMap(([name, { file, alone }]) =>
          alone ? operations.map((operation) => ({ host, name, file, only: [operation] })) : { host, name, file },
        ),
    )
    if (snake !== null) entries.push({ host: snake, name: cpython, file: 'peers/cpython' })

    const results = await step(`Measure, ${rounds} rounds`, async () => {
      const ledger = new Ledger()
      for (let round = 0; round < rounds; round++) {
        for (const { host, name, file, only } of shuffled(entries)) {
          ledger.add(host, name, await host.run(file, effort, only))
        }
      }
      return ledger
    })

    for (const host of hosts) {
      const title = snake ? `${host.title}, beside ${snake.title}` : host.title
      print(title, (name, operation) => results.median(name === cpython ? snake : host, name, operation))
    }
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
   * @param {string} operation
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
