// Other people's test suites: each runner, started as they start it, on a project of its own, fails the test that breaks a rule and
// prints what is wrong and where. (Jest loads each file in a VM context, as Vitest's `vmThreads` do.)

import { execFile } from 'node:child_process'
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { transformWithOxc } from 'vite'
import { beforeAll, expect, test } from 'vitest'
import { root } from '../../scripts/steps.mjs'

const project = join(root, 'test/.output/test-runners')

/** As the README says it, in TypeScript: what a compiler takes out moves the lines. */
const suite = (imports: string) => `
interface User {
  name: string
}

${imports}
import { ContextVar, copyContext } from 'contextvars-devtools'
import { createTask, install } from 'contextvars-devtools/async'
import { assertNoProblems, startRecording } from 'contextvars-devtools/testing'

const user = new ContextVar<User['name']>('user', { default: 'nobody' })
install()

beforeEach(() => void startRecording())
afterEach(() => assertNoProblems())

test('undoes what it sets', async () => {
  await createTask(async () => {
    const token = user.set('ada')
    await null
    user.reset(token)
  }).result
})

test('undoes it twice', () => {
  copyContext().run(() => {
    const token = user.set('ada')
    user.reset(token)
    try {
      user.reset(token)
    } catch {}
  })
})

test('leaves a value', () => void user.set('left behind'))
test('finds what another one left', () => void user.get())
`

/** Of the last one. */
const lineOfSet = (code: string, value = 'ada') =>
  code.split('\n').findLastIndex((line) => new RegExp(`user\\.set\\(["']${value}`).test(line)) + 1

beforeAll(async () => {
  rmSync(project, { recursive: true, force: true })
  mkdirSync(join(project, 'node_modules'), { recursive: true })
  symlinkSync(root, join(project, 'node_modules/contextvars-devtools'), 'junction')
  writeFileSync(join(project, 'package.json'), '{ "type": "module" }')
  const written = suite("import { afterEach, beforeEach, test } from 'node:test'")
  const { code, map } = await transformWithOxc(written, join(project, 'node.test.ts'), { sourcemap: true })
  const packed = Buffer.from(JSON.stringify(map)).toString('base64')
  const named = `//# sourceMappingURL=data:application/json;base64,${packed}\n`
  writeFileSync(join(project, 'node.test.js'), `${code}\n${named}`)
  expect(lineOfSet(code)).not.toBe(lineOfSet(written))
  writeFileSync(join(project, 'vitest.test.ts'), suite("import { afterEach, beforeEach, test } from 'vitest'"))
  writeFileSync(join(project, 'vitest.config.js'), 'export default {}')
})

const vitest = [join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--no-color']

test.each<[string, string[], { passed: RegExp; failed: RegExp }]>([
  [
    'node:test',
    ['--enable-source-maps', '--test', '--test-reporter=spec', 'node.test.js'],
    { passed: /pass 2\n/, failed: /fail 2\n/ },
  ],
  ['Vitest', vitest, { passed: /2 passed/, failed: /2 failed/ }],
  ['Vitest, each file in a VM context', [...vitest, '--pool=vmThreads'], { passed: /2 passed/, failed: /2 failed/ }],
])(
  '%s fails the one that breaks a rule, and says which, and where',
  async (_, args, { passed, failed }) => {
    const { code, text } = await run(args)
    expect(code, text).not.toBe(0)
    expect(text).toMatch(passed)
    expect(text).toMatch(failed)
    expect(text).toContain('undoes it twice')
    expect(text).toContain('Problems: 1 error')
    expect(text).toContain('Token used twice: user')
    expect(text).toMatch(/using _token = user\.set\(value\) {2}\S+/)
    expect(text).toMatch(
      new RegExp(`#\\d+ set user = "ada" in the copy .+\\.test\\.ts:${lineOfSet(suite(''))}:\\d+\\n`),
    )
    const left = lineOfSet(suite(''), 'left behind')
    expect(text).toContain('An earlier test set user to "left behind" in the base context')
    expect(text).toMatch(
      new RegExp(`#\\d+ set user = "left behind" in the base context .+\\.test\\.ts:${left}:\\d+\\n`),
    )
  },
  60_000,
)

function run(args: string[]): Promise<{ code: number; text: string }> {
  // What this very runner says of itself is none of theirs.
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(?:VITEST|NODE_TEST|TEST$|NODE_OPTIONS|NODE_ENV)/.test(name)),
  )
  return new Promise((resolve) => {
    execFile(process.execPath, args, { cwd: project, env: { ...env, NO_COLOR: '1' } }, (error, out, err) =>
      resolve({ code: error === null ? 0 : Number(error.code ?? 1), text: out + err }),
    )
  })
}
