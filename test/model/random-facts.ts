// Facts that nobody would state: of every kind, about anything, in any order. What holds for these holds for a page that lies.

import fc from 'fast-check'
import type { Fact, FactType, Preview } from '../../runtime/protocol'

const id = fc.oneof(
  { weight: 20, arbitrary: fc.integer({ min: 1, max: 12 }) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }) },
)
const idOrNull = fc.option(id)
const stack = fc.option(fc.oneof(id, fc.constant(0)))
const text = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc.constantFrom('user', 'password', '__proto__', 'constructor', 'toString', '```', 'ada@example.com', '\n# x', '<b>'),
)

const { preview } = fc.letrec<{ preview: Preview }>((tie) => ({
  preview: fc.record(
    {
      kind: fc.constantFrom('string', 'object', 'undefined', 'null', 'array', 'unreadable'),
      text,
      entries: fc.oneof(
        { depthSize: 'small' },
        fc.constant([]),
        fc.array(fc.tuple(text, tie('preview')), { maxLength: 2 }),
      ),
      more: fc.nat(5),
    },
    { requiredKeys: ['kind', 'text'] },
  ) as fc.Arbitrary<Preview>,
}))
const previewOrNull = fc.option(preview)
const kind = fc.constantFrom('base', 'copy', 'new', 'task', 'callback', 'restored', 'unknown')
const propagation = fc.option(
  fc.record({
    nativeAwait: fc.boolean(),
    events: fc.constantFrom('cause', 'dispatch'),
    limits: fc.array(text, { maxLength: 2 }),
  }),
)

const bodies: Record<FactType, Record<string, fc.Arbitrary<unknown>>> = {
  'runtime-attached': {
    version: text,
    origin: fc.constantFrom('application', 'injected'),
    base: id,
    late: fc.boolean(),
    propagation,
  },
  'runtime-refused': { version: text, reason: fc.constantFrom('tap-version', 'second-copy'), advice: text },
  'propagation-changed': { propagation },
  'var-created': { variable: id, name: text, default: previewOrNull, stack },
  'context-created': {
    context: id,
    parent: idOrNull,
    asOf: fc.nat(60),
    kind,
    name: fc.option(text),
    api: fc.option(text),
    stack,
  },
  'var-set': { context: id, variable: id, token: id, value: preview, stack },
  'var-reset': { context: id, variable: id, token: id, value: previewOrNull, stack },
  'token-error': {
    code: fc.constantFrom('used', 'other-variable', 'other-context', 'not-a-token'),
    context: id,
    variable: id,
    stack,
    token: idOrNull,
    tokenContext: idOrNull,
    tokenVariable: idOrNull,
    tokenStack: stack,
    usedStack: stack,
    message: text,
  },
  'var-read': { context: id, variable: id, from: fc.constantFrom('own', 'inherited', 'fallback', 'default', 'miss') },
  'lookup-error': { context: id, variable: id, stack },
  'reentry-error': { context: id, entered: stack, stack },
  'run-started': { context: id, outer: id, stack },
  'run-ended': { context: id, threw: fc.boolean() },
  'task-created': { task: id, context: id, name: text, parent: idOrNull, stack },
  'task-started': { task: id },
  'task-settled': { task: id, outcome: fc.constantFrom('fulfilled', 'rejected') },
  'callback-ran': { context: id, threw: fc.boolean() },
  'token-collected': { token: id },
  'context-collected': { context: id },
  'await-untracked': { context: id, cause: text, copied: fc.boolean(), resumed: idOrNull, stack },
  'entry-unfollowed': { context: id, stack },
  'work-awaited': { context: id, work: id, stack },
  'default-changed': { context: id, variable: id, value: preview, stack },
  'recording-level': {
    stacks: fc.constantFrom('all', 'sampled', 'none'),
    every: fc.nat(64),
    why: fc.constantFrom('asked', 'budget', 'calm'),
  },
  gap: { from: id, to: id },
  census: {
    current: id,
    variables: fc.array(fc.record({ variable: id, name: text, default: previewOrNull, stack }), {
      maxLength: 3,
    }),
    contexts: fc.array(
      fc.record({
        context: id,
        parent: idOrNull,
        kind,
        name: fc.option(text),
        api: fc.option(text),
        stack,
        ended: fc.boolean(),
        entries: fc.array(fc.record({ variable: id, token: idOrNull, value: preview, stack }), {
          maxLength: 3,
        }),
      }),
      { maxLength: 4 },
    ),
  },
  'not-reduced': {
    context: id,
    variables: fc.array(id, { maxLength: 3 }),
    more: fc.nat(3),
    why: fc.constantFrom('unregistered', 'duplicate', 'unresolved', 'refused'),
    stack,
  },
}

/** A fact of any kind, without number and time. */
const body = fc.oneof(
  ...Object.entries(bodies).map(([type, fields]) => fc.record({ type: fc.constant(type), ...fields })),
)

/** Facts in order, numbered with holes here and there. */
export const randomFacts: fc.Arbitrary<Fact[]> = fc
  .array(
    fc.tuple(
      body,
      fc.oneof({ weight: 9, arbitrary: fc.constant(1) }, { weight: 1, arbitrary: fc.integer({ min: 2, max: 4 }) }),
    ),
    {
      maxLength: 80,
      size: 'max',
    },
  )
  .map((drafts) => {
    let seq = 0
    return drafts.map(([draft, step]) => {
      seq += step
      return { seq, at: seq, ...draft } as unknown as Fact
    })
  })
