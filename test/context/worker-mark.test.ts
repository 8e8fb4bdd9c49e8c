// What a worker does with the mark in its name, and what it does not.

import { afterEach, describe, expect, it, vi } from 'vitest'
import { joinRecording, markedName } from '../../runtime/context/worker-mark'

const ADDRESS = 'blob:https://a.test/1234'

afterEach(() => vi.unstubAllGlobals())

function workerOf(name: string, importScripts?: (address: string) => void) {
  const load = vi.fn(importScripts)
  vi.stubGlobal('name', name)
  vi.stubGlobal('origin', 'https://a.test')
  vi.stubGlobal('importScripts', load)
  joinRecording()
  return { name: Reflect.get(globalThis, 'name') as string, loaded: load.mock.calls.flat() }
}

describe('a mark in the name of a worker', () => {
  it.each(['prices.js', '', 'x'.repeat(5_000)])('is taken away, and the label %j', (label) => {
    expect(workerOf(markedName(label, ADDRESS))).toEqual({ name: '', loaded: [ADDRESS] })
  })

  it.each(['prices', '#contextvars=', '#contextvars=https://a.test/x.js', 'x#contextvars=blob:https://b.test/1234'])(
    'is none, and stays: %j',
    (name) => expect(workerOf(name)).toEqual({ name, loaded: [] }),
  )

  it('is given up quietly where nothing can be loaded', () => {
    const refuse = () => {
      throw new TypeError('Module scripts do not support importScripts().')
    }
    expect(workerOf(markedName('prices.js', ADDRESS), refuse).name).toBe('')
  })

  it('is not looked for outside of workers', () => {
    vi.stubGlobal('name', markedName('a window', ADDRESS))
    vi.stubGlobal('origin', 'https://a.test')
    joinRecording()
    expect(Reflect.get(globalThis, 'name')).toBe(markedName('a window', ADDRESS))
  })
})
