// What a page can make up when it knows where a panel might be slow: well-made facts by the ten thousand, in shapes that no program
// has. Each shape asks one question over and over whose answer grows with what was said before.

import type { Fact, Frame, StackTable } from '../../../runtime/protocol'

export interface Giant {
  facts: Fact[]
  stacks: StackTable
}

type Draft = { type: Fact['type'] } & Record<string, unknown>

const numbered = (drafts: readonly Draft[], step = 1): Fact[] =>
  drafts.map((draft, index) => ({ seq: 1 + index * step, at: index, ...draft }) as unknown as Fact)

const many = <Item>(count: number, item: (index: number) => Item): Item[] =>
  Array.from({ length: count }, (_, index) => item(index))

const attached: Draft = {
  type: 'runtime-attached',
  version: '0.1.0',
  origin: 'application',
  base: 1,
  late: false,
  propagation: { nativeAwait: true, events: 'cause', limits: [] },
}
const text = (shown: string) => ({ kind: 'string', text: shown })
const copy = (context: number, parent: number | null, asOf = 0): Draft => {
  return { type: 'context-created', context, parent, asOf, kind: 'copy', name: null, api: null, stack: null }
}
const set = (context: number, variable: number, token: number, value = '"x"', stack: number | null = null): Draft => {
  return { type: 'var-set', context, variable, token, value: text(value), stack }
}
const lookup = (context: number, variable: number, stack: number | null): Draft => {
  return { type: 'lookup-error', context, variable, stack }
}
const listed = (context: number, parent: number | null, entries: unknown[] = []) => {
  return { context, parent, kind: 'copy', name: null, api: null, stack: null, ended: false, entries }
}
const census = (contexts: unknown[]): Draft => ({ type: 'census', current: 1, variables: [], contexts })

const stackOf = (index: number): Frame[] => [{ name: 'f', url: `a${index}.js`, line: 1, column: 1 }]
const stacksOf = (count: number): StackTable =>
  Object.fromEntries(many(count, (index) => [index + 1, stackOf(index)] as const))

const giant = (drafts: readonly Draft[], stacks: StackTable = {}, step = 1): Giant => {
  return { facts: numbered([attached, ...drafts], step), stacks }
}

/** A chain of copies, each the parent of the next. */
const chain = (length: number): Draft[] => many(length, (index) => copy(index + 2, index + 1))

/** Of a size where a way that grows with its square takes minutes. */
export const giants: Record<string, (size: number) => Giant> = {
  'a chain that is told from its end': (size) => giant(many(size, (index) => copy(size - index, size - index + 1))),
  'roots that get a parent in the order in which they came': (size) =>
    giant([
      ...many(size, (index): Draft => ({ type: 'run-ended', context: index + 2, threw: false })),
      ...many(size, (index) => copy(index + 2, 1)),
    ]),
  'a parent that is told again and again': (size) =>
    giant([...chain(size), ...many(size, (index) => copy(2, size - (index % 2)))]),
  'trees that are hung below a long chain': (size) =>
    giant([
      ...chain(size),
      ...many(size, (index) => copy(3 * size + 2 * index, 3 * size + 2 * index + 1)),
      ...many(size, (index) => copy(3 * size + 2 * index + 1, size)),
    ]),
  'copies of the beginning of a long history': (size) =>
    giant([...many(size, (index) => set(1, 1 + (index % 7), index + 1)), ...many(size, (index) => copy(index + 2, 1))]),
  'a census in a circle': (size) => giant([census(many(size, (index) => listed(index + 2, ((index + 1) % size) + 2)))]),
  'a census that takes everything from everybody': (size) => {
    const few = Math.floor(size / 4)
    return giant([
      ...many(few, (index) => set(1, index + 1, index + 1)),
      ...many(few, (index) => copy(index + 2, 1, few + 1)),
      ...many(few, (index) => set(index + 2, 1, few + index + 1)),
      census(many(few, (index) => listed(index + 2, 1))),
    ])
  },
  'one context that is listed over and over': (size) =>
    giant([...many(size, (index) => set(1, index + 1, index + 1)), census(many(size, () => listed(1, null)))]),
  'lookups at the end of a long chain': (size) =>
    giant(
      [
        ...chain(size),
        ...many(size, (index) => set(index + 2, 1, index + 1)),
        ...many(size, (index): Draft => {
          return { type: 'await-untracked', context: size - (index % 50), cause: 'c', copied: false, stack: null }
        }),
        ...many(size, (index) => lookup(1, 1, index + 1)),
        ...many(size, (index) => lookup(size, 2, index + 1)),
      ],
      stacksOf(size),
    ),
  'tokens that cross a long chain': (size) =>
    giant(
      [
        ...chain(size),
        ...many(size, (index): Draft => {
          const made = { token: index + 1, tokenContext: 1 + (index % size), tokenVariable: 1, tokenStack: null }
          const used = { context: size, variable: 1, stack: index + 1, usedStack: null, message: 'no' }
          return { type: 'token-error', code: 'other-context', ...made, ...used }
        }),
      ],
      stacksOf(size),
    ),
  'code that nothing started, in as many lines': (size) =>
    giant(
      [
        ...many(size, (index): Draft => ({ type: 'entry-unfollowed', context: 1, stack: index + 1 })),
        set(2, 1, 1),
        ...many(size, (index) => lookup(1, 1, size - index)),
      ],
      stacksOf(size),
    ),
  'one context that waits for all others, and asks for what they set': (size) =>
    giant([
      ...many(size, (index) => copy(index + 3, 2)),
      ...many(size, (index) => set(index + 3, 1, index + 1)),
      ...many(size, (index): Draft => ({ type: 'work-awaited', context: 2, work: index + 3, stack: null })),
      ...many(size, (): Draft => ({ type: 'var-read', context: 2, variable: 1, from: 'default' })),
    ]),
  'a hole after every fact': (size) =>
    giant(
      many(size, (index) => lookup(1, 1, index + 1)),
      stacksOf(size),
      2,
    ),
  'sets that are never undone, in as many lines': (size) =>
    giant(
      [
        ...many(size, (index) => copy(index + 2, 1)),
        ...many(size, (index) => set(1, index + 1, index + 1, '"x"', index + 1)),
        ...many(size, (index): Draft => ({ type: 'var-read', context: 2, variable: index + 1, from: 'inherited' })),
        ...many(size, (index): Draft => ({ type: 'token-collected', token: index + 1 })),
      ],
      stacksOf(size),
    ),
  'texts that are slow to look through': (size) =>
    giant(
      [' ', '\n ', 'token', 'eyJaaaaa-', '/', '?', '#', '`', '\\"', 'a@', 'Bearer ', '"', '{', 'session-'].flatMap(
        (piece, variable) => {
          const long = piece.repeat(9_999).slice(0, 9_990)
          return many(Math.ceil(size / 1_000), (index) =>
            set(1, variable + 1, 100 * variable + index + 1, `${long}x\n`),
          )
        },
      ),
      {
        1: many(200, (index) => ({ name: 'f', url: `${'/?'.charAt(index % 2).repeat(9_990)}\n`, line: 1, column: 1 })),
      },
    ),
  'runtimes without end': (size) =>
    giant([
      ...many(size, (index): Draft => ({ ...attached, base: index + 1 })),
      ...many(size, (): Draft => ({ type: 'runtime-refused', version: '9', reason: 'second-copy', advice: 'a' })),
    ]),
}
