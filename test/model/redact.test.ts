import { ContextVar } from 'contextvars-devtools'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseBatch, parseRecording } from '../../panel/model/recording'
import { toRecording } from '../../panel/model/recording-text'
import { credentialVeil, defaultRedaction, redact } from '../../panel/model/redact'
import { Timeline } from '../../panel/model/timeline'
import type { Preview } from '../../runtime/protocol'
import { record } from '../../runtime/recorder'
import { randomFacts } from './random-facts'
import { type Story, story } from './story'

const page = { url: 'https://shop.example/?session=abc123&x=1', title: 'Mail of ada@example.com', exported: '2026' }
const recordingOf = (told: Story) => toRecording(told.timeline, page, '0.1.0')

describe('redaction', () => {
  test('of a refused token, also the words, which quote the default', () => {
    const made = new ContextVar('apiToken', { default: 'hunter2' })
    const recording = record({ budget: 1 })
    const token = made.set('x')
    made.reset(token)
    expect(() => made.reset(token)).toThrow(/hunter2/)
    const batch = parseBatch(recording.since(0))
    recording.stop()
    if (batch === null) throw new Error('The recorder answers')
    const timeline = new Timeline()
    timeline.append(batch.facts, batch.stacks)
    expect(JSON.stringify(toRecording(timeline, page, '0.1.0', { redaction: null }))).toContain('hunter2')
    expect(JSON.stringify(toRecording(timeline, page, '0.1.0'))).not.toContain('hunter2')
    const veil = credentialVeil()
    expect(JSON.stringify(batch.facts.map(veil))).not.toContain('hunter2')
  })

  test('is the default, and said', () => {
    const told = story('user is a variable\nbase sets user = "ada@example.com" as t')
    expect(recordingOf(told).options.redacted).toBe(true)
    const plain = toRecording(told.timeline, page, '0.1.0', { redaction: null })
    expect(plain.options.redacted).toBe(false)
    expect(plain.facts).toEqual(told.facts)
    expect(plain.page).toEqual(page)
  })

  test.each(['authToken', 'userPassword', 'CLIENT_SECRET', 'cookie', 'authorization', 'sessionId', 'api_key'])(
    'takes out every value of a variable called %s',
    (name) => {
      const told = story(`
        ${name} is a variable, default "hush"
        base sets ${name} = "hush" as t1
        base sets ${name} = {a: "hush"} as t2
        base resets ${name} by t2 to "hush"
        census of ${name}
        - base: ${name} = "hush" by t1
        base finds the default of ${name} changed to {a: "hush"}
      `)
      const text = JSON.stringify(recordingOf(told))
      expect(text).not.toContain('hush')
      expect(text.match(/\[redacted\]/g)?.length).toBeGreaterThanOrEqual(6)
      // What it is about stays readable.
      expect(text).toContain(name)
    },
  )

  test('leaves other values alone', () => {
    const told = story(
      'user is a variable, default "nobody"\nbase sets user = {id: 7, name: "Ada"} as t\nbase resets user by t to 3',
    )
    expect(recordingOf(told).facts).toEqual(told.facts)
  })

  test.each([
    ['"mail ada.l+x@mail.example.com now"', '"mail [e-mail] now"'],
    ['"eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl"', '"[token]"'],
    ['"Bearer abcdef0123456789"', '"[authorization]"'],
    ['User {id: 7, password: "hush", name: "Ada"}', 'User {id: 7, password: [redacted] …}'],
    ['Map(1) {"sessionToken" => "hush"}', 'Map(1) {"sessionToken" => [redacted] …}'],
    ['(2) [{id: 1}, {id: 7, password: "}"}]', '(2) [{id: 1}, {id: 7, password: [redacted] …}]'],
    ['{smile: ":-}", password: "hush"}', '{smile: ":-}", password: [redacted] …}'],
    [String.raw`"{\"password\":\"hush\"}"`, String.raw`"{\"password\":[redacted] …"`],
    ['"?session=abc"', '"?session=[redacted] …"'],
    ['{"access-token":"hush"}', '{"access-token":[redacted] …}'],
    ['"no secrets here"', '"no secrets here"'],
  ])('in a value, %s becomes %s', (value, shown) => {
    const told = story(`thing is a variable\nbase sets thing = ${value} as t`)
    const set = recordingOf(told).facts.find((fact) => fact.type === 'var-set')
    expect(set?.value.text).toBe(shown)
  })

  test('looks into the properties of a value', () => {
    const told = story('cart is a variable\nbase sets cart = {} as t')
    const set = told.facts.find((fact) => fact.type === 'var-set')
    const leaf = (text: string): Preview => ({ kind: 'string', text })
    if (set !== undefined) {
      set.value.entries = [
        ['password', leaf('"hush"')],
        [
          'owner',
          {
            kind: 'object',
            text: '{…}',
            entries: [
              ['mail', leaf('"ada@example.com"')],
              ['age', leaf('36')],
            ],
          },
        ],
      ]
    }
    expect(recordingOf(told).facts.find((fact) => fact.type === 'var-set')?.value.entries).toEqual([
      ['password', leaf('[redacted]')],
      [
        'owner',
        {
          kind: 'object',
          text: '{…}',
          entries: [
            ['mail', leaf('"[e-mail]"')],
            ['age', leaf('36')],
          ],
        },
      ],
    ])
  })

  test('covers addresses, titles, names and messages', () => {
    const told = story('base starts task Alice @ app.js:3\nbase loses an await: password=hush')
    told.stacks[1] = [{ name: 'f', url: 'https://shop.example/app.js?token=hush', line: 1, column: 1 }]
    const recording = recordingOf(told)
    expect(recording.page).toEqual({
      url: 'https://shop.example/?session=[redacted]',
      title: 'Mail of [e-mail]',
      exported: '2026',
    })
    expect(JSON.stringify(recording)).not.toContain('hush')
  })

  test('of any recording gives a recording, and does not touch the original', () => {
    fc.assert(
      fc.property(randomFacts, (facts) => {
        const timeline = new Timeline()
        timeline.append(facts, {})
        const plain = toRecording(timeline, page, '1', { redaction: null })
        const before = JSON.stringify(plain)
        const result = parseRecording(JSON.stringify(redact(plain, defaultRedaction)))
        expect(result.ok && result.ignored).toBe(0)
        expect(result.ok && result.recording.facts.map(({ seq, type }) => [seq, type])).toEqual(
          facts.map(({ seq, type }) => [seq, type]),
        )
        expect(JSON.stringify(plain)).toBe(before)
        expect(JSON.stringify(result)).not.toContain('ada@example.com')
      }),
    )
  })

  test('a fact with nothing to hide is the very same', () => {
    const told = story('user is a variable\nbase sets user = {a: "b"} as t\nbase sets user = "ada@example.com" as u')
    const plain = toRecording(told.timeline, page, '1', { redaction: null })
    const left = redact(plain).facts
    expect(left.filter((fact, index) => fact !== plain.facts[index])).toMatchObject([{ type: 'var-set', token: 2 }])
  })
})
