// Contexts in another engine: what is awaited and what is handed over, in Firefox, and on the very same page in Chromium.

import { beforeAll, describe, expect, test } from 'vitest'
import { findFirefox, howToGetFirefox } from '../../scripts/firefox.mjs'
import { expectAgreement } from '../async/program-reference'
import { sameContext, sameValue } from '../pages/engines/awaits'
import { atDispatch, atRegistration } from '../pages/engines/callbacks'
import { type Engine, inChromium, inFirefox, openEngine } from './harness/engine'

const firefox = findFirefox()

describe.runIf(firefox)(firefox ? 'Firefox' : howToGetFirefox, () => suite(inFirefox(firefox ?? '')))
describe('Chromium', () => suite(inChromium))

function suite(open: Parameters<typeof openEngine>[0]): void {
  let engine: Engine
  beforeAll(async () => {
    engine = await openEngine(open)
    return () => engine.close()
  }, 90_000)

  describe('the same Context comes back after awaiting', () => {
    test.for(Object.keys(sameContext))('%s', async (name) => {
      const { looks, lost, elsewhere } = await engine.ask('awaits', name)
      expect(looks).toBeGreaterThanOrEqual(40)
      expect({ lost, elsewhere }).toEqual({ lost: 0, elsewhere: 0 })
    })
  })

  describe('the value survives', () => {
    test.for(Object.keys(sameValue))('%s', async (name) => {
      const { looks, lost } = await engine.ask('awaits', name)
      expect({ looks, lost }).toEqual({ looks: 60, lost: 0 })
    })
  })

  describe('what is handed over runs in a copy of the context of that moment:', () => {
    test.for(Object.keys(atRegistration))('%s', async (name) => {
      expect(await engine.ask('registration', name)).toEqual(['set before', 'set after'])
    })
  })

  describe('a listener of the page runs in a copy of its dispatcher’s context:', () => {
    test.for(Object.keys(atDispatch))('%s', async (name) => {
      expect(await engine.ask('dispatch', name)).toEqual(['the dispatcher’s', 'the dispatcher’s'])
    })
  })

  test('random programs see the same as under AsyncLocalStorage, in the very same Contexts', { timeout: 240_000 }, () =>
    expectAgreement({ programs: 1_000, run: (batch) => engine.askPlain('programs', batch) }),
  )

  test('a worker is told the context of each message, as far as it is registered, and answers with its own', async () => {
    expect(await engine.ask('messages')).toEqual({
      answers: ['Ada', 'Grace', 'Barbara'].map((name) => [name, name, name, 'not here', name]),
      // What it answers comes with the context that it has then, which is over the asker's own.
      withoutContext: ['Edsger', 'nobody', 'nobody', 'not here', 'Edsger'],
      inFrame: ['tea', 'Margaret'],
    })
  })

  test('every tick is where it was', async () => {
    const expected = await engine.askPlain('order')
    expect(expected.length).toBeGreaterThan(70)
    expect(await engine.ask('order')).toEqual({ inTask: expected, beside: expected })
  })

  test('unhandled rejections are reported as without the runtime', async () => {
    const expected = await engine.askPlain('rejections')
    expect(expected.length).toBeGreaterThan(10)
    expect(await engine.ask('rejections')).toEqual(expected)
  })

  test('every property is as it was when it is uninstalled', async () => {
    const { during, after } = await engine.askPlain('properties')
    expect(during).toEqual(expect.arrayContaining(['Promise.prototype.constructor', 'Promise.prototype.then']))
    expect(after).toEqual([])
  })
}
