// What following an await takes, counted in microtasks: the same on every machine. `npm run bench -- await` has the times.
// Counted in a process of its own, where nobody else uses promises.

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { microtasksFile } from '../bench/await/microtasks.mjs'
import type { Segment } from '../bench/await/segments'
import { bundle, node } from '../bench/hosts.mjs'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'contextvars-cost-'))
  await bundle(microtasksFile, folder)
}, 60_000)
afterAll(() => rm(folder, { recursive: true, force: true }))

type Counts = Partial<Record<Segment, number>>
const count = (state: string, segments: Segment[]) => node(folder).run<Counts>(microtasksFile, state, segments)

const awaits: Segment[] = ['await f()', 'await settled', 'await 5', 'await 3 nested', '100 tasks', 'Promise.all of 10']

/** `Promise.all` has a reaction of its own on each promise. */
const own: Counts = {
  'await f()': 0,
  'await settled': 0,
  'await 5': 0,
  'await 3 nested': 0,
  '100 tasks': 0,
  'Promise.all of 10': 10,
}

describe('no microtask of ours', () => {
  test.each(['plain', 'installed', 'uninstalled'])('%s', async (state) => {
    expect(await count(state, awaits)).toEqual(own)
  })
})

test('and so many where each await is settled in a turn of its own', async () => {
  expect(await count('in a context', ['await a turn'])).toEqual({ 'await a turn': 32 })
})

test('so many microtasks of ours in a context', async () => {
  const counts = await count('in a context', awaits)
  expect(counts).toEqual({
    'await f()': 4,
    'await settled': 4,
    'await 5': 2.5,
    'await 3 nested': 12,
    '100 tasks': 4,
    'Promise.all of 10': 10 + 6,
  })
})
