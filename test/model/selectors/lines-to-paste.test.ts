import { expect, test } from 'vitest'
import { type ChangeKind, change, scoped } from '../../../panel/model/fix'
import { filesOf, linesToPaste, sourceText } from '../../../panel/model/selectors/lines-to-paste'
import { NOT_TAKEN, type StackId, type StackTable } from '../../../runtime/protocol'

const code = `function pay() {
  createTask(send)
  user.set(a)
  work()
}
function other() {
  lang.set(a)
  user.reset(t)
}`
const at = (url: string, line: number, name: string) => [{ name, url, line, column: 3 }]
const stacks: StackTable = {
  1: at('a.js', 2, 'pay'),
  2: at('a.js', 3, 'pay'),
  3: at('a.js', 7, 'other'),
  4: at('a.js', 8, 'other'),
  5: at('b.js', 7, 'pay'),
  6: [...at('b.js', 7, 'pay'), ...at('a.js', 3, 'pay')],
}
const texts = new Map([
  ['a.js', sourceText(code)],
  ['b.js', sourceText(code)],
])
const id = (stack: number) => stack as StackId
const linesOf = (...fix: Parameters<typeof linesToPaste>[1]) =>
  linesToPaste(stacks, fix, texts).map(({ line }) => line?.trim())

test('the words of a set are taken where they mean the same: in its function, or, what is set on, in its file', () => {
  const from = (kind: ChangeKind, stack: number, set: number) => change(kind, id(stack), { name: 'user', set: id(set) })
  expect(linesOf(from('set-in-task', 1, 2))).toEqual(['createTask(() => { user.set(a); return send() })'])
  expect(linesOf(from('set-in-task', 1, 3))).toEqual(['createTask(() => { user.set(value); return work() })'])
  expect(linesOf(from('set-in-task', 1, 5))).toEqual(['createTask(() => { user.set(value); return work() })'])
  expect(linesOf(from('reset', 4, 3))).toEqual(['lang.reset(t)'])
  expect(linesOf(from('reset', 4, 2))).toEqual(['user.reset(t)'])
  expect(linesOf(from('reset', 4, 5))).toEqual(['user.reset(token)'])
})

test('the line is that of the frame that is asked for', () => {
  expect(linesOf(change('using', id(6), { name: 'user', frame: 1 }))).toEqual(['using _token = user.set(a)'])
  expect(filesOf(stacks, [change('using', id(6), { frame: 1 })])).toEqual(['a.js'])
})

test('without its text, or its place, there is a pattern', () => {
  const fix = scoped('user', id(2), [NOT_TAKEN])
  const lines = linesToPaste(stacks, fix, new Map())
  expect(lines.map(({ line, old, isPlaced, lost }) => [line, old, isPlaced, lost])).toEqual([
    ['using _token = user.set(value)', null, true, 'user.reset(token)'],
    [null, null, false, 'user.reset(token)'],
  ])
  expect(filesOf(stacks, [...fix, ...fix])).toEqual(['a.js'])
})

test('a reset goes with its set only in the same file', () => {
  const kept = sourceText('function f() {\n  const t = user.set(a)\n  work()\n  user.reset(t)\n}')
  const places: StackTable = { 1: at('a.js', 2, 'f'), 2: at('a.js', 4, 'f'), 3: at('b.js', 4, 'f') }
  const files = new Map([
    ['a.js', kept],
    ['b.js', kept],
  ])
  const first = (reset: number) => linesToPaste(places, scoped('user', id(1), [id(reset)]), files)[0]?.line
  expect(first(2)).toBe('  using _t = user.set(a)')
  expect(first(3)).toBe('using _token = user.set(value)')
})

test('what was attached and is kept already needs no line for that', () => {
  const attach: StackTable = { 1: at('a.js', 2, 'f') }
  const [keep, dispose] = [change('keep-attached', id(1)), change('dispose', id(1))]
  const lines = (line: string) =>
    linesToPaste(attach, [keep, dispose], new Map([['a.js', sourceText(`function f() {\n  ${line}\n}`)]])).map(
      ({ old, line }) => [old?.trim() ?? null, line?.trim()],
    )
  expect(lines('otel.attach(a)')).toEqual([
    ['otel.attach(a)', 'const attached = otel.attach(a)'],
    [null, 'attached.dispose()'],
  ])
  expect(lines('const token = otel.attach(a)')).toEqual([[null, 'token.dispose()']])
})
