// The workers of a page, and those that they make in turn, over real channels: each is told of as long as its makers live, and the page
// talks to every one itself.

import { resolveObjectURL } from 'node:buffer'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { readBatch } from '../../panel/model/recording'
import { ContextVar } from '../../runtime'
import type { WorkerNote } from '../../runtime/protocol'
import { Recording } from '../../runtime/recorder/recording'
import { answerPage } from '../../runtime/recorder/worker-recorder'
import { Workers } from '../../runtime/recorder/workers'

const ends: (() => void)[] = []
const endLater = <Ending extends { stop(): void }>(ending: Ending): Ending => {
  ends.push(() => ending.stop())
  return ending
}
afterEach(() => {
  for (const end of ends.splice(0).reverse()) end()
  vi.unstubAllGlobals()
})

/** The classes of one realm, which reads the name and starts nothing. */
function enterRealm(): void {
  class Worker {
    name: string
    constructor(_: unknown, options?: { name?: string }) {
      this.name = `${options?.name}`
    }
    terminate(): void {}
  }
  class SharedWorker extends Worker {}
  vi.stubGlobal('Worker', Worker)
  vi.stubGlobal('SharedWorker', SharedWorker)
}
beforeEach(enterRealm)

/** The channels of the workers that are led to their recorders, in the order in which they are made. */
let channels: string[] = []
const scriptFor = (channelName: string): string => {
  channels.push(channelName)
  return ''
}

const make = (address: string, options?: WorkerOptions) => new globalThis.Worker(address, options)

function openPage() {
  channels = []
  const workers = endLater(new Workers(scriptFor))
  const notes = () => JSON.parse(workers.notes()) as WorkerNote[]
  return { workers, notes, told: () => notes().map(({ url, state }) => `${url.split('/').at(-1)} ${state}`) }
}

/** A worker whose recorder is there, and which makes workers of its own. */
function enterWorker(channelName = channels.at(-1) ?? ''): Recording {
  enterRealm()
  const recording = endLater(new Recording({ budget: 1 }))
  ends.push(answerPage(recording, channelName, scriptFor))
  return recording
}

/** Somebody on the channel of a worker, who may say anything. */
function liar(channelName = channels.at(-1) ?? '') {
  const channel = new BroadcastChannel(channelName)
  ends.push(() => channel.close())
  const answer = () => channel.postMessage(['epoch', 9, '{}'])
  answer()
  return { answer, say: (message: unknown) => channel.postMessage(message) }
}

const address = (worker: Worker): string => /#contextvars=(.*)/.exec(Reflect.get(worker, 'name'))?.[1] ?? ''

describe('a worker that the page makes', () => {
  it('is led to its recorder by its name, until it is there', async () => {
    const { told, workers, notes } = openPage()
    const worker = make('https://a.test/stock.js?x#y')
    expect(Reflect.get(worker, 'name')).toMatch(/^stock\.js#contextvars=blob:/)
    expect(resolveObjectURL(address(worker))).toBeDefined()
    expect(told()).toEqual(['stock.js?x#y waiting'])
    const key = notes()[0]?.key ?? 0
    expect(workers.outlet(key)).toBe(null)
    enterWorker()
    await vi.waitFor(() => expect(told()).toEqual(['stock.js?x#y reached']))
    await vi.waitFor(() => expect(resolveObjectURL(address(worker))).toBeUndefined())
    expect(JSON.parse(workers.outlet(key)?.where() ?? '')).toMatchObject({ current: 1 })
  })

  it('says why it is not reached, and is no more once it is ended', () => {
    const { told } = openPage()
    const named = make('https://a.test/named.js', { name: 'mine' })
    const data = make('data:text/javascript,0')
    new SharedWorker('https://a.test/shared.js')
    expect(Reflect.get(named, 'name')).toBe('mine')
    expect(told()).toEqual(['named.js own-name', 'javascript,0 own-origin', 'shared.js other-kind'])
    data.terminate()
    named.terminate()
    expect(told()).toEqual(['shared.js other-kind'])
  })

  it('is not looked for where its class is none', () => {
    vi.stubGlobal('Worker', 'no class')
    expect(openPage().told()).toEqual([])
  })
})

describe('a worker that a worker makes', () => {
  it('is told of behind its maker, and read by the page itself', async () => {
    const { told, notes, workers } = openPage()
    make('https://a.test/orders.js')
    make('https://a.test/other.js')
    enterWorker(channels[0])
    const nested = make('https://a.test/invoices.js')
    expect(Reflect.get(nested, 'name')).toMatch(/^invoices\.js#contextvars=blob:/)
    make('https://a.test/named.js', { name: 'mine' })
    const [, , channelName] = channels
    await vi.waitFor(() =>
      expect(told()).toEqual(['orders.js reached', 'invoices.js waiting', 'named.js own-name', 'other.js waiting']),
    )
    const recording = enterWorker(channelName)
    await vi.waitFor(() => expect(told()[1]).toBe('invoices.js reached'))
    await vi.waitFor(() => expect(resolveObjectURL(address(nested))).toBeUndefined())

    new ContextVar('total').set(7)
    const { last } = JSON.parse(recording.where()) as { last: number }
    const outlet = workers.outlet(notes()[1]?.key ?? 0)
    await vi.waitFor(() => expect(readBatch(outlet?.packed(0) ?? '')).toMatchObject({ told: last }))
  })

  it('is found where it was there before the page heard of it, and so is what it had made', async () => {
    const { told } = openPage()
    make('https://a.test/first.js')
    const [first] = channels
    // Nobody has told the page of these yet.
    enterWorker('of nobody')
    make('https://a.test/second.js')
    const [, second] = channels
    enterWorker(second)
    make('https://a.test/third.js')
    const key = Number(second?.split(' ').at(-1))
    liar(first).say(
      JSON.stringify([{ key, kind: 'dedicated', url: 'https://a.test/second.js', name: '', state: 'waiting' }]),
    )
    await vi.waitFor(() => expect(told()).toEqual(['first.js reached', 'second.js reached', 'third.js waiting']))
  })

  it('ends with its maker, or when that ends it', async () => {
    const { told } = openPage()
    const orders = make('https://a.test/orders.js')
    enterWorker()
    const first = make('https://a.test/first.js')
    const second = make('https://a.test/second.js')
    enterWorker()
    make('https://a.test/third.js')
    await vi.waitFor(() => expect(told()).toHaveLength(4))
    first.terminate()
    await vi.waitFor(() => expect(told()).toEqual(['orders.js reached', 'second.js reached', 'third.js waiting']))
    second.terminate()
    await vi.waitFor(() => expect(told()).toEqual(['orders.js reached']))
    make('https://a.test/fourth.js')
    orders.terminate()
    expect(told()).toEqual([])
  })
})

describe('what a worker says of those that it made', () => {
  const note = { key: 7, kind: 'dedicated', url: 'https://a.test/b.js', name: '', state: 'own-name' }

  it('is believed one by one, and only what it can know', async () => {
    const { notes } = openPage()
    make('https://a.test/liar.js')
    const said: unknown[] = [
      note,
      { ...note, name: 'the same key' },
      { ...note, key: 0 },
      { ...note, key: 1.5 },
      { ...note, key: '8' },
      { ...note, key: 8, kind: 'service', state: 'other-kind' },
      { ...note, key: 9, kind: 'shared', state: 'waiting' },
      { ...note, key: 10, state: 'reached' },
      { ...note, key: 11, name: 'x'.repeat(2_001) },
      { ...note, key: 12, url: 7 },
      null,
      [],
      { ...note, key: 13, made: [note], link: {} },
    ]
    liar().say(JSON.stringify(said))
    await vi.waitFor(() => expect(notes().slice(1)).toEqual([note, { ...note, key: 13 }]))
  })

  it('changes nothing where it is no list, or longer than any', async () => {
    const { notes } = openPage()
    make('https://a.test/liar.js')
    const { say } = liar()
    say(JSON.stringify([note]))
    await vi.waitFor(() => expect(notes()).toHaveLength(2))
    for (const lie of ['', '{', 'null', '{"length":1}', `[${' '.repeat(1_000_000)}]`, 7, null, {}, [[]]]) say(lie)
    say(JSON.stringify([note, { ...note, key: 8 }]))
    const keysSeen = new Set<number>()
    await vi.waitFor(() => {
      keysSeen.add(notes().length)
      expect(notes()).toHaveLength(3)
    })
    expect([...keysSeen]).not.toContain(1)
  })

  it('is not more than a person follows, all makers together', async () => {
    const { notes, told } = openPage()
    make('https://a.test/liar.js')
    const { say } = liar()
    make('https://a.test/own.js')
    say(JSON.stringify(Array.from({ length: 1_000 }, (_, key) => ({ ...note, key: key + 1 }))))
    await vi.waitFor(() => expect(notes()).toHaveLength(100))
    expect(told().at(-1)).toBe('own.js waiting')
    say('[]')
    await vi.waitFor(() => expect(notes()).toHaveLength(2))
  })

  it('gives nobody a worker of another', async () => {
    const { notes, told } = openPage()
    make('https://a.test/liar.js')
    const { say } = liar()
    make('https://a.test/own.js')
    const [itself, own] = notes()
    say(JSON.stringify([{ ...note, key: own?.key }, { ...note, key: itself?.key }, note]))
    await vi.waitFor(() => expect(told()).toEqual(['liar.js reached', 'b.js own-name', 'own.js waiting']))
    say('[]')
    await vi.waitFor(() => expect(told()).toEqual(['liar.js reached', 'own.js waiting']))
  })
})
