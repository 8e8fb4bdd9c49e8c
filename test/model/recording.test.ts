import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseBatch, parseRecording, parseWhere } from '../../panel/model/recording'
import { recordingText, toRecording } from '../../panel/model/recording-text'
import { reportText } from '../../panel/model/report/text'
import { judge } from '../../panel/model/rules'
import { Timeline } from '../../panel/model/timeline'
import type { Recording } from '../../runtime/protocol'
import { drawWorld } from './drawing'
import { randomFacts } from './random-facts'
import { story } from './story'

const page = { url: 'https://shop.example/cart', title: 'Cart', exported: '2026-01-02T03:04:05.000Z' }

const told = story(`
  user is a variable @ app.js:1
  base sets user = "ada" as t1 @ *rows app.js:2
  base starts task Alice @ app.js:3
  Alice reads user, inherited
  base resets user by t1 @ app.js:4
  base is refused user by t1: used @ app.js:5
  Alice settles
`)
const valid = toRecording(told.timeline, page, '0.1.0')

function parsed(value: unknown): { recording: Recording; ignored: number } {
  const result = parseRecording(JSON.stringify(value))
  if (!result.ok) throw new Error(result.error)
  return result
}

function refusal(text: string): string {
  const result = parseRecording(text)
  if (result.ok) throw new Error('it was accepted')
  return result.error
}

function play({ facts, stacks }: Recording): Timeline {
  const timeline = new Timeline()
  timeline.append(facts, stacks)
  return timeline
}

describe('a recording', () => {
  test('opens as the world that was exported, stacks and all', () => {
    const { recording, ignored } = parsed(valid)
    expect(ignored).toBe(0)
    expect(recording).toEqual(valid)
    expect(JSON.parse(drawWorld(play(recording).head))).toEqual(JSON.parse(drawWorld(told.timeline.head)))
  })

  test('has each fact on a line of its own, whatever stands in its texts', () => {
    const text = '},{"seq":1,"at":2,{"seq":'
    const value = { kind: 'string', text, entries: [[text, { kind: 'string', text }]] } as const
    // As recorders write them: the number first.
    const facts = valid.facts.map(({ seq, ...rest }) => ({ seq, ...rest, ...('value' in rest ? { value } : {}) }))
    const hostile = { ...valid, facts }
    const written = recordingText(hostile as Recording)
    expect(JSON.parse(written)).toEqual(hostile)
    const lines = written.split('\n').slice(1)
    expect(lines).toHaveLength(hostile.facts.length)
    for (const line of lines) expect(line).toMatch(/^{"seq":\d+,/)
  })

  test('of anything at all opens as that', () => {
    fc.assert(
      fc.property(randomFacts, (facts) => {
        const timeline = new Timeline()
        timeline.append(facts, { 3: [{ name: 'f', url: 'a.js', line: 1, column: 2 }] })
        const { recording, ignored } = parsed(toRecording(timeline, page, '0.1.0', { redaction: null }))
        expect(ignored).toBe(0)
        expect(recording.facts).toEqual(facts)
        expect(JSON.parse(drawWorld(play(recording).head))).toEqual(JSON.parse(drawWorld(timeline.head)))
      }),
      { numRuns: 200 },
    )
  })

  test('keeps what it understands and counts what it does not', () => {
    const facts = [
      ...valid.facts,
      { seq: 90, at: 1, type: 'from-tomorrow', context: 1 },
      { seq: 91, at: 1, type: 'var-read', context: 'one', variable: 1, from: 'own' },
      { seq: 92, at: 1, type: 'constructor' },
      { type: 'gap' },
      null,
      17,
      [],
    ]
    const { recording, ignored } = parsed({ ...valid, facts })
    expect(ignored).toBe(7)
    expect(recording.facts).toEqual(valid.facts)
  })

  test('keeps stacks that are stacks', () => {
    const good = [{ name: '', url: 'a.js', line: 1, column: 1 }]
    const stacks = `{"1": ${JSON.stringify(good)}, "__proto__": ${JSON.stringify(good)}, "01": [], "-1": [], "2": [{"url": 3}], "x": []}`
    const text = JSON.stringify(valid).replace(/"stacks":.*$/, `"stacks":${stacks}}`)
    const result = parseRecording(text)
    expect(result.ok && result.recording.stacks).toEqual({ 1: good })
    expect(Object.getPrototypeOf(result.ok && result.recording.stacks)).toBe(Object.prototype)
  })
})

describe('what is no recording is refused in one sentence', () => {
  test.each([
    ['', 'This is no recording: it is empty.'],
    [' \n', 'This is no recording: it is empty.'],
    ['{"format":', /^This is no recording: not JSON \(.+\)\.$/],
    ['<!doctype html>', /^This is no recording: not JSON \(.+\)\.$/],
    ['{"format":"contextvars-recording",}', /^This recording is damaged: not JSON \(.+\)\.$/],
    ['[]', 'This is no recording: a list where an object was expected.'],
    ['null', 'This is no recording: null where an object was expected.'],
    ['{}', 'This is no recording: `format` is missing, not "contextvars-recording".'],
    ['{"format": "har"}', 'This is no recording: `format` is "har", not "contextvars-recording".'],
  ])('%s', (text, sentence) => {
    if (typeof sentence === 'string') expect(refusal(text)).toBe(sentence)
    else expect(refusal(text)).toMatch(sentence)
  })

  test.each([
    [{ version: undefined }, 'This recording is damaged: `version` is missing, not a positive whole number.'],
    [{ version: 0 }, 'This recording is damaged: `version` is 0, not a positive whole number.'],
    [{ version: '1' }, 'This recording is damaged: `version` is "1", not a positive whole number.'],
    [
      { version: 2 },
      'This recording was written by a newer version of Contextvars DevTools (format 2; this one reads up to 1): update it to open the file.',
    ],
    [{ page: { ...page, url: 7 } }, 'This recording is damaged: `page.url` is 7, not text.'],
    [{ page: null }, 'This recording is damaged: `page` is null, not an object.'],
    [{ tool: { name: 'x' } }, 'This recording is damaged: `tool.version` is missing.'],
    [{ options: { redacted: 'no' } }, 'This recording is damaged: `options.redacted` is "no", not true or false.'],
    [{ facts: {} }, 'This recording is damaged: `facts` is an object, not a list.'],
    [{ stacks: [] }, 'This recording is damaged: `stacks` is a list, not an object.'],
  ])('%j', (change, sentence) => {
    expect(refusal(JSON.stringify({ ...valid, ...change }))).toBe(sentence)
  })

  test('wherever it breaks off', () => {
    const text = recordingText(valid)
    for (let end = text.indexOf(',', 30); end < text.length; end += 7) {
      expect(refusal(text.slice(0, end))).toMatch(
        text[end - 1] === '}'
          ? /^This recording is damaged: /
          : 'This recording is damaged: it breaks off, and its end is missing.',
      )
    }
  })

  test('however long what it says is', () => {
    expect(refusal(JSON.stringify({ format: 'x'.repeat(1_000_000) })).length).toBeLessThan(200)
  })
})

describe('hostile input', () => {
  test('nested deeper than any stack is read as far as it is believed', () => {
    const depth = 200_000
    const nested = `${'{"kind":"object","text":"o","entries":[["k",'.repeat(depth)}{"kind":"null","text":"null"}${']]}'.repeat(depth)}`
    const set = `{"seq":90,"at":1,"type":"var-set","context":1,"variable":1,"token":1,"stack":null,"value":${nested}}`
    const text = JSON.stringify(valid).replace('"facts":[', `"facts":[${set},`)
    const result = parseRecording(text)
    expect(result.ok).toBe(true)
    if (result.ok) expect(JSON.stringify(result.recording.facts[0]).length).toBeLessThan(1_000)
    expect(parseRecording('['.repeat(depth)).ok).toBe(false)
    expect(parseRecording('['.repeat(depth) + ']'.repeat(depth)).ok).toBe(false)
  })

  test('pollutes nothing', () => {
    const text = JSON.stringify(valid).replace(/"at":/g, '"__proto__":{"polluted":true},"at":')
    const result = parseRecording(text)
    expect(result.ok && result.ignored).toBe(0)
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
    for (const fact of result.ok ? result.recording.facts : []) expect(fact).not.toHaveProperty('polluted')
  })

  test('keeps nothing that it does not know, nor in the place of what a recorder of before did not tell', () => {
    const fact = { seq: 1, at: 0, type: 'await-untracked', context: 1, cause: 'then', copied: true, stack: null }
    const kept = { ...fact, resumed: null }
    for (const other of ['{"__proto__":{"polluted":true},', '{"resumd":7,', '{"resumed":null,"x":7,'])
      expect(
        parsed({ ...valid, facts: [JSON.parse(JSON.stringify(fact).replace('{', other))] }).recording.facts,
      ).toEqual([kept])
    const value = { kind: 'string', text: '"ada"', toString: 1 }
    const set = { seq: 1, at: 0, type: 'var-set', context: 1, variable: 1, token: 1, stack: null, value }
    const [known] = parsed({ ...valid, facts: [set] }).recording.facts
    expect(known?.type === 'var-set' && Object.keys(known.value)).toEqual(['kind', 'text'])
  })

  test('long text keeps its head', () => {
    const set = { seq: 1, at: 0, type: 'var-set', context: 1, variable: 1, token: 1, stack: null }
    const { recording } = parsed({
      ...valid,
      facts: [{ ...set, value: { kind: 'string', text: `"${'x'.repeat(10_000_000)}"` } }],
    })
    const [fact] = recording.facts
    expect(fact?.type === 'var-set' && fact.value.text).toMatch(/^"x{9999}…$/)
  })

  test.each(['-1', '0', '1.5', '9007199254740992', '1e400', '"1"', 'null', '{}'])('an id is no %s', (seq) => {
    const text = JSON.stringify(valid).replace('"seq":1,', `"seq":${seq},`)
    const result = parseRecording(text)
    expect(result.ok && result.ignored).toBe(1)
  })

  const json = fc.jsonValue({ maxDepth: 3 })
  /** Where in a JSON text something else is put. */
  const mutation = fc.record({
    at: fc.nat(),
    take: fc.nat(40),
    put: fc.oneof(
      json.map((value) => JSON.stringify(value)),
      fc.string(),
    ),
  })

  test('mutations of a valid recording: accepted or refused, and whatever is accepted can be judged and shown', () => {
    const original = JSON.stringify(valid)
    fc.assert(
      fc.property(fc.array(mutation, { minLength: 1, maxLength: 4 }), (mutations) => {
        let text = original
        for (const { at, take, put } of mutations) {
          const start = at % text.length
          text = text.slice(0, start) + put + text.slice(start + take)
        }
        const result = parseRecording(text)
        if (!result.ok) {
          expect(result.error).toMatch(/^This .+[.]$/s)
          return
        }
        const { head } = play(result.recording)
        judge(head)
        reportText(head)
      }),
      { numRuns: 2_000 },
    )
  })

  test('values in place of others, which stays JSON', () => {
    const paths: (string | number)[][] = []
    const walk = (value: unknown, path: (string | number)[]): void => {
      paths.push(path)
      if (Array.isArray(value)) for (const [index, item] of value.entries()) walk(item, [...path, index])
      else if (typeof value === 'object' && value !== null)
        for (const [key, item] of Object.entries(value)) walk(item, [...path, key])
    }
    walk(valid, [])
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(...paths), json), { minLength: 1, maxLength: 5 }), (changes) => {
        const result = parseRecording(
          JSON.stringify(changes.reduce<unknown>((value, [path, put]) => replaced(value, path, put), valid)),
        )
        if (result.ok) judge(play(result.recording).head)
        else expect(result.error).toMatch(/^This .+[.]$/s)
      }),
      { numRuns: 2_000 },
    )
  })
})

function replaced(value: unknown, [key, ...rest]: readonly (string | number)[], put: unknown): unknown {
  if (key === undefined) return put
  if (Array.isArray(value)) return value.map((item, index) => (index === key ? replaced(item, rest, put) : item))
  if (typeof value !== 'object' || value === null) return value
  return { ...value, [key]: replaced((value as Record<string, unknown>)[key], rest, put) }
}

describe('what a page answers', () => {
  const batch = {
    protocol: 1,
    epoch: 'e1',
    facts: valid.facts,
    stacks: valid.stacks,
    last: 12,
    bytes: 100,
    capacity: 1000,
    silent: 0,
  }

  test('a batch', () => {
    expect(parseBatch(JSON.stringify(batch))).toEqual(batch)
    expect(parseBatch(JSON.stringify({ ...batch, facts: [...valid.facts, { seq: 'x' }] }))).toEqual(batch)
  })

  test('a batch of a recorder that counted no callbacks yet', () => {
    const { silent: _, ...older } = batch
    expect(parseBatch(JSON.stringify(older))).toEqual(batch)
  })

  test.each([
    'undefined',
    '',
    'null',
    '[]',
    '{}',
    JSON.stringify({ ...batch, last: -1 }),
    JSON.stringify({ ...batch, epoch: 5 }),
    JSON.stringify({ ...batch, facts: null }),
  ])('no batch: %s', (text) => {
    expect(parseBatch(text)).toBeNull()
  })

  test('where it is', () => {
    const where = { epoch: 'e1', last: 12, current: 3, task: null }
    expect(parseWhere(JSON.stringify(where))).toEqual(where)
    expect(parseWhere(JSON.stringify({ ...where, current: 0 }))).toBeNull()
    expect(parseWhere('"3"')).toBeNull()
  })

  test('anything else', () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string()), (text) => {
        expect(parseBatch(text)).toBeNull()
        expect(parseWhere(text)).toBeNull()
        expect(parseRecording(text).ok).toBe(false)
      }),
    )
  })
})
