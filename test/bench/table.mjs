// One table per host: nanoseconds, beside each peer the ratio to it, and the goal where there is one.

import { cpython, goals, operations, ours, peers } from './goals.mjs'

/**
 * @typedef {import('./peer').Operation} Operation
 * @typedef {import('./compare.mjs').Look} Look
 * @typedef {{ peer: string, ns: string, ratio: string, goal: string }} Row
 */

/**
 * @param {string} title
 * @param {Look} look
 */
export function print(title, look) {
  console.log(`\n${title}\n`)
  line('', 'ns', { peer: 'peer', ns: 'ns', ratio: 'ratio', goal: 'goal' })
  for (const operation of operations) {
    const own = look(ours, operation)
    if (own === undefined) continue
    const [first, ...rest] = [...withGoal(operation, own, look), ...without(operation, own, look)]
    line(operation, inNs(own), first ?? { peer: '', ns: '', ratio: '', goal: '' })
    for (const row of rest) line('', '', row)
  }
  console.log(`\n"ns" is ${ours}; a ratio is our time divided by the peer's.`)
}

/** @type {(operation: Operation, own: number, look: Look) => Row[]} */
function withGoal(operation, own, look) {
  return goalsOf(operation).flatMap(({ beside, of, atMost }) => {
    const theirs = look(beside, of ?? operation)
    if (theirs === undefined) return []
    const ratio = own / theirs
    const goal = `≤ ${Number(atMost.toFixed(3))} ${ratio <= atMost ? '✓' : '✗ missed'}`
    return [{ peer: of ?? beside, ns: inNs(theirs), ratio: short(ratio), goal }]
  })
}

/** @type {(operation: Operation, own: number, look: Look) => Row[]} */
function without(operation, own, look) {
  const judged = goalsOf(operation).map(({ beside }) => beside)
  return [...Object.keys(peers), cpython].flatMap((peer) => {
    const theirs = look(peer, operation)
    if (theirs === undefined || peer === ours || judged.includes(peer)) return []
    return [{ peer, ns: inNs(theirs), ratio: short(own / theirs), goal: '' }]
  })
}

/** @param {Operation} operation */
function goalsOf(operation) {
  return goals.filter((goal) => goal.operation === operation)
}

/** @param {number} value */
function inNs(value) {
  return value < 100 ? value.toFixed(1) : Math.round(value).toLocaleString('en')
}

/** @param {number} ratio */
function short(ratio) {
  return ratio < 0.1 ? ratio.toPrecision(1) : ratio.toFixed(2)
}

/** @type {(operation: string, own: string, row: Row) => void} */
function line(operation, own, { peer, ns, ratio, goal }) {
  const cells = [
    operation.padEnd(25),
    own.padStart(6),
    '  ',
    peer.padEnd(25),
    ns.padStart(9),
    ratio.padStart(9),
    '  ',
    goal,
  ]
  console.log(cells.join('').trimEnd())
}
