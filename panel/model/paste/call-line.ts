// Lines with a call that is to run elsewhere: in a task, in a copy, or here.

import { bracketed, listed } from './brackets'
import { occurrences, repeatableSet } from './set-line'
import type { SourceText } from './source-text'
import { beginsStatement } from './statement'
import { RESERVED } from './template'

/** What an arrow function may not say for the function that it stands in. */
const BOUND = /(?<![\w$.])(?:await|yield|arguments)(?![\w$])/

/** The calls of a function: each its own task, so that what one sets is nothing to the other. */
export function inTask(source: SourceText, number: number, name: string): string | null {
  const line = source.line(number)
  const word = /[\w$]+$/.exec(name)?.[0]
  if (line === null || word === undefined || RESERVED.test(word)) return null
  return gathered(line, word) ?? oneInTask(line, word, beginsStatement(source, number))
}

/** `Promise.all([load(a), load(b)])` -> `gather(() => load(a), () => load(b))`. */
function gathered(line: string, word: string): string | null {
  const all = /(?<![\w$.#?])Promise\.all\(\[/.exec(line)
  if (all === null || occurrences(line, 'Promise.all(') !== 1 || /\bnew\s*$/.test(line.slice(0, all.index))) return null
  const found = listed(line, all.index + all[0].length - 1)
  if (found === null || line.charAt(found.close + 1) !== ')') return null
  const { items, close } = found
  if (!items.every(isCall) || !items.some((item) => item.startsWith(`${word}(`) || item.includes(`.${word}(`)))
    return null
  const calls = items.map((item) => `() => ${item}`)
  return `${line.slice(0, all.index)}gather(${calls.join(', ')})${line.slice(close + 2)}`
}

/** One call, from its first character to its last. */
function isCall(code: string): boolean {
  const head = /^[A-Za-z_$][\w$]*(?:\.#?[\w$]+)*\(/.exec(code)?.[0]
  if (head === undefined || BOUND.test(code) || RESERVED.test(/^[\w$]+/.exec(head)?.[0] ?? '')) return false
  return bracketed(code, head.length - 1)?.close === code.length - 1
}

function oneInTask(line: string, word: string, begins: boolean): string | null {
  const found = onlyCall(line, word)
  if (found === null) return null
  const { before, code, after } = found
  // Nobody waits for it there, so the task will do; elsewhere its promise takes the place of the call's.
  const isStatement = begins && /^\s*(?:void\s+)?$/.test(before) && /^\s*;?\s*(?:\/\/.*)?$/.test(after)
  return `${before}createTask(() => ${code})${isStatement ? '' : '.result'}${after}`
}

/** `setInterval(work, 10)` -> `new Context().run(() => setInterval(work, 10))`. */
export function anew(line: string, word: string): string | null {
  const found = word === '' || RESERVED.test(word) ? null : onlyCall(line, word)
  return found === null ? null : `${found.before}new Context().run(() => ${found.code})${found.after}`
}

/** `bell.addEventListener('click', answer)` -> `bell.addEventListener('click', wrap(answer))`. */
export function listening(line: string): string | null {
  const found = onlyCall(line, 'addEventListener')
  const head = found === null ? null : LISTENER.exec(found.code)
  const [all = '', start = '', listener = ''] = head ?? []
  if (found === null || head === null || RESERVED.test(listener)) return null
  return `${found.before}${start}wrap(${listener})${found.code.slice(all.length)}${found.after}`
}

/** The call up to a listener that is named. */
const LISTENER = /^([^('"`]*addEventListener\(\s*(?:'[^'\\]*'|"[^"\\]*")\s*,\s*)([A-Za-z_$][\w$]*)(?=\s*[,)])/

/** The one call of a function, or of a method, of that name, and what stands around it. */
function onlyCall(line: string, word: string): { before: string; code: string; after: string } | null {
  const call = new RegExp(
    `(?<![\\w$.#?@)\\]'"\`])(?:[A-Za-z_$][\\w$]*\\.(?:#?[\\w$]+\\.)*#?)?${word.replaceAll('$', '\\$')}\\(`,
    'g',
  )
  const [match, ...others] = [...line.matchAll(call)]
  if (match === undefined || others.length > 0 || occurrences(line, `${word}(`) !== 1) return null
  const close = bracketed(line, match.index + match[0].length - 1)?.close
  if (close === undefined) return null
  const [before, after] = [line.slice(0, match.index), line.slice(close + 1)]
  const code = line.slice(match.index, close + 1)
  if (!isCall(code) || /(?<![\w$.])(?:new|function|async|get|set|static|extends)\s*\*?\s*$|\*\s*$/.test(before))
    return null
  // A method's head, or an arrow function's, looks like a call; and on the left side of `=` stands none.
  return /^\s*(?:[{:`]|=)/.test(after) ? null : { before, code, after }
}

const TASK = /(?<![\w$.#?])createTask\(/

/** `createTask(work)` -> `createTask(() => { user.set('ada'); return work() })`. */
export function settingInTask(line: string, set: string): string | null {
  const repeated = repeatableSet(set)
  const work = /(?<![\w$.#?])createTask\(\s*([A-Za-z_$][\w$]*)\s*(?=[,)])/.exec(line)
  const name = work?.[1]
  if (repeated === null || work === null || name === undefined || RESERVED.test(name)) return null
  if (occurrences(line, 'createTask(') !== 1) return null
  return line.replace(work[0], () => `createTask(() => { ${repeated}; return ${name}() }`)
}

/** `await createTask(work, { name }).result` -> `await work()`. */
export function withoutTask(line: string): string | null {
  const task = TASK.exec(line)
  if (task === null || occurrences(line, 'createTask(') !== 1) return null
  if (!/(?<![\w$.])await\s+$/.test(line.slice(0, task.index))) return null
  const found = listed(line, task.index + task[0].length - 1)
  const work = found?.items[0]
  if (found === null || work === undefined || !line.startsWith('.result', found.close + 1)) return null
  const call = /^[A-Za-z_$][\w$]*$/.test(work) && !RESERVED.test(work) ? `${work}()` : bodyOf(work)
  const after = line.slice(found.close + 1 + '.result'.length)
  return call === null || /^[\w$]/.test(after) ? null : line.slice(0, task.index) + call + after
}

function bodyOf(work: string): string | null {
  const body = /^\(\)\s*=>\s*(.*)$/.exec(work)?.[1]
  return body !== undefined && isCall(body) ? body : null
}

/** `context.run(work)` -> `context.copy().run(work)`. */
export function inCopy(line: string): string | null {
  if (occurrences(line, '.run(') !== 1) return null
  return /[\w$)\]]\??\.run\(/.test(line) ? line.replace('.run(', '.copy().run(') : null
}

export function inherited(line: string): string | null {
  const empty = /(?<![\w$.])new\s+Context\(\s*\)/g
  return line.match(empty)?.length === 1 ? line.replace(empty, 'copyContext()') : null
}

export function inheritedInTask(line: string): string | null {
  const spawn = /(?<![\w$.#?])spawn\(/g
  return line.match(spawn)?.length === 1 ? line.replace(spawn, 'createTask(') : null
}
