// A source that asks before somebody listens: nothing is lost, nothing comes in another order, and it waits for who takes in its facts.

import { expect, it } from 'vitest'
import { askedAhead } from '../../panel/source/asked-ahead'
import type { Source, SourceListener } from '../../panel/source/source'
import type { Batch, OutlinePart, Where } from '../../runtime/protocol'

/** A source that says what it is told to, and a listener that notes it. */
function between() {
  let say: SourceListener | undefined
  const heard: unknown[] = []
  const source: Source = {
    start(listener) {
      say = listener
      return () => heard.push('ended')
    },
  }
  const ahead = askedAhead(source)
  if (say === undefined) throw new Error('It asks at once.')
  const listener: SourceListener = {
    link: ({ state }) => heard.push(state),
    epoch: (epoch) => heard.push(epoch),
    outline: (part, isFirst) => heard.push([part, isFirst]),
    batch: ({ last }) => heard.push(last),
    stacks: (stacks) => heard.push(stacks),
    where: ({ current }) => heard.push(current),
    pace: ({ wait }) => heard.push(wait),
    held: ({ state }) => heard.push(state),
    breaks: (held) => heard.push(held),
  }
  return { say, heard, ahead, listener }
}

const part: OutlinePart = { last: 1, next: null, looks: [], rows: [] }
const batch = (last: number) => ({ last }) as Batch

it('what was heard before comes first, in its order', async () => {
  const { say, heard, ahead, listener } = between()
  say.epoch('one')
  say.outline?.(part, true)
  say.batch(batch(1))
  say.stacks?.({})
  say.where({ current: 2 } as Where)
  say.link({ state: 'live' })
  say.pace({ wait: 50, read: 1, last: 1 })
  say.held({ state: 'fixed' })
  say.breaks?.(null)
  await Promise.resolve()
  expect(heard).toEqual([])
  const end = ahead.start(listener)
  await say.batch(batch(3))
  expect(heard).toEqual(['one', [part, true], 1, {}, 2, 'live', 50, 'fixed', null, 3])
  end()
  expect(heard.at(-1)).toBe('ended')
})

it('who asks for more waits until the facts were taken in', async () => {
  const { say, ahead, listener } = between()
  let takeIn = () => {}
  let isTaken = false
  const taken = Promise.resolve(say.batch(batch(1))).then(() => {
    isTaken = true
  })
  ahead.start({ ...listener, batch: () => new Promise<void>((resolve) => (takeIn = resolve)) })
  await new Promise((resolve) => setTimeout(resolve))
  expect(isTaken).toBe(false)
  takeIn()
  await taken
  expect(isTaken).toBe(true)
})
