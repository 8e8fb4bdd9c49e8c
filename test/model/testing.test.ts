// The rules in a test suite, with the real runtime and the real recorder.

import { afterEach, describe, expect, test } from 'vitest'
import { parseRecording } from '../../panel/model/recording'
import { assertNoProblems, startRecording } from '../../panel/testing'
import { ContextVar, copyContext } from '../../runtime'
import { createTask, install, type Task } from '../../runtime/async'

const user = new ContextVar<string>('user')
const lang = new ContextVar<string>('lang')

let stop = () => {}
afterEach(() => stop())

function recorded() {
  const recording = startRecording()
  stop = () => recording.stop()
  return recording
}

function message(check: () => void): string {
  try {
    check()
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
  throw new Error('nothing was thrown')
}

describe('assertNoProblems', () => {
  test('is content with code that undoes what it sets', () => {
    const recording = recorded()
    copyContext().run(() => {
      const token = user.set('ada')
      expect(user.get()).toBe('ada')
      user.reset(token)
    })
    assertNoProblems(recording)
    assertNoProblems()
  })

  test('says how what is meant to be so is muted, and a muted note hides nothing worse', async () => {
    const recording = recorded()
    const uninstall = install()
    await createTask(() => void user.set('ada')).result
    const text = message(() => assertNoProblems(recording, { from: 'info' }))
    const [, line = ''] =
      /\{ mutes: \[\{ rule: 'forgotten-reset', line: '(testing\.test\.ts:\d+)', severity: 'info', reason: '…' \}\] \}/.exec(
        text,
      ) ?? []
    expect(line).not.toBe('')
    assertNoProblems(recording, {
      from: 'info',
      mutes: [{ rule: 'forgotten-reset', line, severity: 'info', reason: 'so' }],
    })
    uninstall()
  })

  test('is not content where it cannot tell: what is missing may have been a problem', () => {
    const recording = startRecording({ log: { facts: 100 } })
    stop = () => recording.stop()
    copyContext().run(() => {
      const token = user.set('ada')
      user.reset(token)
      expect(() => user.reset(token)).toThrow()
      for (let round = 0; round < 100; round++) user.reset(user.set('eve'))
    })
    const text = message(() => assertNoProblems(recording))
    expect(text).toMatch(/^[\d,]+ facts missing: 1–.*\. What is missing may be a problem: record less in one test, or /)
  })

  test('tells both lines of a function that resets on one path and not on another', async () => {
    const recording = recorded()
    const uninstall = install()
    const open = async (name: string, isKnown: boolean) => {
      const token = user.set(name)
      await null
      if (!isKnown) return 'nobody'
      user.reset(token)
      return name
    }
    await createTask(() => open('ada', true)).result
    assertNoProblems({ from: 'info' })
    await createTask(() => open('eve', false)).result
    uninstall()
    assertNoProblems(recording)
    const text = message(() => assertNoProblems(recording, { from: 'info' }))
    expect(text).toContain('Never reset: user')
    expect(text).toContain('one of its paths may miss that')
    expect(text).toMatch(/without user\.reset\(token\) {2}testing\.test\.ts:\d+/)
  })

  test('asks a rule on request, and then fails for what it finds, though that is a note', async () => {
    const recording = recorded()
    const uninstall = install()
    const owner = new ContextVar('owner', { default: 'nobody' })
    let over = () => {}
    const isOver = new Promise<void>((resolve) => {
      over = resolve
    })
    const request = (name: string, begin = () => {}) =>
      createTask(async () => {
        using _owner = owner.set(name)
        begin()
      }).result
    let writer: Task<void> | null = null
    await request('ada', () => {
      writer = createTask(async () => {
        owner.get()
        await isOver
      })
    })
    await request('bob')
    assertNoProblems(recording, { from: 'info' })
    expect(recording.findings()).toEqual([])
    expect(recording.findings({ also: ['outlived-value'] })).toMatchObject([{ rule: 'outlived-value' }])
    expect(message(() => assertNoProblems(recording, { also: ['outlived-value'] }))).toContain(
      'works with owner = "ada"',
    )
    over()
    await (writer as Task<void> | null)?.result
    uninstall()
  })

  test('says what it may come of that nobody has called install()', () => {
    const broken = () => {
      const token = user.set('ada')
      user.reset(token)
      expect(() => user.reset(token)).toThrow('used')
    }
    const said = /^Problems: 1 error.*\nNobody has called `install\(\)`/
    const recording = recorded()
    broken()
    expect(message(() => assertNoProblems(recording))).toMatch(said)
    const uninstall = install()
    broken()
    expect(message(() => assertNoProblems(recording))).not.toMatch(said)
    uninstall()
  })

  test('names the lines that the test runner shows, not those of the code that it made', () => {
    const shown = Error.prepareStackTrace
    recorded()
    copyContext().run(() => {
      const token = user.set('ada')
      user.reset(token)
      expect(() => user.reset(token)).toThrow(/already been used/)
    })
    Error.prepareStackTrace = (error, sites) =>
      String(shown?.(error, sites)).replace(/testing\.test\.ts:\d+:\d+/, 'written.ts:7:1')
    try {
      expect(message(() => assertNoProblems())).toContain('written.ts:7')
    } finally {
      Error.prepareStackTrace = shown
    }
  })

  test('its stack is one as runners print it: the message, and then the line of the test', () => {
    recorded()
    copyContext().run(() => {
      const token = user.set('ada')
      user.reset(token)
      expect(() => user.reset(token)).toThrow(/already been used/)
    })
    let thrown: unknown
    try {
      assertNoProblems()
    } catch (error) {
      thrown = error
    }
    const { name, message: text, stack = '' } = thrown as Error
    expect(stack.startsWith(`${name}: ${text}\n    at `)).toBe(true)
    expect(stack.slice(stack.indexOf('\n    at ')).split('\n')[1]).toContain('testing.test.ts')
  })

  test('throws what a person would read in the panel', () => {
    recorded()
    copyContext().run(() => {
      const token = user.set('ada')
      user.reset(token)
      expect(() => user.reset(token)).toThrow(/already been used/)
    })
    const text = message(() => assertNoProblems())
    expect(text).toMatch(/^Problems: 1 error\n/)
    expect(text).toContain('Token used twice: user')
    expect(text).toContain('testing.test.ts:')
    expect(text).toContain('using _token = user.set(value)')
    expect(text).toContain('base')
  })

  test.each([
    ['Token of another variable', () => lang.reset(user.set('x') as never)],
    [
      'Token of another context',
      () => {
        const token = user.set('x')
        copyContext().run(() => user.reset(token))
      },
    ],
    ['Lookup without a value', () => lang.get()],
  ])('%s', (title, mistake) => {
    const recording = recorded()
    expect(() => copyContext().run(mistake)).toThrow()
    expect(recording.findings().map((finding) => finding.title.split(':')[0])).toContain(title)
    expect(message(() => assertNoProblems(recording))).toContain(title)
  })

  test('a value that a finished run left behind, once it is inherited', () => {
    const recording = recorded()
    const context = copyContext()
    context.run(() => user.set('left behind'))
    assertNoProblems(recording)
    const heir = context.copy()
    heir.run(() => expect(user.get()).toBe('left behind'))
    expect(message(() => assertNoProblems(recording))).toContain('Forgotten reset: user')
  })

  test('can be as strict as one likes', () => {
    const recording = recorded()
    copyContext().run(() => user.set('x'))
    assertNoProblems(recording)
    expect(message(() => assertNoProblems(recording, { from: 'info' }))).toContain('Never reset: user')
    expect(message(() => assertNoProblems({ from: 'info' }))).toContain('Never reset: user')
  })

  test.each(['bogus', 'toString', null])('refuses the severity %j in one sentence', (from) => {
    const recording = recorded()
    expect(message(() => assertNoProblems(recording, { from: from as never }))).toBe(
      `assertNoProblems: \`from\` is ${JSON.stringify(from)}, not 'error', 'warning' or 'info'.`,
    )
  })

  test('sees all of a long recording', () => {
    const recording = recorded()
    copyContext().run(() => {
      for (let round = 0; round < 6_000; round++) user.reset(user.set('x'))
      expect(() => lang.get()).toThrow()
    })
    expect(message(() => assertNoProblems(recording))).toContain('Lookup without a value: lang')
  })

  test('knows only what happened since, and until', () => {
    const first = recorded()
    expect(() => copyContext().run(() => lang.get())).toThrow()
    first.stop()
    expect(message(() => assertNoProblems(first))).toContain('Lookup without a value')
    const second = recorded()
    assertNoProblems(second)
    second.stop()
    expect(() => copyContext().run(() => lang.get())).toThrow()
    assertNoProblems(second)
  })
})

describe('toText', () => {
  test('is a file that can be opened: all that happened so far, without credentials unless it is asked for them', () => {
    const recording = recorded()
    const password = new ContextVar<string>('password')
    const factsOf = (text: string) => {
      const read = parseRecording(text)
      if (!read.ok) throw new Error(read.error)
      expect(read).toMatchObject({ ignored: 0, recording: { page: { title: 'nightly' } } })
      return read.recording.facts
    }
    user.reset(user.set('ada'))
    const before = factsOf(recording.toText({ title: 'nightly' }))
    expect(before.map(({ type }) => type)).toEqual(expect.arrayContaining(['var-set', 'var-reset']))
    copyContext().run(() => password.set('swordfish'))
    const text = recording.toText({ title: 'nightly' })
    expect(factsOf(text).slice(0, before.length)).toEqual(before)
    expect(text).not.toContain('swordfish')
    expect(recording.toText({ redacted: false })).toContain('swordfish')
  })
})
