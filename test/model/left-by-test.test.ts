// One test after the other, with the real runtime and the real recorder: what one leaves in the base context, and what the next one reads.

import { afterEach, describe, expect, test } from 'vitest'
import { assertNoProblems, startRecording, type TestRecording } from '../../panel/testing'
import { ContextVar, copyContext } from '../../runtime'
import { createTask, install } from '../../runtime/async'

/** Each test has its own, or would be one of the earlier tests of which it speaks. */
const variable = (name = 'user') => new ContextVar<string>(name, { default: 'nobody' })

/** What the test of somebody finds at its end, as its error says it. */
function found(options = {}): string {
  try {
    assertNoProblems(options)
    return ''
  } catch (error) {
    return (error as Error).message
  }
}

let last: TestRecording | null = null
const begin = (): TestRecording => {
  last = startRecording()
  return last
}
/** A test that is over. */
function earlier(work: () => void): void {
  begin()
  work()
  found()
}

const uninstall = install()
afterEach(() => {
  last?.stop()
  uninstall()
  install()
})

const lineOf = (words: string): RegExp => new RegExp(`${words}.*left-by-test\\.test\\.ts:\\d+:\\d+`)

describe('what stands in the base context when a test is over', () => {
  test('is a note of the test that set it', () => {
    begin()
    const token = variable().set('ada')
    expect(found()).toBe('')
    const text = found({ from: 'info' })
    expect(text).toMatch(/^Problems: 1 note\n/)
    expect(text).toContain('Never reset: user')
    expect(text).toContain('The base context set user to "ada" and has not reset it, though the test is over')
    expect(text).toMatch(lineOf('using _token = user\\.set\\(value\\)'))
    token.var.reset(token)
    expect(found({ from: 'info' })).toBe('')
  })

  test('is told once, as the warning that it is where others read it', async () => {
    begin()
    const user = variable()
    user.set('ada')
    await createTask(() => user.get()).result
    expect(found({ from: 'info' })).toMatch(/^Problems: 1 warning\n/)
  })

  test('may be muted by its line', () => {
    begin()
    variable().set('ada')
    expect(found({ from: 'info', mutes: [{ rule: 'forgotten-reset', variable: 'user', reason: 'meant' }] })).toBe('')
  })

  test.each<[string, (user: ContextVar<string>) => void]>([
    ['what was undone', (user) => user.reset(user.set('ada'))],
    [
      'what was put back by another set',
      (user) => {
        user.set('ada')
        user.set('nobody')
      },
    ],
    ['what a task set, and undid', (user) => void createTask(() => user.reset(user.set('ada')))],
    [
      'what a context of its own has',
      (user) =>
        copyContext().run(() => {
          const token = user.set('ada')
          user.reset(token)
        }),
    ],
  ])('is not %s', (_, work) => {
    const user = variable()
    begin()
    work(user)
    expect(found({ from: 'info' })).toBe('')
  })

  test('is not what was there before any test began', () => {
    const user = variable()
    last?.stop()
    user.set('set by a module')
    begin()
    expect(user.get()).toBe('set by a module')
    expect(found({ from: 'info' })).toBe('')
  })
})

describe('what an earlier test left', () => {
  test('is a warning of the test that reads it, with the line that set it', () => {
    const user = variable()
    earlier(() => user.set('ada'))
    begin()
    expect(user.get()).toBe('ada')
    const text = found()
    expect(text).toMatch(/^Problems: 1 warning\n/)
    expect(text).toContain('An earlier test set user to "ada" in the base context and never reset it')
    expect(text).toContain('in this one, the base context read that value')
    expect(text).toMatch(lineOf('set user = "ada" in the base context'))
  })

  test('also where a task of it does, and several tests later', async () => {
    const user = variable()
    earlier(() => user.set('ada'))
    earlier(() => {})
    begin()
    expect(await createTask(() => user.get(), { name: 'work' }).result).toBe('ada')
    const text = found()
    expect(text).toMatch(/^Problems: 1 warning\n/)
    expect(text).toContain('in this one, task work read that value')
    expect(text).toMatch(lineOf('set user = "ada" in the base context'))
  })

  test('goes along in the file of the recording', () => {
    const user = variable()
    earlier(() => user.set('grace'))
    const recording = begin()
    user.get()
    const { facts, stacks } = JSON.parse(recording.toText())
    const census = facts.find(({ type }: { type: string }) => type === 'census')
    const [base] = census.contexts
    const entry = base.entries.find(({ value }: { value: { text: string } }) => value.text === '"grace"')
    expect(stacks[entry.stack][0].url).toContain('left-by-test.test.ts')
  })

  const leaves = (user: ContextVar<string>) => () => user.set('ada')
  test.each<[string, (user: ContextVar<string>) => () => void, (user: ContextVar<string>) => unknown]>([
    ['nobody reads', leaves, () => {}],
    ['was undone by the time', (user) => () => user.reset(user.set('ada')), (user) => user.get()],
    [
      'the next one sets for itself',
      leaves,
      (user) => {
        const token = user.set('bob')
        user.get()
        user.reset(token)
      },
    ],
    [
      'a task of the next one sets for itself',
      leaves,
      (user) =>
        createTask(() => {
          const token = user.set('bob')
          user.get()
          user.reset(token)
        }),
    ],
  ])('is silent where %s', (_, work, next) => {
    const user = variable()
    earlier(work(user))
    begin()
    next(user)
    expect(found({ from: 'info' })).toBe('')
  })

  test('is not what was set between two tests, before all of a block, say', () => {
    const user = variable()
    earlier(() => {})
    user.set('for all of them')
    begin()
    expect(user.get()).toBe('for all of them')
    expect(found({ from: 'info' })).toBe('')
  })

  test('nor what replaced it there, even if it looks the same', () => {
    const user = variable()
    earlier(() => user.set('ada'))
    user.set('ada')
    begin()
    user.get()
    expect(found({ from: 'info' })).toBe('')
  })

  test('nor what was there when a recording ended: nobody knows what was set after that', () => {
    const user = variable()
    earlier(() => user.set('ada'))
    last?.stop()
    begin()
    user.get()
    expect(found({ from: 'info' })).toBe('')
  })

  test('nor what a test set that never asked', () => {
    const user = variable()
    begin()
    user.set('ada')
    begin()
    user.get()
    expect(found({ from: 'info' })).toBe('')
  })
})
