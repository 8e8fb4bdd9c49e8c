// A reproduction as Python: a function for pytest in a file that runs by itself, on nothing but `contextvars`.

import type { Preview } from '../../../runtime/protocol'
import { isBigint, isNumber, quoted } from './quoted'
import type { Act, Reproduction, ReproductionStep } from './reproduction'

/** One file with a test for each. */
export function pythonTests(reproductions: readonly Reproduction[]): string {
  const names = reproductions.map(({ title }, index) => testName(title, index))
  return [
    '# Made by Contextvars DevTools: what was recorded in a page, as sets, resets and copies in Python.',
    '# `python3` runs it as it is (3.7 or newer), and so does pytest.',
    '',
    'from contextvars import Context, ContextVar',
    ...reproductions.flatMap((one, index) => ['', '', ...pythonTest(one, names[index] ?? 'test_it')]),
    '',
    '',
    "if __name__ == '__main__':",
    ...(names.length === 0 ? ['    pass'] : names.map((name) => `    ${name}()`)),
    '',
  ].join('\n')
}

function pythonTest({ title, what, steps }: Reproduction, name: string): string[] {
  const body = steps.flatMap(lines)
  return [
    `def ${name}():`,
    `    # ${title}`,
    ...(what === '' ? [] : [`    # ${what}`]),
    ...body.map((line) => `    ${line}`),
    ...(body.every((line) => line.startsWith('#')) ? ['    pass'] : []),
  ]
}

const testName = (title: string, index: number): string => {
  const words = title
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
  return `test_${index + 1}_${words.slice(0, 60)}`
}

function lines(step: ReproductionStep): string[] {
  const at = step.where === null ? '' : `  # ${step.where}`
  switch (step.do) {
    case 'note':
      return [`# ${step.text}`]
    case 'variable': {
      const fallback = step.default === null ? '' : `, default=${literal(step.default)}`
      return [`${step.name} = ContextVar(${quoted(step.called)}${fallback})${at}`]
    }
    case 'context':
      return [`${step.name} = ${step.from === null ? 'Context()' : `${step.from}.copy()`}${at}`]
    case 'set':
      return [`${step.token} = ${call(step)}${at}`]
    case 'reset':
      return [`${call(step)}${at}`]
    case 'fails':
      return [
        'try:',
        `    ${call(step.act)}${at}`,
        `except ${step.error} as error:`,
        `    print('${step.error}:', error)`,
        'else:',
        `    raise AssertionError('there was no ${step.error}')`,
      ]
    case 'holds': {
      const value = step.value === null ? null : literal(step.value)
      const found = `${step.context}.get(${step.variable})`
      if (value === null) return [`assert ${step.variable} not in ${step.context}`]
      return [value === "float('nan')" ? `assert ${found} != ${found}` : `assert ${found} == ${value}, ${found}`]
    }
  }
}

function call(act: Act): string {
  switch (act.do) {
    case 'get':
      return `${act.context}.run(${act.variable}.get)`
    case 'set':
      return `${act.context}.run(${act.variable}.set, ${literal(act.value)})`
    case 'reset':
      return `${act.context}.run(${act.variable}.reset, ${act.token ?? 'object()'})`
    case 'enter twice':
      return `${act.context}.run(${act.context}.run, print)`
  }
}

/** What can be written in Python; anything else is its picture, as text. */
function literal({ kind, text }: Preview): string {
  switch (kind) {
    case 'null':
    case 'undefined':
      return 'None'
    case 'boolean':
      return text === 'true' ? 'True' : 'False'
    case 'bigint':
      return isBigint(text) ? text.slice(0, -1) : quoted(text)
    case 'number':
      return number(text)
    case 'string':
      return quoted(unquoted(text))
    default:
      return quoted(text)
  }
}

function number(text: string): string {
  if (text === 'NaN') return "float('nan')"
  if (/^-?Infinity$/.test(text)) return `float('${text.startsWith('-') ? '-' : ''}inf')`
  if (text === '-0') return '-0.0'
  return isNumber(text) ? text : quoted(text)
}

/** What a quoted text says; one that was cut is taken as it is. */
export function unquoted(text: string): string {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'string' ? value : text
  } catch {
    return text
  }
}
