// What a recording may say when it leaves the desk: values of variables with telling names, and telling patterns in any text, are
// taken out. It errs on the side of taking too much: what is gone from a bug report can be asked for, what is out cannot be taken back.

import type { Fact, Frame, Mute, Preview, Recording, VariableId } from '../../runtime/protocol'
import { withFlags } from './bounded-pattern'

export interface Redaction {
  /** Names of variables and keys whose values are taken out. */
  names: RegExp
  /** Taken out wherever they stand in a text. */
  patterns: readonly { pattern: RegExp; shown: string }[]
}

/** What opens a door. */
const credentials: Redaction = {
  names: /token|passw(?:or)?d|passphrase|secret|cookie|authorization|session|api[-_]?key|credential/i,
  patterns: [
    // A JSON Web Token: three base64url parts, of which the first begins with `{"`. Bounded, since each place is tried.
    { pattern: /\beyJ[\w-]{5,1000}\.[\w-]+\.[\w-]*/g, shown: '[token]' },
    { pattern: /\b(?:Bearer|Basic)\s+[\w.~+/=-]{8,}/gi, shown: '[authorization]' },
  ],
}

/** That, and who somebody is. */
export const defaultRedaction: Redaction = {
  names: credentials.names,
  patterns: [...credentials.patterns, { pattern: /[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+/g, shown: '[e-mail]' }],
}

const REDACTED = '[redacted]'

export function redact(recording: Recording, asked: Redaction = defaultRedaction): Recording {
  const rules = stateless(asked)
  const secret = secretVariables(recording.facts, rules)
  const scrub = scrubber(rules)
  const tells = teller(rules)
  const { exported } = recording.page
  return {
    ...recording,
    page: { ...scrubAll(recording.page, rules, scrub), exported },
    options: { ...scrubAll(recording.options, rules, scrub), redacted: true },
    ...(recording.mutes === undefined ? {} : { mutes: recording.mutes.map((mute) => scrubMute(mute, rules, scrub)) }),
    // Most facts have nothing to hide, and are what they were.
    facts: recording.facts.map((fact) => {
      const left = hideSecrets(fact, secret)
      return tells(left) ? scrubAll(left, rules, scrub) : left
    }),
    stacks: scrubAll(recording.stacks, rules, scrub),
  }
}

/**
 * Takes credentials out of the values of one document's facts, as they come in their order. Most values have none, and cost a glance: a
 * million facts a second or two.
 */
export function credentialVeil(): (fact: Fact) => Fact {
  const rules = stateless(credentials)
  const scrub = scrubber(rules)
  const tells = new RegExp(
    [rules.names, ...rules.patterns.map(({ pattern }) => pattern)].map(({ source }) => source).join('|'),
    'i',
  )
  const mayTell = ({ text, entries = [] }: Preview): boolean =>
    tells.test(text) || entries.some(([key, value]) => tells.test(key) || mayTell(value))
  const clean = <Value extends Preview | null>(value: Value): Value =>
    value !== null && mayTell(value) ? scrubAll(value, rules, scrub) : value
  const secret = new Set<VariableId>()
  return (fact) => {
    noteSecrets(fact, rules, secret)
    return withValues(withoutWords(fact, secret), (variable, value) =>
      value !== null && secret.has(variable) ? hidden(value) : clean(value),
    )
  }
}

/** The same for what is shown of a world, which costs what it shows. */
export interface Veil {
  /** Of a variable of that name. */
  value(name: string, value: Preview): Preview
  text(text: string): string
  frames(frames: readonly Frame[]): readonly Frame[]
}

export function veilOf(asked: Redaction): Veil {
  const rules = stateless(asked)
  const scrub = scrubber(rules)
  return {
    value: (name, value) => (rules.names.test(name) ? hidden(value) : scrubAll(value, rules, scrub)),
    text: scrub,
    frames: (frames) => scrubAll(frames, rules, scrub),
  }
}

function secretVariables(facts: readonly Fact[], rules: Redaction): Set<VariableId> {
  const secret = new Set<VariableId>()
  for (const fact of facts) noteSecrets(fact, rules, secret)
  return secret
}

function noteSecrets(fact: Fact, { names }: Redaction, secret: Set<VariableId>): void {
  if (fact.type === 'var-created' && names.test(fact.name)) secret.add(fact.variable)
  if (fact.type !== 'census') return
  for (const { variable, name } of fact.variables) if (names.test(name)) secret.add(variable)
}

/** Whatever flags somebody wrote: a name is looked for from its start every time, a pattern everywhere. */
function stateless({ names, patterns }: Redaction): Redaction {
  return {
    names: new RegExp(names, names.flags.replace(/[gy]/g, '')),
    patterns: patterns.map(({ pattern, shown }) => ({
      pattern: withFlags(pattern, `${pattern.flags.replace(/[gy]/g, '')}g`),
      shown,
    })),
  }
}

type Scrub = (text: string) => string

/**
 * Replaces the patterns, and cuts a text where a telling name is given a value (`{id: 7, password: "…`): nobody can say where in a
 * one-line picture that value ends.
 */
function scrubber({ names, patterns }: Redaction): Scrub {
  const everyName = new RegExp(names, `${names.flags}g`)
  return (text) => {
    const at = startOfSecret(text, everyName)
    const cut = at === null ? text : closed(text.slice(0, at))
    return patterns.reduce((left, { pattern, shown }) => left.replace(pattern, shown), cut)
  }
}

/** The rest of a name, what ends it, and what gives it a value. */
const REST_OF_NAME = /[\w$-]*/y
const GIVEN = /(["'\]\\]*\s*(?::|=>|=)\s*)[\s\S]/y

/** Where the value of the first telling name begins that is given one. Each name is looked at once, however often it tells. */
function startOfSecret(text: string, everyName: RegExp): number | null {
  let end = -1
  for (const { index, 0: name } of text.matchAll(everyName)) {
    if (index + name.length <= end) continue
    REST_OF_NAME.lastIndex = index + name.length
    end = REST_OF_NAME.lastIndex + (REST_OF_NAME.exec(text)?.[0].length ?? 0)
    GIVEN.lastIndex = end
    const given = GIVEN.exec(text)?.[1]
    if (given !== undefined) return end + given.length
  }
  return null
}

/** What was opened before the cut is closed after it, so that the picture does not look broken: `{id: 7, password: [redacted] …}`. */
function closed(kept: string): string {
  const open: string[] = []
  for (const [mark] of kept.matchAll(/\\.|["{}()[\]]/gs)) {
    const inText = open.at(-1) === '"'
    if (mark === open.at(-1)) open.pop()
    else if (!inText && CLOSING[mark] !== undefined) open.push(CLOSING[mark])
  }
  return `${kept}${REDACTED}${open.length > 0 ? ' …' : ''}${open.reverse().join('')}`
}

const CLOSING: Readonly<Record<string, string>> = { '"': '"', '{': '}', '(': ')', '[': ']' }

/** Whatever these hold is hidden, whether it looks like a secret or not. */
const hideSecrets = (fact: Fact, secret: ReadonlySet<VariableId>): Fact =>
  withValues(withoutWords(fact, secret), (variable, value) =>
    value !== null && secret.has(variable) ? hidden(value) : value,
  )

/** The words of a refused token quote the default of its variable, or what was given in the place of a token. */
function withoutWords(fact: Fact, secret: ReadonlySet<VariableId>): Fact {
  if (fact.type !== 'token-error') return fact
  const { variable, tokenVariable } = fact
  const isSecret = secret.has(variable) || (tokenVariable !== null && secret.has(tokenVariable))
  return isSecret ? { ...fact, message: REDACTED } : fact
}

/** A value, or what is shown for it. */
type Show = <Value extends Preview | null>(variable: VariableId, value: Value) => Value | Preview

function withValues(fact: Fact, show: Show): Fact {
  switch (fact.type) {
    case 'var-created': {
      const shown = show(fact.variable, fact.default)
      return shown === fact.default ? fact : { ...fact, default: shown }
    }
    case 'default-changed':
    case 'var-set': {
      const shown = show(fact.variable, fact.value)
      return shown === fact.value ? fact : { ...fact, value: shown }
    }
    case 'var-reset': {
      const shown = show(fact.variable, fact.value)
      return shown === fact.value ? fact : { ...fact, value: shown }
    }
    case 'census':
      return {
        ...fact,
        variables: fact.variables.map((one) => ({ ...one, default: show(one.variable, one.default) })),
        contexts: fact.contexts.map((one) => ({
          ...one,
          entries: one.entries.map((held) => ({ ...held, value: show(held.variable, held.value) })),
        })),
      }
    default:
      return fact
  }
}

/** Its kind may stay: that a session is `undefined` is often the whole bug. */
function hidden({ kind }: Preview): Preview {
  return { kind, text: kind === 'undefined' || kind === 'null' ? kind : REDACTED }
}

/** Words of the format, which are no texts. */
const WORDS = new Set(['type', 'kind', 'from', 'code', 'outcome', 'origin', 'reason', 'events', 'stacks', 'why'])

/** Answers whether there may be anything to scrub in a piece of JSON: what it says no to, `scrubAll` would not change. */
function teller({ names, patterns }: Redaction): (json: object) => boolean {
  const tests = [names, ...patterns.map(({ pattern }) => withFlags(pattern, pattern.flags.replace('g', '')))]
  return tells

  function tells(json: object): boolean {
    for (const key in json) {
      const value: unknown = json[key as keyof typeof json]
      if (typeof value === 'string') {
        if (!WORDS.has(key) && tests.some((test) => test.test(value))) return true
      } else if (typeof value === 'object' && value !== null && tells(value)) return true
    }
    return false
  }
}

/** Scrubs every text in a piece of JSON, so that a field of tomorrow is not forgotten. */
function scrubAll<Json>(json: Json, rules: Redaction, scrub: Scrub): Json {
  return scrubbed(json) as Json

  function scrubbed(value: unknown): unknown {
    if (typeof value === 'string') return scrub(value)
    if (typeof value !== 'object' || value === null) return value
    if (isProperty(value)) return [scrub(value[0]), rules.names.test(value[0]) ? hidden(value[1]) : scrubbed(value[1])]
    if (Array.isArray(value)) return value.map(scrubbed)
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, WORDS.has(key) ? part : scrubbed(part)]))
  }
}

/** Its reason is what somebody wrote, and no word of ours; its line has to be that of a stack still, where the address stands alone. */
const scrubMute = (mute: Mute, rules: Redaction, scrub: Scrub): Mute => ({
  ...scrubAll(mute, rules, scrub),
  ...(mute.line === undefined ? {} : { line: scrubPlace(mute.line, scrub) }),
  reason: scrub(mute.reason),
})

function scrubPlace(line: string, scrub: Scrub): string {
  const number = /:\d+$/.exec(line)?.[0] ?? ''
  return `${scrub(line.slice(0, line.length - number.length))}${number}`
}

/** A property or element in a preview. */
function isProperty(value: object): value is [key: string, value: Preview] {
  return (
    Array.isArray(value) &&
    value.length === 2 &&
    typeof value[0] === 'string' &&
    typeof value[1] === 'object' &&
    value[1] !== null
  )
}
