// One table per host: a line per shape, a column per peer, in nanoseconds; then the goals.

import { goals, operations, peers } from './goals.mjs'

/**
 * @param {string} title
 * @param {import('../compare.mjs').Look} look
 */
export function print(title, look) {
  const columns = Object.keys(peers).filter((name) => operations.some((shape) => look(name, shape) !== undefined))
  console.log(`\n${title}, ns for one (test/bench/await/shapes.ts says what; goals.mjs, where)\n`)
  line('', columns)
  for (const shape of operations)
    line(
      shape,
      columns.map((name) => inNs(look(name, shape))),
    )
  console.log()
  for (const { of, shape, beside, atMost } of goals) {
    const [own, theirs] = [look(of, shape), look(beside, shape)]
    if (own === undefined || theirs === undefined) continue
    const ratio = own / theirs
    const verdict = ratio <= atMost ? '✓' : '✗ missed'
    console.log(
      `${`${shape}, ${of} / ${beside}`.padEnd(48)}${ratio.toFixed(2)}  ≤ ${Number(atMost.toFixed(3))} ${verdict}`,
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
