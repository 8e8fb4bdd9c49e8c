// The frames of a page: what a walk answers is believed only as far as it looks like an answer, and who comes and goes is told.

import { createContext, runInContext } from 'node:vm'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { parseWalk, walkExpression } from '../../panel/source/frame-walk'
import { type FrameDocument, inspectedFrames } from '../../panel/source/frames'
import { inspectedPage, type PageEvent, type Place } from '../../panel/source/inspected-page'
import { OUTLET_KEY } from '../../runtime/protocol'
import { openPage } from './page'

interface FakeWindow {
  [index: number]: FakeWindow | null
  length: number
  location: { href: string }
  [OUTLET_KEY]?: { workers?(): string }
}

const windowOf = (href: string, frames: (FakeWindow | null)[] = [], recorded = true): FakeWindow => ({
  ...frames,
  length: frames.length,
  location: { href },
  ...(recorded ? { [OUTLET_KEY]: {} } : {}),
})

/** A page of these windows, where null is a frame that nobody may enter; DevTools finds frames by address, also of other sites. */
function pageOf(top: FakeWindow, elsewhere: FakeWindow[] = []) {
  const listeners = new Set<(event: PageEvent) => void>()
  const places: Place[] = []
  const all = (from: FakeWindow): FakeWindow[] => [
    from,
    ...Array.from({ length: from.length }, (_, index) => from[index] ?? null).flatMap((one) =>
      one === null ? [] : all(one),
    ),
  ]
  const page = openPage({
    async evaluate(expression, frameUrl = null) {
      const found =
        frameUrl === null ? top : [top, ...elsewhere].flatMap(all).find(({ location }) => location.href === frameUrl)
      return found === undefined ? { refused: 'not found' } : { value: runInContext(expression, createContext(found)) }
    },
    documents: async () => elsewhere.map(({ location }) => location.href),
    watch(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  })
  const told: (readonly FrameDocument[] | 'left')[] = []
  const closed: number[] = []
  const stop = inspectedFrames(page, (of, place) => {
    if (place !== undefined) places.push(place)
    return inspectedPage(of, place)
  }).start({
    frames: (documents) => told.push(documents),
    closed: (count) => closed.push(count),
    left: () => told.push('left'),
  })
  undo.push(stop)
  return { told, closed, places, tell: (event: PageEvent) => [...listeners].map((listener) => listener(event)) }
}

const undo: (() => void)[] = []
afterEach(() => {
  for (const end of undo.splice(0)) end()
})

const urls = (documents: readonly FrameDocument[] | 'left' | undefined) =>
  documents === 'left' || documents === undefined ? documents : documents.map(({ url }) => url)

describe('the documents in frames', () => {
  it('are not the page itself, which is listed by its new address while it goes there', async () => {
    const next = windowOf('https://a.test/next')
    runInContext('this.top = this', createContext(next))
    const { told } = pageOf(windowOf('about:blank', [], false), [next, windowOf('https://b.test/')])
    await vi.waitFor(() => expect(told).toHaveLength(1))
    expect(urls(told[0])).toEqual(['https://b.test/'])
  })

  it('are found by address, and by their place where the address leads elsewhere', async () => {
    const inner = windowOf('https://a.test/inner')
    const top = windowOf('https://a.test/', [windowOf('https://a.test/1', [inner]), windowOf('https://a.test/1'), null])
    const { told, places } = pageOf(top, [windowOf('https://b.test/', [windowOf('https://b.test/1')])])
    await vi.waitFor(() => expect(told).toHaveLength(1))
    expect(urls(told[0])).toEqual([
      'https://a.test/1',
      'https://a.test/inner',
      'https://a.test/1',
      'https://b.test/',
      'https://b.test/1',
    ])
    expect(places).toEqual([
      { frameUrl: 'https://a.test/1', path: [] },
      { frameUrl: 'https://a.test/inner', path: [] },
      { frameUrl: null, path: [1] },
      { frameUrl: 'https://b.test/', path: [] },
      { frameUrl: 'https://b.test/1', path: [] },
    ])
  })

  it('are counted where nobody may enter, unless their address leads there', async () => {
    const foreign = windowOf('https://b.test/', [null])
    const top = windowOf('https://a.test/', [windowOf('https://a.test/1', [null]), null, null])
    const { told, closed, tell } = pageOf(top, [foreign])
    await vi.waitFor(() => expect(told).toHaveLength(1))
    // Three of the page’s, of which one is reached, and in that one another.
    expect(closed).toEqual([3])
    tell('navigated')
    expect(closed).toEqual([3, 0])
  })

  it('are followed by the workers that they made, which are reached through them', async () => {
    const top = windowOf('https://a.test/', [windowOf('https://a.test/1')])
    const note = { kind: 'dedicated', name: '', state: 'reached' }
    top[OUTLET_KEY] = { workers: () => JSON.stringify([{ ...note, key: 1, url: 'https://a.test/of-top.js' }]) }
    const inner = windowOf('https://b.test/')
    inner[OUTLET_KEY] = { workers: () => JSON.stringify([{ ...note, key: 2, url: 'https://b.test/of-frame.js' }]) }
    const { told, places } = pageOf(top, [inner])
    await vi.waitFor(() => expect(told).toHaveLength(1))
    expect(urls(told[0])).toEqual([
      'https://a.test/of-top.js',
      'https://a.test/1',
      'https://b.test/',
      'https://b.test/of-frame.js',
    ])
    expect(places).toEqual([
      { frameUrl: null, path: [], worker: 1 },
      { frameUrl: 'https://a.test/1', path: [] },
      { frameUrl: 'https://b.test/', path: [] },
      { frameUrl: 'https://b.test/', path: [], worker: 2 },
    ])
  })

  it('are told when they come and go, and the same document stays the same', async () => {
    const top = windowOf('https://a.test/', [windowOf('https://a.test/1')])
    const { told, tell } = pageOf(top)
    await vi.waitFor(() => expect(urls(told.at(-1))).toEqual(['https://a.test/1']))
    const [first] = told.at(-1) as FrameDocument[]
    top[1] = windowOf('https://a.test/2')
    top.length = 2
    tell('documents')
    await vi.waitFor(() => expect(urls(told.at(-1))).toEqual(['https://a.test/1', 'https://a.test/2']))
    expect((told.at(-1) as FrameDocument[])[0]).toBe(first)
    top[0] = windowOf('https://a.test/3', [], false)
    tell('documents')
    await vi.waitFor(() => expect(urls(told.at(-1))).toEqual(['https://a.test/2']))
    tell('navigated')
    expect(told.at(-1)).toBe('left')
  })
})

describe('an answer of the walk', () => {
  it('is believed line by line', () => {
    const lines = [
      ' nothing https://a.test/',
      '0 recorder https://a.test/?q=%20',
      '0.12 runtime about:srcdoc',
      '-1 recorder https://a.test/',
      '0.0.0.0.0.0.0.0.0 recorder https://too.deep/',
      '1e9 recorder https://a.test/',
      '3 everything https://a.test/',
      '4 recorder https://a.test/ and more',
      `5 recorder https://a.test/${'x'.repeat(5_000)}`,
      '6] = 1; //] recorder x',
    ]
    expect(parseWalk(lines.join('\n'))).toEqual([
      { path: [], has: 'nothing', url: 'https://a.test/', workers: [] },
      { path: [0], has: 'recorder', url: 'https://a.test/?q=%20', workers: [] },
      { path: [0, 12], has: 'runtime', url: 'about:srcdoc', workers: [] },
    ])
  })

  it('may be anything', () => {
    for (const answer of [undefined, null, 7, {}, [], '', '\n'.repeat(1e6)]) expect(parseWalk(answer)).toEqual([])
    const many = Array.from({ length: 1e5 }, (_, index) => `${index % 9999} recorder https://a.test/`).join('\n')
    expect(parseWalk(many).length).toBeLessThan(200)
  })

  it('comes from a page that made its globals hostile, and from one with frames in frames without end', () => {
    const endless: FakeWindow = windowOf('https://a.test/')
    endless[0] = endless
    endless.length = 1
    const globals = createContext(Object.assign(endless, { Symbol: 1, JSON: 2, frames: 3, top: 4 }))
    const frames = parseWalk(runInContext(walkExpression, globals))
    expect(frames.length).toBeGreaterThan(1)
    expect(frames.length).toBeLessThan(20)
  })
})
