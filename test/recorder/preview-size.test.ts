// How much of a value its picture shows, as whoever records wants it.

import { afterEach, expect, test } from 'vitest'
import { ContextVar, copyContext } from '../../runtime'
import type { Fact, Preview, PreviewSize } from '../../runtime/protocol'
import { type RecordOptions, record } from '../../runtime/recorder'

const order = new ContextVar<unknown>('order')
const shared = new ContextVar('shared', { default: Object.fromEntries([...'abcdefgh'].map((key) => [key, 1])) })

let stop = () => {}
afterEach(() => stop())

function begin(options?: RecordOptions) {
  const recording = record(options)
  stop = () => recording.stop()
  const told = (type: Fact['type']): Fact[] =>
    JSON.parse(recording.since(0)).facts.filter((fact: Fact) => fact.type === type)
  /** The picture of a value that is set. */
  const pictureOf = (value: unknown): Preview => {
    order.reset(order.set(value))
    const fact = told('var-set').at(-1)
    if (fact?.type !== 'var-set') throw new Error('It was set')
    return fact.value
  }
  return { recording, told, pictureOf }
}

const VALUE = {
  a: { b: { c: { d: 1 } } },
  ...Object.fromEntries(Array.from({ length: 40 }, (_, at) => [`key${at}`, at])),
}

function depthOf({ entries = [] }: Preview): number {
  return entries.length === 0 ? 0 : 1 + Math.max(...entries.map(([, value]) => depthOf(value)))
}

const sizes: [PreviewSize | undefined, { depth: number; width: number; length: number }][] = [
  ['small', { depth: 1, width: 4, length: 40 }],
  [undefined, { depth: 2, width: 12, length: 200 }],
  ['usual', { depth: 2, width: 12, length: 200 }],
  ['large', { depth: 3, width: 20, length: 1000 }],
]

test.each(sizes)('%s pictures are as deep, as wide and as long as they are said to be', (previews, expected) => {
  const { pictureOf } = begin(previews === undefined ? {} : { previews })
  const picture = pictureOf(VALUE)
  const long = pictureOf('x'.repeat(5_000))
  expect({
    depth: depthOf(picture),
    width: picture.entries?.length,
    length: 5_000 - (long.more ?? 0),
  }).toEqual(expected)
})

test('another size holds from then on, and not for the recording that comes next', () => {
  const { recording, pictureOf } = begin()
  expect(pictureOf('x'.repeat(500)).more).toBe(300)
  expect(JSON.parse(recording.configure('{"previews":"large"}'))).toMatchObject({ previews: 'large' })
  expect(pictureOf('x'.repeat(500)).more).toBeUndefined()
  recording.configure('{"previews":"huge"}')
  expect(pictureOf('x'.repeat(500)).more).toBeUndefined()
  stop()
  expect(begin().pictureOf('x'.repeat(500)).more).toBe(300)
})

test('a default that is pictured in another size is not told to be changed', () => {
  const { recording, told } = begin()
  shared.get()
  recording.configure('{"previews":"small"}')
  // It is looked at once in each context.
  copyContext().run(() => shared.get())
  expect(told('var-read').length).toBe(2)
  expect(told('default-changed')).toEqual([])
})
