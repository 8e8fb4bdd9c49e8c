// What a recording may say when it leaves the desk: values of variables with telling names, and telling patterns in any text, are
// taken out. It errs on the side of taking too much: what is gone from a bug report can be asked for, what is out cannot be taken back.

import type { CensusEntry, Fact, Preview, Recording, StackTable, VariableId } from '../../runtime/protocol'

export interface Redaction {
  /** Names of variables and keys whose values are taken out. */
  names: RegExp
  /** Taken out wherever they stand in a text. Each has the `g` flag. */
  patterns: readonly { pattern: RegExp; shown: string }[]
}

export const defaultRedaction: Redaction = {
  names: /token|passw(?:or)?d|passphrase|secret|cookie|authorization|session|api[-_]?key|credential/i,
  patterns: [
    // A JSON Web Token: three base64url parts, of which the first begins with `{"`.
    { pattern: /\beyJ[\w-]{5,}\.[\w-]+\.[\w-]*/g, shown: '[token]' },
    { pattern: /\b(?:Bearer|Basic)\s+[\w.~+/=-]{8,}/gi, shown: '[authorization]' },
    { pattern: /[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+/g, shown: '[e-mail]' },
  ],
}

const REDACTED = '[redacted]'

export function redact(recording: Recording, rules: Redaction = defaultRedaction): Recording {
  const secret = new Set<VariableId>()
  const scrub = scrubber(rules)
  const facts = recording.facts.map((fact) => redactFact(fact, rules, scrub, secret))
  const { url, title, exported } = recording.page
  return {
    ...recording,
    page: { url: scrub(url), title: scrub(title), exported },
    options: { ...recording.options, redacted: true },
    facts,
    stacks: redactStacks(recording.stacks, scrub),
  }
}

type Scrub = (text: string) => string

/**
 * Replaces the patterns, and cuts a text where a telling name is given a value (`{id: 7, password: "…`): nobody can say where in a
 * one-line picture that value ends.
 */
function scrubber({ names, patterns }: Redaction): Scrub {
  const pair = new RegExp(`([\\w$-]*(?:${names.source})[\\w$-]*["'\\]]*\\s*(?::|=>|=)\\s*)[\\s\\S]+$`, names.flags)
  return (text) => {
    const cut = text.replace(pair, `$1${REDACTED}`)
    return patterns.reduce((left, { pattern, shown }) => left.replace(pattern, shown), cut)
  }
}

/** `secret` collects the variables with telling names: a fact that names one comes before those that give it values. */
function redactFact(fact: Fact, rules: Redaction, scrub: Scrub, secret: Set<VariableId>): Fact {
  const value = (variable: VariableId, preview: Preview): Preview =>
    secret.has(variable) ? hidden(preview) : redactPreview(preview, rules, scrub)
  const valueOrNull = (variable: VariableId, preview: Preview | null) => preview && value(variable, preview)
  switch (fact.type) {
    case 'var-created':
      if (rules.names.test(fact.name)) secret.add(fact.variable)
      return { ...fact, default: valueOrNull(fact.variable, fact.default) }
    case 'var-set':
      return { ...fact, value: value(fact.variable, fact.value) }
    case 'var-reset':
      return { ...fact, value: valueOrNull(fact.variable, fact.value) }
    case 'context-created':
      return fact.name === null ? fact : { ...fact, name: scrub(fact.name) }
    case 'task-created':
      return { ...fact, name: scrub(fact.name) }
    case 'token-error':
      return { ...fact, message: scrub(fact.message) }
    case 'await-untracked':
      return { ...fact, cause: scrub(fact.cause) }
    case 'census': {
      for (const { variable, name } of fact.variables) if (rules.names.test(name)) secret.add(variable)
      const entry = (held: CensusEntry) => ({ ...held, value: value(held.variable, held.value) })
      return {
        ...fact,
        variables: fact.variables.map((one) => ({ ...one, default: valueOrNull(one.variable, one.default) })),
        contexts: fact.contexts.map((one) => ({
          ...one,
          name: one.name && scrub(one.name),
          entries: one.entries.map(entry),
        })),
      }
    }
    default:
      return fact
  }
}

/** Its kind may stay: that a session is `undefined` is often the whole bug. */
function hidden(preview: Preview): Preview {
  const { kind, text } = preview
  return { kind, text: kind === 'undefined' || kind === 'null' ? text : REDACTED }
}

function redactPreview(preview: Preview, rules: Redaction, scrub: Scrub): Preview {
  const text = scrub(preview.text)
  if (preview.entries === undefined) return { ...preview, text }
  const entries = preview.entries.map(([key, value]): [string, Preview] => [
    scrub(key),
    rules.names.test(key) ? hidden(value) : redactPreview(value, rules, scrub),
  ])
  return { ...preview, text, entries }
}

/** A script's address may carry a session, too. */
function redactStacks(stacks: StackTable, scrub: Scrub): StackTable {
  const redacted: StackTable = {}
  const urls = new Map<string, string>()
  for (const [id, frames] of Object.entries(stacks)) {
    redacted[Number(id)] = frames.map((frame) => {
      const url = urls.get(frame.url) ?? scrub(frame.url)
      urls.set(frame.url, url)
      return url === frame.url ? frame : { ...frame, url }
    })
  }
  return redacted
}
