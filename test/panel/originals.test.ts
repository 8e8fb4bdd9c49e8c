// Facts that come through in order, their stacks told in the files that people wrote.

import { expect, test, vi } from 'vitest'
import { OriginalTexts } from '../../panel/source/original-texts'
import { withOriginals } from '../../panel/source/originals'
import type { SourceListener } from '../../panel/source/source'
import type { Batch, Frame } from '../../runtime/protocol'

const script = 'http://localhost/index.js'
const map = { version: 3, sources: ['src/desk.ts'], names: [], mappings: 'AAEC' }
const text = `x\n//# sourceMappingURL=data:application/json;base64,${btoa(JSON.stringify(map))}`
const compiled: Frame = { name: 'serve', url: script, line: 1, column: 4 }
const original: Frame = { name: 'serve', url: 'http://localhost/src/desk.ts', line: 3, column: 2 }

const batchOf = (...frames: Frame[]): Batch => ({
  protocol: 1,
  epoch: 'e',
  facts: [],
  stacks: { 1: frames },
  last: 0,
  bytes: 0,
  silent: 0,
  capacity: 1,
})

/** Starts a source by hand; answers what it tells to, and what came out. */
function translation(read: (url: string) => Promise<string | null>, texts?: OriginalTexts) {
  const told: unknown[] = []
  let inner: SourceListener | undefined
  const source = withOriginals(
    {
      start(listener) {
        inner = listener
        return () => {}
      },
    },
    read,
    texts,
  )
  const end = source.start({
    link: (link) => told.push(link.state),
    epoch: (epoch) => told.push(epoch),
    batch: (batch) => told.push(batch.stacks[1]?.[0]),
    stacks: (stacks) => told.push({ again: stacks[1]?.[0], stacks: Object.keys(stacks).length }),
    where: (where) => told.push(where.last),
    pace: (pace) => told.push(pace),
    held: (held) => told.push(held.state),
  })
  if (inner === undefined) throw new Error('the source was not started')
  return { inner, told, end }
}

/** A text that comes when somebody says so. */
function later() {
  let resolve = (_: string) => {}
  const promise = new Promise<string>((done) => {
    resolve = done
  })
  return { promise, resolve }
}

test('frames are translated, in order with everything else, and each script is read once', async () => {
  const read = vi.fn(async () => text)
  const { inner, told } = translation(read)
  inner.epoch('e')
  inner.batch(batchOf(compiled))
  inner.where({ epoch: 'e', last: 7, current: null, task: null })
  inner.batch(batchOf(compiled))
  inner.link({ state: 'live' })
  await vi.waitFor(() => expect(told).toEqual(['e', original, 7, original, 'live']))
  expect(read).toHaveBeenCalledTimes(1)
})

test('where a tracer acts for who called it, the caller’s line comes first', async () => {
  const { inner, told } = translation(async (url) => (url === script ? text : null))
  const tracer = [
    'node_modules/@opentelemetry/api/dist/api/context.mjs',
    'node_modules/.vite/deps/@opentelemetry_sdk.js',
  ]
  const frames = tracer.map((path): Frame => ({ name: 'with', url: `http://localhost/${path}`, line: 1, column: 2 }))
  inner.batch(batchOf(...frames, compiled))
  inner.batch(batchOf(...frames))
  await vi.waitFor(() => expect(told).toEqual([original, frames[0]]))
})

test('another document’s scripts are read anew', async () => {
  let version = text
  const { inner, told } = translation(async () => version)
  inner.batch(batchOf(compiled))
  await vi.waitFor(() => expect(told).toEqual([original]))
  version = 'x'
  inner.epoch('f')
  inner.batch(batchOf(compiled))
  await vi.waitFor(() => expect(told).toEqual([original, 'f', compiled]))
})

test('a script that cannot be had leaves its frames as they are', async () => {
  for (const read of [
    async () => null,
    async () => Promise.reject(new Error('gone')),
    () => new Promise<null>(() => {}),
  ]) {
    const { inner, told } = translation(read)
    inner.batch(batchOf(compiled))
    await vi.waitFor(() => expect(told).toEqual([compiled]), { timeout: 5_000 })
  }
})

test('a map that comes late has its stacks told again', async () => {
  const answer = later()
  const { inner, told } = translation(() => answer.promise)
  inner.batch(batchOf(compiled))
  await vi.waitFor(() => expect(told).toEqual([compiled]), { timeout: 5_000 })
  // Nobody waits for it a second time.
  inner.batch({ ...batchOf(), stacks: { 2: [compiled] } })
  await vi.waitFor(() => expect(told).toEqual([compiled, undefined]))
  answer.resolve(text)
  await vi.waitFor(() => expect(told).toEqual([compiled, undefined, { again: original, stacks: 2 }]))
  inner.batch(batchOf(compiled))
  await vi.waitFor(() => expect(told.at(-1)).toEqual(original))
})

test('a script that DevTools lists later than the page runs it is asked for again, and nothing waits for it', async () => {
  const answers = [null, null, text]
  const { inner, told } = translation(async () => answers.shift() ?? null)
  inner.batch(batchOf(compiled))
  await vi.waitFor(() => expect(told).toEqual([compiled]))
  expect(answers).not.toEqual([])
  await vi.waitFor(() => expect(told).toEqual([compiled, { again: original, stacks: 1 }]), { timeout: 5_000 })
})

test('only so many stacks wait for a text that may never come', async () => {
  const answer = later()
  const { inner, told } = translation(() => answer.promise)
  const stacks = (from: number) =>
    Object.fromEntries(Array.from({ length: 15_000 }, (_, at) => [from + at, [compiled]]))
  inner.batch({ ...batchOf(), stacks: stacks(1) })
  inner.batch({ ...batchOf(), stacks: stacks(15_001) })
  await vi.waitFor(() => expect(told).toHaveLength(2), { timeout: 5_000 })
  answer.resolve(text)
  await vi.waitFor(() => expect(told.at(-1)).toEqual({ again: original, stacks: 20_000 }))
})

test('a map that comes when its document has gone is of no use', async () => {
  const answer = later()
  const { inner, told } = translation(() => answer.promise)
  inner.batch(batchOf(compiled))
  inner.epoch('f')
  await vi.waitFor(() => expect(told).toEqual([compiled, 'f']), { timeout: 5_000 })
  answer.resolve(text)
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect(told).toEqual([compiled, 'f'])
})

test('what fails on its way fails alone: its sender is told, and all behind it comes', async () => {
  const { inner, told } = translation(async () => undefined as never)
  inner.epoch('e')
  await expect(inner.batch(batchOf(compiled))).rejects.toThrow(TypeError)
  inner.link({ state: 'no-runtime' })
  await vi.waitFor(() => expect(told).toEqual(['e', 'no-runtime']))
})

test('once ended it delivers nothing', async () => {
  const { inner, told, end } = translation(async () => text)
  inner.batch(batchOf(compiled))
  end()
  await new Promise((resolve) => setTimeout(resolve, 5))
  expect(told).toEqual([])
})

test('frames that stand nowhere stay as they are, and nothing after them is held up', async () => {
  const { inner, told } = translation(async () => text)
  const nowhere = { ...compiled, line: 0, column: 0 }
  inner.batch(batchOf(nowhere))
  inner.batch(batchOf(compiled))
  await vi.waitFor(() => expect(told).toEqual([nowhere, original]))
})

test('of scripts without end only so many are asked for', async () => {
  const read = vi.fn(async () => null)
  const { inner, told } = translation(read)
  inner.batch(batchOf(...Array.from({ length: 10_000 }, (_, index) => ({ ...compiled, url: `${index}.js` }))))
  await vi.waitFor(() => expect(told).toHaveLength(1))
  expect(read.mock.calls.length).toBeLessThan(3_000)
})

test('the texts of originals are told for as long as the document is read', async () => {
  const texts = new OriginalTexts()
  const bundle = { ...map, sources: ['src/desk.ts', 'src/bare.ts'], sourcesContent: ['serve()', null] }
  const packed = `x\n//# sourceMappingURL=data:application/json;base64,${btoa(JSON.stringify(bundle))}`
  const { inner, told, end } = translation(async (url) => (url === script ? packed : null), texts)
  inner.batch(batchOf({ ...compiled, url: 'http://localhost/plain.js' }, compiled))
  await vi.waitFor(() => expect(told).toHaveLength(1))
  const known = () => ['src/desk.ts', 'src/bare.ts', 'index.js'].map((file) => texts.of(`http://localhost/${file}`))
  expect(known()).toEqual(['serve()', null, undefined])
  // Another document may bring other texts.
  inner.epoch('f')
  await vi.waitFor(() => expect(told).toHaveLength(2))
  expect(known()).toEqual([undefined, undefined, undefined])
  inner.batch(batchOf(compiled))
  await vi.waitFor(() => expect(told).toHaveLength(3))
  expect(known()).toEqual(['serve()', null, undefined])
  end()
  expect(known()).toEqual([undefined, undefined, undefined])
})
