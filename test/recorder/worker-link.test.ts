// A page and a worker with a recorder, over a real channel: the page asks for what it is asked for, keeps one batch, and believes
// little of what it hears.

import { afterEach, describe, expect, it, vi } from 'vitest'
import { parseWhere, readBatch } from '../../panel/model/recording'
import { contradiction } from '../../panel/source/coherence'
import { ContextVar } from '../../runtime'
import { Recording } from '../../runtime/recorder/recording'
import { WorkerLink } from '../../runtime/recorder/worker-link'
import { answerPage } from '../../runtime/recorder/worker-recorder'

const ends: (() => void)[] = []
afterEach(() => {
  for (const end of ends.splice(0)) end()
})

let names = 0
function open() {
  const name = `worker-link ${++names}`
  const told = vi.fn()
  const worker = new BroadcastChannel(name)
  const asked: unknown[] = []
  worker.onmessage = ({ data }: { data: unknown }) => asked.push(data)
  const link = new WorkerLink(name, told)
  ends.push(
    () => link.close(),
    () => worker.close(),
  )
  const say = (message: unknown) => worker.postMessage(message)
  return { name, link, told, asked, say }
}

describe('the log of a worker', () => {
  it('is read to its end, each answer one that a recorder can give', async () => {
    const { name, link } = open()
    const recording = new Recording({ budget: 1 })
    ends.push(() => recording.stop())
    const variable = new ContextVar<number>('count')
    for (let round = 0; round < 100; round++) variable.set(round)
    expect(link.state).toBe(null)
    ends.push(answerPage(recording, name, String))
    await vi.waitFor(() => expect(link.state).toBe('reached'))

    const { last } = JSON.parse(recording.where()) as { last: number }
    let read = 0
    let epoch: string | null = null
    await vi.waitFor(() => {
      const where = parseWhere(link.where())
      const told = readBatch(link.packed(read))
      if (where === null || told === null) throw new Error('The panel does not understand it.')
      expect(contradiction(told, where, { epoch, asked: read })).toBe(null)
      epoch = told.batch.epoch
      read = told.batch.facts.at(-1)?.seq ?? read
      expect(read).toBeGreaterThanOrEqual(last)
    })
  })

  it('is kept as the page is told to have it kept', async () => {
    const { name, link } = open()
    const recording = new Recording({ stacks: 'all' })
    ends.push(() => recording.stop())
    ends.push(answerPage(recording, name, String))
    await vi.waitFor(() => expect(link.state).toBe('reached'))
    const wanted = {
      stacks: 'none',
      facts: 20_000,
      bytes: 16_000_000,
      callbacks: 'told',
      previews: 'large',
      events: 'dispatch',
    }
    const answered = JSON.parse(link.configure(JSON.stringify({ ...wanted, strange: 1 })))
    await vi.waitFor(() => expect(JSON.parse(recording.configure('{}'))).toEqual(answered))
    expect(answered).toEqual({ ...wanted, budget: 0.05 })
  })

  it('is asked for once, however often the page is asked', async () => {
    const { link, asked, say } = open()
    say(['epoch', 9, '{}'])
    await vi.waitFor(() => expect(link.state).toBe('reached'))
    for (let times = 0; times < 5; times++) link.packed(3)
    link.packed(4)
    await vi.waitFor(() => expect(asked).toEqual([null, 3, 4]))
  })

  it('is there also where it greeted before the page listened', async () => {
    const name = `worker-link ${++names}`
    const recording = new Recording({ budget: 1 })
    ends.push(() => recording.stop(), answerPage(recording, name, String))
    await new Promise((resolve) => setTimeout(resolve, 20))
    const link = new WorkerLink(name, () => {})
    ends.push(() => link.close())
    await vi.waitFor(() => expect(link.state).toBe('reached'))
    expect(link.where()).toBe(recording.where())
    expect(readBatch(link.packed(0))).toMatchObject({ told: 0 })
  })
})

describe('what a worker says', () => {
  it('is left alone where it is no answer', async () => {
    const { link, told, say } = open()
    const lies: unknown[] = [
      null,
      7,
      'epoch',
      {},
      [],
      [1, 2, 3],
      ['epoch', '9', '{}'],
      ['epoch', 9, { toString: 1 }],
      { 0: 'epoch', 1: 9, 2: '{}', length: 3 },
    ]
    for (const lie of lies) say(lie)
    say(['epoch', 9, '{}', '0', 'batch'])
    await vi.waitFor(() => expect(link.state).toBe('reached'))
    // Text is about others.
    expect(told.mock.calls).toEqual([['epoch']])
    // Half of an answer says where the worker stands, and no more.
    expect(link.where()).toBe('{}')
    expect(readBatch(link.packed(0))).toMatchObject({ told: 0, batch: { epoch: 'epoch', last: 0 } })
  })

  it('is kept once: the newest answer alone', async () => {
    const { link, say } = open()
    say(['epoch', 9, '{}', 0, 'first'])
    say(['epoch', 9, '{}', 3, 'second'])
    await vi.waitFor(() => expect(link.packed(3)).toBe('second'))
    expect(link.packed(0)).not.toBe('first')
  })
})
