import { afterEach, expect, test } from 'vitest'
import { fromCaller } from '../../panel/model/from-caller'
import { assertNoProblems, startRecording } from '../../panel/testing'
import { ContextVar, copyContext } from '../../runtime'

let stop = () => {}
afterEach(() => stop())

const frame = (name: string, url = 'https://shop.example/app.js') => ({ name, url, line: 1, column: 1 })
const names = (...frames: ReturnType<typeof frame>[]) => fromCaller(frames).map(({ name }) => name)

test('what acts for a line is left out above it', () => {
  expect(names(frame('attach', 'https://x/node_modules/@opentelemetry/api/context.mjs'), frame('serve'))).toEqual([
    'serve',
  ])
  expect(names(frame('d', 'https://x/@oxc-project/runtime/helpers/usingCtx.js'), frame('serve'))).toEqual(['serve'])
  expect(names(frame('next'), frame('__callDispose'), frame('serve'), frame('main'))).toEqual(['serve', 'main'])
  expect(names(frame('next'), frame('__disposeResources'), frame('serve'))).toEqual(['serve'])
})

test('and nothing else is', () => {
  expect(names(frame('serve'), frame('main'))).toEqual(['serve', 'main'])
  expect(names(frame('next'), frame('main'))).toEqual(['next', 'main'])
  expect(names(frame('a'), frame('b'), frame('c'), frame('__callDispose'), frame('main'))).toHaveLength(5)
  expect(names(frame('next'), frame('__callDispose'))).toEqual(['next', '__callDispose'])
  expect(names()).toEqual([])
})

test('the end of a block is the line of a reset, whatever the compiler made of `using`', () => {
  const recording = startRecording()
  stop = () => recording.stop()
  const user = new ContextVar<string>('user')
  copyContext().run(() => {
    const work = () => {
      using _user = user.set('ada')
    }
    work()
    expect(() => user.get()).toThrow(/user/)
  })
  const [finding] = recording.findings()
  const reset = finding?.evidence.find(({ label }) => label.startsWith('reset user'))
  expect(reset).toBeDefined()
  expect(lineOf(reset?.label ?? '')).toMatch(/from-caller\.test\.ts:\d+/)

  /** As a person reads it. */
  function lineOf(label: string): string {
    try {
      assertNoProblems(recording)
    } catch (error) {
      return (
        String(error)
          .split('\n')
          .find((line) => line.includes(label)) ?? ''
      )
    }
    return ''
  }
})
