// OpenTelemetry's own cases for context managers, in Node: recorded and not, and where the application has installed before.

import { EventEmitter } from 'node:events'
import { install } from 'contextvars-devtools/async'
import { afterEach, beforeEach, describe, test } from 'vitest'
import { record } from '../../runtime/recorder'
import { casesOf, emitterCases, runCase } from './otel-cases'

const suites = {
  ...casesOf(() => new EventTarget()),
  '.bind(event-emitter)': emitterCases(() => new EventEmitter()),
}

const states: Record<string, () => () => void> = {
  'not recorded': () => () => {},
  recorded() {
    const recording = record({ budget: 1 })
    return () => recording.stop()
  },
  'where the application has installed': () => install(),
}

describe.each(Object.entries(states))('%s', (_, begin) => {
  let end = () => {}
  beforeEach(() => {
    end = begin()
  })
  afterEach(() => end())

  describe.each(Object.entries(suites))('%s', (_, cases) => {
    test.each(Object.entries(cases))('%s', (_, run) => runCase(run))
  })
})
