// Problems as warnings on the console, with the real runtime and the real recorder.

import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { warnOfProblems } from '../../panel/testing'
import { ContextVar, copyContext } from '../../runtime'
import { createTask, gather, install } from '../../runtime/async'
import { OUTLET_KEY } from '../../runtime/protocol'
import { record } from '../../runtime/recorder'

const user = new ContextVar<string>('user')
const warn = vi.spyOn(console, 'warn')
let end = () => {}

beforeEach(() => {
  vi.useFakeTimers()
  warn.mockReset()
})
afterEach(() => {
  end()
  Reflect.deleteProperty(globalThis, OUTLET_KEY)
  vi.useRealTimers()
})

const warnings = (): string[] => warn.mock.calls.map(([text]) => String(text))

function resetTwice(): void {
  copyContext().run(() => {
    const token = user.set('ada')
    user.reset(token)
    expect(() => user.reset(token)).toThrow()
  })
}

test('each problem is told once, when it is found, with its line and its advice', () => {
  end = warnOfProblems()
  vi.advanceTimersByTime(5_000)
  expect(warnings()).toEqual([])
  for (let round = 0; round < 3; round++) {
    resetTwice()
    vi.advanceTimersByTime(1_000)
  }
  expect(warnings()).toHaveLength(1)
  expect(warnings()[0]).toMatch(/^Contextvars\nerror +Token used twice: user\n/)
  expect(warnings()[0]).toMatch(/warnings\.test\.ts:\d+/)
  expect(warnings()[0]).toContain('using _token = user.set(value)')
})

test('notes only where they are asked for, and nothing after its end but a last look', async () => {
  end = warnOfProblems({ from: 'info' })
  await createTask(() => void user.set('ada')).result
  end()
  expect(warnings()).toHaveLength(1)
  resetTwice()
  vi.advanceTimersByTime(5_000)
  expect(warnings()).toHaveLength(1)
})

test('where the extension records the page, its recording is read, and goes on', () => {
  const extension = record({ budget: 1 })
  Object.defineProperty(globalThis, OUTLET_KEY, { value: extension, configurable: true })
  end = warnOfProblems()
  resetTwice()
  vi.advanceTimersByTime(1_000)
  expect(warnings()).toHaveLength(1)
  end()
  const before = JSON.parse(extension.where()).last
  resetTwice()
  expect(JSON.parse(extension.where()).last).toBeGreaterThan(before)
  extension.stop()
})

test('and where it comes later, too', () => {
  end = warnOfProblems()
  const extension = record({ budget: 1 })
  Object.defineProperty(globalThis, OUTLET_KEY, { value: extension, configurable: true })
  resetTwice()
  vi.advanceTimersByTime(1_000)
  expect(warnings()).toHaveLength(1)
  extension.stop()
})

test('what means nothing is refused', () => {
  expect(() => warnOfProblems({ from: 'all' as never })).toThrow(/warnOfProblems: `from` is "all"/)
})

test('of work that goes on nothing is said, wherever it began', async () => {
  vi.useRealTimers()
  const uninstall = install()
  end = warnOfProblems({ from: 'info', every: 1 })
  try {
    const sleep = (delay: number) => new Promise((resolve) => setTimeout(resolve, delay))
    const read = () => sleep(1).then(() => user.get())
    async function handle(name: string): Promise<string> {
      using _ = user.set(name)
      const read1 = await createTask(read).result
      const [read2] = await gather(read)
      const read3 = await sleep(1).then(() => user.get())
      await sleep(20)
      return [read1, read2, read3, user.get()].join()
    }
    expect(await handle('ada')).toBe('ada,ada,ada,ada')
    const click = new EventTarget()
    const clicked = new Promise((done) => click.addEventListener('click', () => void handle('bob').then(done)))
    click.dispatchEvent(new Event('click'))
    const timed = new Promise((done) => setTimeout(() => void handle('cid').then(done)))
    const ran = copyContext().run(() => handle('dan'))
    expect(await Promise.all([clicked, timed, ran])).toHaveLength(3)
    // After an await, a function is alone on its stack.
    async function load(): Promise<string> {
      await sleep(1)
      return await createTask(read).result
    }
    async function outer(): Promise<string> {
      using _ = user.set('eve')
      const read = await load()
      await sleep(20)
      return read
    }
    expect(await outer()).toBe('eve')
    expect(warnings()).toEqual([])
  } finally {
    uninstall()
  }
})
