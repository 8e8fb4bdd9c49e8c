// A reproduction as TypeScript: tests for Vitest on this runtime.

import type { Preview } from '../../../runtime/protocol'
import { isBigint, isNumber, quoted } from './quoted'
import { unquoted } from './repro-python'
import type { Act, ErrorName, Reproduction, ReproductionStep } from './reproduction'

/** One file with a test for each. */
export function typescriptTests(reproductions: readonly Reproduction[]): string {
  const errors = new Set<ErrorName>()
  for (const { steps } of reproductions) for (const step of steps) if (step.do === 'fails') errors.add(step.error)
  errors.delete('TypeError')
  return [
    '// Made by Contextvars DevTools: what was recorded in a page, as sets, resets and copies.',
    '',
    importLine(['Context', 'ContextVar', ...errors], 'contextvars-devtools'),
    importLine(['expect', 'test'], 'vitest'),
    ...reproductions.flatMap((one) => ['', ...typescriptTest(one)]),
    '',
  ].join('\n')
}

const importLine = (names: string[], from: string) => `import { ${names.sort().join(', ')} } from '${from}'`

function typescriptTest({ title, what, steps }: Reproduction): string[] {
  return [
    `test(${quoted(title)}, () => {`,
    ...(what === '' ? [] : [`  // ${what}`]),
    ...steps.map((step) => `  ${line(step)}${step.where === null ? '' : ` // ${step.where}`}`),
    '})',
  ]
}

function line(step: ReproductionStep): string {
  switch (step.do) {
    case 'note':
      return `// ${step.text}`
    case 'variable': {
      const fallback = step.default === null ? '' : `, { default: ${literal(step.default)} }`
      return `const ${step.name} = new ContextVar<unknown>(${quoted(step.called)}${fallback})`
    }
    case 'context':
      return `const ${step.name} = ${step.from === null ? 'new Context()' : `${step.from}.copy()`}`
    case 'set':
      return step.token === '_' ? call(step) : `const ${step.token} = ${call(step)}`
    case 'reset':
      return call(step)
    case 'fails':
      return `expect(() => ${call(step.act)}).toThrow(${step.error})`
    case 'holds':
      return step.value === null
        ? `expect(${step.context}.has(${step.variable})).toBe(false)`
        : `expect(${step.context}.get(${step.variable})).toBe(${literal(step.value)})`
  }
}

function call(act: Act): string {
  switch (act.do) {
    case 'get':
      return `${act.context}.run(() => ${act.variable}.get())`
    case 'set':
      return `${act.context}.run(() => ${act.variable}.set(${literal(act.value)}))`
    case 'reset':
      // What is no token is none to the compiler, either.
      return act.token === null
        ? `${act.context}.run(() => Reflect.apply(${act.variable}.reset, ${act.variable}, [{}]))`
        : `${act.context}.run(() => ${act.variable}.reset(${act.token}))`
    case 'enter twice':
      return `${act.context}.run(() => ${act.context}.run(() => {}))`
  }
}

/** What can be written; anything else is its picture, as text. */
function literal({ kind, text }: Preview): string {
  switch (kind) {
    case 'null':
    case 'undefined':
      return kind
    case 'boolean':
      return text === 'true' ? 'true' : 'false'
    case 'bigint':
      return isBigint(text) ? text : quoted(text)
    case 'number':
      return isNumber(text) || /^(NaN|-?Infinity)$/.test(text) ? text : quoted(text)
    case 'string':
      return quoted(unquoted(text))
    default:
      return quoted(text)
  }
}
