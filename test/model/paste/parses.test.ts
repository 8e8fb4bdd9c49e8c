// Whatever a line is rewritten to, the program around it still parses if it did before: for programs of every shape in which a call
// may stand, well formatted and not.

import fc from 'fast-check'
import { parseAst } from 'rolldown/parseAst'
import { expect, test } from 'vitest'
import { type ChangeKind, change } from '../../../panel/model/fix'
import { pasteLine } from '../../../panel/model/paste/paste-line'
import { SourceText } from '../../../panel/model/paste/source-text'

const kinds: ChangeKind[] = [
  'using',
  'drop-reset',
  'reset',
  'task',
  'set-in-task',
  'await',
  'copy',
  'inherit',
  'inherit-in-task',
  'default',
  'freeze',
  'anew',
  'wrap',
  'keep-attached',
  'once',
]

const pick = (...texts: string[]) => fc.constantFrom(...texts)

const { expression, call } = fc.letrec<{ expression: string; call: string }>((tie) => ({
  expression: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    pick(
      'a',
      '1',
      "'it)'",
      '"{"',
      '`x`',
      `\`\${a}\``,
      '/[)]/',
      '[]',
      '{}',
      'await a',
      'this.a',
      'a / b',
      'arguments',
      '(a, b)',
      '<T>a',
    ),
    tie('call'),
    tie('call').map((call) => `() => ${call}`),
    tie('call').map((call) => `async () => { ${call} }`),
    tie('call').map((call) => `{ a: ${call}, b }`),
    tie('call').map((call) => `[${call}, ...a]`),
    tie('call').map((call) => `\`\${${call}}\``),
    tie('call').map((call) => `new ${call}`),
    tie('call').map((call) => `${call} as A`),
  ),
  call: fc
    .tuple(
      pick(
        'user.set(§)',
        'user.set(a)',
        'user.set(a)',
        'user.set(a)',
        'user.set(a)',
        'this.#user.set(§)',
        'user.reset(§)',
        'user.reset(token)',
        'user.get()',
        'user.attach(§)',
        'user.attach(a)',
        'user.attach(a)',
        'user.attach(a)',
        "user.addEventListener('a', a)",
        "user.addEventListener('a', a)",
        "user.addEventListener('a', a)",
        "user.addEventListener('a', §, § )",
        'user(§)',
        'desk.user(§, §)',
        'desk?.user(§)',
        'Promise.all([user(§), user(§)])',
        'createTask(user)',
        'createTask(user, { name: § }).result',
        'createTask(() => §).result',
        'await createTask(user).result',
        'own.run(§)',
        'own?.run(§)',
        'new Context()',
        'spawn(§)',
        "new ContextVar('user')",
        "new ContextVar('user', { default: § })",
        "new ContextVar<string[]>('user', { default: [] })",
        'f(§)',
      ),
      tie('expression'),
      tie('expression'),
    )
    .map(([call, one, other]) => call.replace('§', () => one).replace('§', () => other)),
}))

const ends = pick(
  '',
  '',
  '',
  '',
  ';',
  ';',
  ';',
  ';',
  ' // why',
  '; /* why */',
  '\n.foo()',
  '\n  ?.[0]',
  '\n, b()',
  ', b()',
  '\n/ 2',
  '\n+ 1',
  '\nin b',
  '\n`x`',
)

const statement = fc.letrec<{ statement: string }>((tie) => ({
  statement: fc.oneof(
    { depthSize: 'small' },
    fc
      .tuple(
        pick(
          '§',
          '§',
          '§',
          '§',
          'const token = §',
          'const token = §',
          'const a: Token = §',
          'let b = §',
          'void §',
          'return §',
          'await §',
          'if (a) §',
          'a = §',
          'x: §',
          'throw §',
          'export const c = §',
          'class C { a = § }',
          'class D { @user(a) b = § }',
        ),
        fc.oneof({ weight: 3, arbitrary: call }, expression),
        ends,
      )
      .map(([frame, one, end]) => frame.replace('§', () => one) + end),
    fc
      .tuple(
        pick(
          'if (a)\n§',
          'if (a) {\n  §\n}',
          'if (a) {} else\n§',
          'do\n§\nwhile (a)',
          'for (;;)\n  §',
          'for (let i = 0;\n§\ni++) {}',
          'switch (a) {\n  case 1:\n    §\n  default:\n    §\n}',
          'switch (a) {\ncase 1: f()\n§\n}',
          'switch (a) {\n  case 1: {\n    §\n  }\n}',
          'function user(a) {\n  §\n}',
          'async function* g() {\n  §\n}',
          'const o = {\n  user(a) {\n    §\n  },\n}',
          'f(() => {\n  §\n})',
          'class E {\n  #user\n  static {\n    §\n  }\n}',
          'try {\n  §\n} finally { user.reset(token) }',
          '// if (a)\n§',
          '/* a\n  b */\n§',
          `\`\n  \${a}\n\`\n§`,
          '§\n§',
          'const token = user.set(a)\nconst t = createTask(user)',
        ),
        tie('statement'),
        tie('statement'),
      )
      .map(([frame, one, other]) => frame.replace('§', () => one).replace('§', () => other)),
  ),
})).statement

/** As people write it, with the indentation of their brackets; or with none. */
function program(statements: readonly string[], indented: boolean): string {
  const code = `class Desk {\n#user\nasync serve() {\n${statements.join('\n')}\n}\n}`
  let depth = 0
  return code
    .split('\n')
    .map((line) => {
      const text = line.trim()
      if (/^[)\]}]/.test(text)) depth--
      const row = indented ? `${'  '.repeat(Math.max(depth, 0))}${text}` : line
      if (/[([{:]$/.test(text)) depth++
      return row
    })
    .join('\n')
}

function parses(code: string): boolean {
  try {
    parseAst(code, { lang: 'ts', sourceType: 'module' })
    return true
  } catch {
    return false
  }
}

test('a rewritten line parses where the line did', () => {
  const rewritten = new Map<ChangeKind, number>()
  fc.assert(
    fc.property(
      fc
        .array(statement, { minLength: 1, maxLength: 4 })
        .chain((statements) => fc.boolean().map((indented) => program(statements, indented))),
      (code) => {
        fc.pre(parses(code))
        const source = new SourceText(code)
        const rows = code.split('\n')
        for (const kind of kinds) {
          for (let line = 1; line <= rows.length; line++) {
            const set = { source, line: Math.max(1, line - 1) }
            const dropped = rows[line]?.includes('.reset(') ? [line + 1] : []
            const made = pasteLine(change(kind, null, { name: 'user' }), { source, line }, { set, dropped })
            if (made.old === null) continue
            expect(made.old).toBe(rows[line - 1])
            rewritten.set(kind, (rewritten.get(kind) ?? 0) + 1)
            const next = made.atTop ? [made.line, ...rows] : rows.with(line - 1, made.line ?? '')
            expect(parses(next.join('\n')), `${kind}, line ${line}:\n${next.join('\n')}`).toBe(true)
          }
        }
      },
    ),
    { numRuns: 1_500 },
  )
  // It says something only of what was rewritten.
  expect([...rewritten.keys()].sort()).toEqual([...kinds].sort())
}, 60_000)

const NAMES = fc.oneof(fc.string(), pick('user', 'request-id', 'class', "it's", 'a\nb', '\\'))

test('a pattern parses, whatever the variable is called', () => {
  fc.assert(
    fc.property(NAMES, fc.constantFrom<ChangeKind>(...kinds, 'register'), (name, kind) => {
      const { line } = pasteLine(change(kind, null, { name }), null)
      if (line !== null) expect(parses(`async function f() {\n  ${line}\n}`), line).toBe(true)
      else expect(kind).toBe('drop-reset')
    }),
  )
})
