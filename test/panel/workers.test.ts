// Workers in the panel: what a page says of them is believed only as far as it looks like it, and each is told as it comes, is reached
// and ends.

import { createContext, runInContext } from 'node:vm'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { parseWorkerNotes } from '../../panel/model/recording'
import { Tree } from '../../panel/model/selectors/tree'
import { type DocumentState, startFrames } from '../../panel/session/frames'
import { keptJudging } from '../../panel/session/judging'
import { keptMutes } from '../../panel/session/kept-mutes'
import { ContextRows, withDocuments } from '../../panel/session/rows'
import { initialState } from '../../panel/session/state'
import { parseWalk, walkExpression } from '../../panel/source/frame-walk'
import { inspectedFrames } from '../../panel/source/frames'
import type { PageEvent } from '../../panel/source/inspected-page'
import { pollExpression } from '../../panel/source/page-expressions'
import { workerTrouble } from '../../panel/view/worker-words'
import { ContextVar } from '../../runtime'
import { OUTLET_KEY, WORKER_STATES, type WorkerNote } from '../../runtime/protocol'
import { Recording } from '../../runtime/recorder/recording'
import { openPage } from './page'

const note = (change: Partial<WorkerNote> = {}): WorkerNote => ({
  key: 7,
  kind: 'dedicated',
  url: 'https://a.test/prices.js',
  name: '',
  state: 'reached',
  ...change,
})

describe('what a page says of its workers', () => {
  it('is believed one by one', () => {
    const said: unknown[] = [
      note(),
      note({ name: 'the same key' }),
      note({ key: -1 }),
      note({ key: 1.5 }),
      note({ key: '1];alert(1)//' as never }),
      note({ key: 8, kind: 'dedicated ' as never }),
      note({ key: 9, state: 'anything' as never }),
      note({ key: 10, name: 'a\nb\u202e' }),
      { ...note({ key: 11 }), extra: 1, toString: 2 },
      null,
      [],
    ]
    expect(parseWorkerNotes(JSON.stringify(said))).toEqual([
      note(),
      note({ key: 10, name: 'a b\\u202e' }),
      note({ key: 11 }),
    ])
  })

  it('may be anything, and of any length', () => {
    for (const answer of ['', '{', 'null', '7', '{"length":3}', '[[[[]]]]'])
      expect(parseWorkerNotes(answer)).toEqual([])
    const many = Array.from({ length: 1_000 }, (_, key) => note({ key, name: 'x'.repeat(3_000) }))
    const believed = parseWorkerNotes(JSON.stringify(many))
    expect(believed.length).toBeLessThan(200)
    expect(believed[0]?.name.length).toBeLessThan(2_100)
  })

  it.each([
    [
      'throws',
      () => {
        throw new Error('no')
      },
    ],
    ['answers no text', () => Symbol('no')],
    ['answers too much', () => `[${' '.repeat(2e6)}]`],
  ])('leaves the walk as it was where it %s', (_, workers) => {
    const page = { length: 0, location: { href: 'https://a.test/' }, [OUTLET_KEY]: { workers } }
    expect(parseWalk(runInContext(walkExpression, createContext(page)))).toEqual([
      { path: [], has: 'recorder', url: 'https://a.test/', workers: [] },
    ])
  })
})

const undo: (() => void)[] = []
afterEach(() => {
  for (const end of undo.splice(0)) end()
})

/** A page whose workers are these; a recorder answers for each. */
function pageWith(workers: WorkerNote[]) {
  const recording = new Recording({ budget: 1 })
  new ContextVar('price').set(1)
  const listeners = new Set<(event: PageEvent) => void>()
  const outlet = {
    packed: () => {
      throw new Error('The page was asked in the place of its worker.')
    },
    where: () => '',
    workers: () => JSON.stringify(workers),
    worker: (key: number) => (key === 7 ? recording : null),
  }
  const window = createContext({ length: 0, location: { href: 'https://a.test/' }, [OUTLET_KEY]: outlet })
  const page = openPage({
    evaluate: async (expression) => ({ value: runInContext(expression, window) }),
    watch(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  })
  let known: readonly DocumentState[] = []
  undo.push(
    startFrames(
      inspectedFrames(page),
      (states) => {
        known = states
      },
      keptJudging(keptMutes()),
    ),
    () => recording.stop(),
  )
  return {
    rows() {
      const rows = withDocuments({ ...initialState(), frames: known }, new ContextRows(new Tree()))
      return Array.from({ length: rows.length }, (_, index) => rows.row(index))
    },
    look: () => [...listeners].map((listener) => listener('documents')),
  }
}

describe('a worker', () => {
  it('is a row as soon as it is told of, is read when it is reached, and stays when it ends', async () => {
    const workers = [note({ state: 'waiting' }), note({ key: 8, kind: 'shared', state: 'other-kind' })]
    const { rows, look } = pageWith(workers)
    await vi.waitFor(() => expect(rows().map((row) => row?.state)).toEqual(['silent', 'unreached', 'unreached']))
    workers[0] = note()
    look()
    await vi.waitFor(() => expect(rows()[1]).toMatchObject({ label: 'prices.js', state: 'live', contexts: 1 }))
    workers[0] = note({ state: 'silent' })
    look()
    await vi.waitFor(() => expect(rows()[1]).toMatchObject({ state: 'silent' }))
    workers.length = 0
    look()
    // One that told nothing is nothing to look at.
    await vi.waitFor(() => expect(rows()).toHaveLength(2))
    expect(rows()[1]).toMatchObject({ label: 'prices.js', state: 'gone', contexts: 1 })
  })

  it('is asked by its key, and nothing else is evaluated where it does not answer', () => {
    const outlet = { worker: () => null, packed: () => 'page', where: () => 'page' }
    const ask = (globals: object) => runInContext(pollExpression(0, { path: [], worker: 7 }), createContext(globals))
    expect(ask({ [OUTLET_KEY]: outlet })).toBe('loading')
    expect(ask({ [OUTLET_KEY]: { ...outlet, worker: undefined } })).toBe('loading')
    expect(ask({})).toBe('nothing')
    expect(
      ask({ [OUTLET_KEY]: { ...outlet, worker: (key: number) => ({ where: () => key, packed: () => 'batch' }) } }),
    ).toBe('recorder\n7\nbatch')
  })

  it('that is not reached has a sentence', () => {
    for (const state of WORKER_STATES) {
      if (state === 'reached') expect(workerTrouble(note({ state }))).toBe(null)
      else expect(workerTrouble(note({ state }))).toMatch(/^[A-Z].*\.$/)
    }
  })
})
