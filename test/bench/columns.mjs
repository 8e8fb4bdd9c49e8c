// One table per host: a line per operation, a column per peer, in nanoseconds; then the goals.

/**
 * @typedef {{ of: string, operation: string, beside: string, atMost: number }} Goal
 * @typedef {object} Comparison
 * @property {Record<string, import('./compare.mjs').Peer>} peers
 * @property {string[]} operations
 * @property {Goal[]} goals
 */

/**
 * @param {Comparison} comparison
 * @param {string} where the files that say what is done, and for whom
 * @returns {(title: string, look: import('./compare.mjs').Look) => void}
 */
export const columns =
  ({ peers, operations, goals }, where) =>
  (title, look) => {
    const names = Object.keys(peers).filter((name) => operations.some((operation) => look(name, operation)))
    console.log(`\n${title}, ns for one (${where})\n`)
    line('', names)
    for (const operation of operations)
      line(
        operation,
        names.map((name) => inNs(look(name, operation))),
      )
    console.log()
    for (const { of, operation, beside, atMost } of goals) {
      const [own, theirs] = [look(of, operation), look(beside, operation)]
      if (own === undefined || theirs === undefined) continue
      const ratio = own / theirs
      const verdict = ratio <= atMost ? '✓' : '✗ missed'
      console.log(
        `${`${operation}, ${of} / ${beside}`.padEnd(48)}${ratio.toFixed(2)}  ≤ ${Number(atMost.toFixed(3))} ${verdict}`,
      )
    }
  }

/** @param {number | undefined} value */
const inNs = (value) => (value === undefined ? '' : Math.round(value).toLocaleString('en'))

/** @type {(first: string, cells: string[]) => void} */
function line(first, cells) {
  console.log(
    [first.padEnd(20), ...cells.map((cell) => cell.padStart(Math.max(13, cell.length + 2)))].join('').trimEnd(),
  )
}
