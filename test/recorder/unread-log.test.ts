// The log of a recorder that nobody may ever ask: small after a while, and as large as any once somebody reads.

import { expect, test } from 'vitest'
import type { ContextId, Fact, Millis, TokenId, VariableId } from '../../runtime/protocol'
import { DEFAULT_LOG_LIMITS, Log, UNREAD_LOG_LIMITS } from '../../runtime/recorder/log'

const SAVES_FROM = 10_000 as Millis
const ALL = { facts: Infinity, bytes: Infinity }

function unreadLog(): Log {
  const log = new Log(DEFAULT_LOG_LIMITS)
  log.saveUntilRead(SAVES_FROM)
  return log
}

function addFacts(log: Log, many: number, at: number, text = '1'): void {
  for (let count = 0; count < many; count++) {
    log.addWrite(
      'var-set',
      at as Millis,
      id<ContextId>(),
      id<VariableId>(),
      id<TokenId>(),
      { kind: 'string', text },
      null,
    )
  }
}

const id = <Id extends number>(): Id => 1 as Id

const kept = (log: Log): Fact[] => log.since(0, ALL)

test('what a page does while it starts is kept whole for a panel that is open', () => {
  const log = unreadLog()
  addFacts(log, 5 * UNREAD_LOG_LIMITS.facts, 1)
  expect(kept(log)).toHaveLength(5 * UNREAD_LOG_LIMITS.facts)
  // It was read: from now on it is a log like any other.
  addFacts(log, UNREAD_LOG_LIMITS.facts, SAVES_FROM + 1)
  expect(kept(log)).toHaveLength(6 * UNREAD_LOG_LIMITS.facts)
})

test('a log that nobody reads is small, in count and in bytes, and says what it dropped', () => {
  for (const [many, text] of [
    [3 * UNREAD_LOG_LIMITS.facts, '1'],
    [2_000, 'x'.repeat(4_000)],
  ] as const) {
    const log = unreadLog()
    let dropped = 0
    log.dropped = () => {
      dropped++
    }
    addFacts(log, many, 1, text)
    expect(dropped).toBe(0)
    addFacts(log, many, SAVES_FROM, text)
    expect(log.bytes).toBeLessThanOrEqual(UNREAD_LOG_LIMITS.bytes)
    expect(dropped).toBeGreaterThan(0)
    const [gap, ...facts] = kept(log)
    expect(facts.length).toBeLessThanOrEqual(UNREAD_LOG_LIMITS.facts)
    expect(gap).toMatchObject({ type: 'gap', from: 1, to: 2 * many - facts.length })
  }
})

test('the first reader makes it as large as any', () => {
  const log = unreadLog()
  addFacts(log, 3 * UNREAD_LOG_LIMITS.facts, SAVES_FROM)
  const before = kept(log).length
  addFacts(log, 3 * UNREAD_LOG_LIMITS.facts, SAVES_FROM + 1)
  expect(kept(log)).toHaveLength(before + 3 * UNREAD_LOG_LIMITS.facts)
  expect(log.limits).toEqual(DEFAULT_LOG_LIMITS)
})
