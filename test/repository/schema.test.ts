// The JSON Schema that is published is what recordings are, and what the panel reads: made of the protocol's types at each build.

import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseRecording } from '../../panel/model/recording'
import { toRecording } from '../../panel/model/recording-text'
import { Timeline } from '../../panel/model/timeline'
import { PACKED_FIELDS } from '../../runtime/protocol'
import { recordingSchema } from '../../scripts/recording-schema.mjs'
import { randomFacts } from '../model/random-facts'
import { story } from '../model/story'

interface Defined {
  properties: Record<string, { const?: unknown }>
  required: string[]
}

const schema = (await recordingSchema()) as unknown as { $defs: Record<string, Defined> }
const validate = new Ajv2020({ allErrors: true }).compile(schema)
const page = { url: 'https://shop.example/cart', title: 'Cart', exported: '2026-01-02T03:04:05.000Z' }

/** As a file has it. */
const written = (recording: object): Record<string, unknown> => JSON.parse(JSON.stringify(recording))

const mutes = [{ rule: 'forgotten-reset', line: 'app.ts:40', reason: 'set once' }]
const told = written(
  toRecording(story('user is a variable\nbase sets user = {"a": [1]} as t @ app.js:3').timeline, page, '0.1.0', {
    mutes,
  }),
)

test('what is exported is true to it', () => {
  expect(validate(told), JSON.stringify(validate.errors)).toBe(true)
  fc.assert(
    fc.property(randomFacts, (facts) => {
      const timeline = new Timeline()
      timeline.append(facts, {})
      const recording = written(toRecording(timeline, page, '0.1.0'))
      expect(validate(recording), JSON.stringify(validate.errors?.slice(0, 3))).toBe(true)
    }),
    { numRuns: 300 },
  )
})

test('it knows every kind of fact with every field', () => {
  const known = Object.values(schema.$defs)
    .filter(({ properties }) => properties?.seq !== undefined)
    .map(({ properties, required }) => {
      expect(required).toEqual(Object.keys(properties))
      return [properties.type?.const, Object.keys(properties).slice(3).sort()]
    })
  expect(Object.fromEntries(known)).toEqual(
    Object.fromEntries(PACKED_FIELDS.map(([type, fields]) => [type, [...fields].sort()])),
  )
})

test('what it refuses of a file, the panel refuses or leaves out', () => {
  for (const key of ['format', 'version', 'tool', 'page', 'options', 'facts', 'stacks']) {
    const { [key]: _, ...rest } = told
    expect(validate(rest), key).toBe(false)
    expect(parseRecording(JSON.stringify(rest)).ok, key).toBe(false)
  }
  const facts = told.facts as Record<string, unknown>[]
  for (const [index, fact] of facts.entries()) {
    for (const key of Object.keys(fact)) {
      const { [key]: _, ...rest } = fact
      const damaged = { ...told, facts: facts.with(index, rest) }
      expect(validate(damaged), `${fact.type} without ${key}`).toBe(false)
      expect(parseRecording(JSON.stringify(damaged)), `${fact.type} without ${key}`).toMatchObject({
        ok: true,
        ignored: 1,
      })
    }
  }
})
