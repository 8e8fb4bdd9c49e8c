// A person's own pattern: it finds what the engine finds, and takes no longer for any text than its length.

import { createContext, Script } from 'node:vm'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { boundedPattern } from '../../panel/model/bounded-pattern'

const character = fc.constantFrom('a', 'b', 'A', '.', '\\d', '[ab]', '[^a]', '\\w', '\\n', '\\u0061', '\\.', '{', '-')
const edge = fc.constantFrom('^', '$', '\\b', '\\B')
const times = fc.constantFrom('*', '+', '?', '{2}', '{1,}', '{0,2}', '*?', '+?', '??', '{1,3}?', '{0,3}', '{2,4}?')

const { pattern } = fc.letrec<{ pattern: string; piece: string; repeated: string }>((tie) => ({
  pattern: fc
    .array(fc.array(tie('repeated'), { maxLength: 4 }), { minLength: 1, maxLength: 3 })
    .map((rows) => rows.map((row) => row.join('')).join('|')),
  piece: fc.oneof(
    { depthSize: 'small' },
    character,
    tie('pattern').map((inside) => `(${inside})`),
    tie('pattern').map((inside) => `(?:${inside})`),
    tie('pattern').map((inside) => `(?<it>${inside})`),
  ),
  repeated: fc.oneof(
    edge,
    tie('piece'),
    fc.tuple(tie('piece'), times).map((both) => both.join('')),
  ),
}))

const text = fc
  .array(fc.constantFrom('a', 'b', 'A', 'B', '1', '-', '\n', ' ', '{', '😀'), { maxLength: 10 })
  .map((all) => all.join(''))

/** V8 finds edges within a pair of surrogates; the language does not. */
const isWhole = (said: string): boolean => !said.includes('😀')

const native = (source: string, flags: string): RegExp | null => {
  try {
    return new RegExp(source, flags)
  } catch {
    return null
  }
}

interface Answer {
  found: [number, string][]
  replaced: string
  is: boolean
}

/** What the engine finds; null where that takes too long for anybody, which is what bounded patterns are for. */
const engine = createContext({})
const question = new Script(`JSON.stringify({
  found: [...said.matchAll(new RegExp(source, flags + 'g'))].map(({ index, 0: found }) => [index, found]),
  replaced: said.replace(new RegExp(source, flags + 'g'), '#'),
  is: new RegExp(source, flags).test(said),
})`)

function byEngine(source: string, flags: string, said: string): Answer | null {
  Object.assign(engine, { source, flags, said })
  try {
    return JSON.parse(question.runInContext(engine, { timeout: 500 }))
  } catch (error) {
    if ((error as { code?: string }).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') return null
    throw error
  }
}

describe('a bounded pattern', () => {
  test.each([
    ['finds what the engine finds, and replaces it alike', (source: string) => source],
    // Nobody's text has a z: what is found is the same, and in more ways than are left to the engine.
    ['whatever is repeated, where all ways are followed', (source: string) => `(?:${source})(?:z+)*`],
  ])('%s', (_, shaped) => {
    let [compared, refused, endless] = [0, 0, 0]
    fc.assert(
      fc.property(pattern, text, fc.constantFrom('', 'i', 'm', 's', 'u', 'imu'), (drawn, said, flags) => {
        const source = shaped(drawn)
        const theirs = native(source, `${flags}g`)
        if (theirs === null || (flags.includes('u') && !isWhole(said))) return
        const ours = boundedPattern(source, `${flags}g`)
        // Written out, it is too large.
        if (ours === null) {
          refused++
          return
        }
        const answer = byEngine(source, flags, said)
        if (answer === null) {
          endless++
          return
        }
        compared++
        expect([...said.matchAll(ours)].map(({ index, 0: found }) => [index, found])).toEqual(answer.found)
        expect(said.replace(ours, '#')).toBe(answer.replaced)
        expect(boundedPattern(source, flags)?.test(said)).toBe(answer.is)
      }),
      { numRuns: 3_000 },
    )
    expect(compared).toBeGreaterThan(1_000)
    expect(refused).toBeLessThan(100)
    expect(endless).toBeLessThan(10)
  })

  test.each(['(?:a??){0,2}', '(a?b??){2,4}?', '(?:|a){3}', '(?:(?:a??){0,2}?b?){1,3}', '(?:\\b|a){0,3}', '(?:a*?)?'])(
    'what may be empty is repeated as the engine does it: %s',
    (source) => {
      for (const said of ['', 'a', 'aab', 'bbaaab', 'ab ab']) {
        const all = (pattern: RegExp | null) => [...said.matchAll(pattern ?? /never/g)].map(({ 0: found }) => found)
        expect(all(boundedPattern(`(?:${source})(?:z+)*`, 'g'))).toEqual(all(new RegExp(source, 'g')))
      }
    },
  )

  test('says whether there is something, whatever is repeated', () => {
    fc.assert(
      fc.property(pattern, text, (source, said) => {
        const theirs = native(source, '')
        const ours = theirs && boundedPattern(source, '')
        const answer = ours && byEngine(source, '', said)
        if (answer) expect(ours.test(said)).toBe(answer.is)
      }),
      { numRuns: 3_000 },
    )
  })

  test('takes time by the length of a text', () => {
    const took = (length: number): number => {
      const begin = performance.now()
      for (const source of ['(a+)+$', '(a|aa)+$', '(?:.*a){12}$', '(\\w+\\s?)*!'])
        expect(boundedPattern(source, '')?.test(`${'a'.repeat(length)}\u2028`)).toBe(false)
      return performance.now() - begin
    }
    took(1_000)
    // The engine would take longer than the universe is old.
    expect(took(10_000)).toBeLessThan(5_000)
  })

  test.each(['(?=a)', '(?!a)', '(?<=a)b', '(?<!a)b', '(a)\\1', '(?<n>a)\\k<n>', '(a{500}){500}|b*', 'v'])(
    'there is none of %s',
    (source) => expect(boundedPattern(source, source === 'v' ? 'v' : '')).toBeNull(),
  )
})
