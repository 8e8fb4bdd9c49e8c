// How a page is recorded, as it is wanted: asked for once of each document and again when it changes, and what a page may answer.

import { afterEach, describe, expect, it, vi } from 'vitest'
import { CHOICES, DEFAULT_CHOICES, LOG_SIZES, parseChoices } from '../../panel/host/recording-choices'
import type { Held, Wanted, WantedSettings } from '../../panel/source/wanted'
import { ContextVar } from '../../runtime'
import { record } from '../../runtime/recorder'
import { type Heard, listen, openPage } from './page'

/** Ends what a test started, whatever became of the test. */
const undo: (() => void)[] = []
afterEach(() => {
  for (const end of undo.splice(0)) end()
  vi.useRealTimers()
})

function recorder() {
  const recording = record()
  undo.push(() => recording.stop())
  return recording
}

const usual: WantedSettings = {
  stacks: 'all',
  previews: 'usual',
  callbacks: 'counted',
  events: 'cause',
  ...LOG_SIZES.usual,
}

/** What somebody wants, and may want otherwise. */
function wanting(settings: WantedSettings): Wanted & { change(part: Partial<WantedSettings>): void } {
  const listeners = new Set<() => void>()
  return {
    settings,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    change(part) {
      Object.assign(this, { settings: { ...this.settings, ...part } })
      for (const listener of listeners) listener()
    },
  }
}

function read(page: Parameters<typeof listen>[0], wanted: Wanted): Heard {
  const heard = listen(page, wanted)
  undo.push(heard.stop)
  return heard
}

describe('a recorded page', () => {
  it('is recorded as it is wanted, at once and again when that changes', async () => {
    const page = openPage()
    const recording = recorder()
    page.setOutlet(recording)
    const wanted = wanting({ ...usual, stacks: 'sampled' })
    const heard = read(page, wanted)
    await vi.waitFor(() => expect(heard.helds).toEqual([{ state: 'wanted' }]))
    expect(JSON.parse(recording.configure('{}'))).toEqual({ ...usual, stacks: 'sampled', budget: 0.05 })
    wanted.change({ stacks: 'none', callbacks: 'told' })
    await vi.waitFor(() => expect(heard.helds).toHaveLength(2))
    expect(JSON.parse(recording.configure('{}'))).toMatchObject({ stacks: 'none', callbacks: 'told' })
  })

  it('is read to where it stood before its log is made smaller', async () => {
    const page = openPage()
    const recording = recorder()
    page.setOutlet(recording)
    const user = new ContextVar('user')
    const FACTS = 25_000
    for (let index = 0; index < FACTS / 2; index++) user.reset(user.set(index))
    // The page goes on whenever it is asked.
    page.evaluate = async (expression) => {
      user.set('more')
      return { value: page.run(expression) }
    }
    const heard = read(page, wanting({ ...usual, facts: 1_000 }))
    await vi.waitFor(() => expect(heard.helds).toEqual([{ state: 'wanted' }]), 20_000)
    await vi.waitFor(() => expect(heard.facts.length).toBeGreaterThan(FACTS))
    expect(heard.facts.map(({ seq }) => seq)).toEqual(heard.facts.map((_, index) => index + 1))
  })

  it('is asked once for each document, and not again while nothing changes', async () => {
    vi.useFakeTimers()
    const page = openPage()
    const configure = vi.fn((text: string) => first.configure(text))
    const first = recorder()
    const outletOf = (recording: typeof first) => ({
      since: (seq: number) => recording.since(seq),
      where: () => recording.where(),
      configure,
    })
    page.setOutlet(outletOf(first))
    const heard = read(page, wanting(usual))
    await vi.advanceTimersByTimeAsync(10_000)
    expect(configure).toHaveBeenCalledTimes(1)
    first.stop()
    page.navigate()
    page.setOutlet(outletOf(recorder()))
    await vi.advanceTimersByTimeAsync(10_000)
    expect(configure).toHaveBeenCalledTimes(2)
    expect(heard.helds).toEqual([{ state: 'wanted' }, { state: 'wanted' }])
  })

  it('is asked again where it did not answer', async () => {
    vi.useFakeTimers()
    const page = openPage()
    const recording = recorder()
    let busy = true
    page.setOutlet({
      since: (seq: number) => recording.since(seq),
      where: () => recording.where(),
      configure(text: string) {
        if (busy) throw new Error('busy')
        return recording.configure(text)
      },
    })
    const heard = read(page, wanting(usual))
    await vi.advanceTimersByTimeAsync(1000)
    expect(heard.helds).toEqual([])
    expect(heard.links).toEqual([{ state: 'live' }])
    busy = false
    await vi.advanceTimersByTimeAsync(1000)
    expect(heard.helds).toEqual([{ state: 'wanted' }])
  })

  const { bytes, ...withoutBytes } = usual
  it.each<[string, string | null, Held]>([
    ['no settings at all', null, { state: 'fixed' }],
    ['settings of before', JSON.stringify({ ...usual, budget: 1, callbacks: undefined }), { state: 'wanted' }],
    [
      'another of them',
      JSON.stringify({ ...usual, budget: 1, stacks: 'none' }),
      { state: 'own', settings: ['stacks'] },
    ],
    ['one less', JSON.stringify({ ...withoutBytes, budget: 1 }), { state: 'unknown' }],
    ['numbers that are none', `{"stacks":"all","budget":1,"facts":1e999,"bytes":${bytes}}`, { state: 'unknown' }],
    ['no JSON', '{', { state: 'unknown' }],
    ['a list', '[]', { state: 'unknown' }],
    ['more lines', '{}\n{}', { state: 'unknown' }],
    ['more than there is to say', 'x'.repeat(1_000_000), { state: 'unknown' }],
  ])('answers with %s', async (_, answer, expected) => {
    const page = openPage()
    const recording = recorder()
    page.setOutlet({
      since: (seq: number) => recording.since(seq),
      where: () => recording.where(),
      ...(answer === null ? {} : { configure: () => answer }),
    })
    const heard = read(page, wanting(usual))
    await vi.waitFor(() => expect(heard.helds).toEqual([expected]))
    expect(heard.links).toEqual([{ state: 'live' }])
  })
})

describe('a choice', () => {
  it('is by default what a recorder does that nobody asks', () => {
    const { budget: _, ...own } = JSON.parse(recorder().configure('{}'))
    expect(own).toEqual(usual)
    expect(DEFAULT_CHOICES).toEqual({
      stacks: 'all',
      previews: 'usual',
      log: 'usual',
      callbacks: 'counted',
      events: 'cause',
      credentials: 'hidden',
      zones: 'ignored',
      outlived: 'ignored',
      listeners: 'ignored',
      effectless: 'ignored',
    })
  })

  it('is taken by a recorder, whatever it is', () => {
    const recording = recorder()
    const taken = (asked: object) => expect(JSON.parse(recording.configure(JSON.stringify(asked)))).toMatchObject(asked)
    for (const size of CHOICES.log) taken(LOG_SIZES[size])
    for (const stacks of CHOICES.stacks) taken({ stacks })
    for (const previews of CHOICES.previews) taken({ previews })
    for (const callbacks of CHOICES.callbacks) taken({ callbacks })
    for (const events of CHOICES.events) taken({ events })
  })

  it.each([
    ['nothing', null, {}],
    [
      'all of them',
      '{"stacks":"none","previews":"small","log":"large","callbacks":"told","events":"dispatch"}',
      { stacks: 'none', previews: 'small', log: 'large', callbacks: 'told', events: 'dispatch' },
    ],
    ['one of them', '{"log":"small"}', { log: 'small' }],
    ['what is none any more', '{"stacks":"most","previews":"none","log":"huge","callbacks":7,"events":"never"}', {}],
    ['a name of every object', '{"log":"constructor"}', {}],
    ['nonsense', '{', {}],
    ['null', 'null', {}],
  ])('is found again as it was kept: %s', (_, kept, chosen) => {
    expect(parseChoices(kept)).toEqual({ ...DEFAULT_CHOICES, ...chosen })
  })
})
