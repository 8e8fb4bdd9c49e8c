// Values that break what trusts them: numbers at the edges of what numbers can be, texts that lie about themselves, keys that mean
// something to JavaScript, and nesting without end.

import type { Chance } from './chance'

/** No word of ours for something that is missing stands among them: where one is shown, it is our mistake. */
const texts = [
  '',
  ' ',
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'user\u202enimda\u2066',
  '\u001b[2J\u001b]0;owned\u0007',
  '\ud800 half',
  '\u0000',
  'a\nb\r\nc\u2028d\u2029e',
  '</script><img src=x onerror=alert(1)>',
  '```\n# heading\n|a|b|',
  'javascript:alert(1)',
  'password: token=secret',
  'token'.repeat(40),
  ' '.repeat(300),
  `${' '.repeat(200)}\n`,
  '/'.repeat(200),
  '?'.repeat(200),
  'eyJ'.repeat(70),
  '\\"\\"\\'.repeat(40),
  '٣',
  '1e999',
  'task-created',
  'census',
]

const numbers = [
  -1,
  -0,
  0,
  0.5,
  1,
  2,
  3,
  31,
  32,
  2 ** 31 - 1,
  2 ** 31,
  2 ** 32,
  2 ** 53 - 1,
  2 ** 53,
  -(2 ** 53),
  1e15,
  1e308,
  5e-324,
]

/** Numbers that JSON can say and JavaScript cannot hold are written by hand where texts are mutated. */
export const literals = ['1e999', '-1e999', '1E400', '0e-9', '99999999999999999999', '"\\ud800"', '"\\u202e"', 'NaN']

const others: readonly unknown[] = [
  null,
  true,
  false,
  [],
  {},
  [[]],
  [null],
  { length: -1 },
  { toString: 1, valueOf: 1 },
]

/** Own keys, as JSON.parse makes them: an object literal would set the prototype. */
const keyed = (key: string, value: unknown): object => Object.defineProperty({}, key, property(value))

export const property = (value: unknown): PropertyDescriptor => ({
  value,
  enumerable: true,
  configurable: true,
  writable: true,
})

export const hostileKeys = ['__proto__', 'constructor', 'toString', 'toJSON', 'length', 'type', 'seq', '0', '-1', '']

export function hostileText(chance: Chance): string {
  return chance.oneIn(200) ? 'long '.repeat(5_000) : chance.pick(texts)
}

export function hostileNumber(chance: Chance): number {
  return chance.oneIn(3) ? chance.below(100) : chance.pick(numbers)
}

export function hostileValue(chance: Chance): unknown {
  switch (chance.below(6)) {
    case 0:
    case 1:
      return hostileNumber(chance)
    case 2:
      return hostileText(chance)
    case 3:
      return keyed(chance.pick(hostileKeys), chance.oneIn(2) ? { polluted: true } : hostileNumber(chance))
    case 4:
      return chance.oneIn(20) ? nested(chance.pick([10, 100, 500])) : chance.pick(others)
    default:
      return chance.pick(others)
  }
}

/** A preview within a preview, and so on. */
function nested(depth: number): unknown {
  let value: unknown = { kind: 'null', text: 'null' }
  for (let level = 0; level < depth; level++) value = { kind: 'object', text: '{…}', entries: [['deeper', value]] }
  return value
}
