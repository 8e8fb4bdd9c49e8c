// The README says how a recording becomes a file without a panel: that very code runs, and the command line opens what it writes.

import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, expect, test } from 'vitest'
import { root } from '../../scripts/steps.mjs'
import { read } from './sources'

const run = promisify(execFile)
const folder = mkdtempSync(join(tmpdir(), 'recording-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** More than one answer of the recorder holds, and a mistake at the end of it. */
const work = `
import { ContextVar } from 'contextvars-devtools'
const user = new ContextVar('user')
export async function work() {
  for (let round = 0; round < 5_000; round++) user.reset(user.set(round))
  user.get()
}`

test('what a script records is a file that the command line reads', async () => {
  const [, code = ''] = /```js\n(import \{ writeFileSync \}[\s\S]*?)```/.exec(read('README.md')) ?? []
  expect(code).toContain("await import('./work.js')")
  const built = (source: string) =>
    source.replaceAll(/'contextvars-devtools(?:\/(\w+))?'/g, (_, name = 'runtime/index') =>
      JSON.stringify(join(root, `dist/${name}.js`)),
    )
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
  writeFileSync(join(folder, 'work.js'), built(work))
  const file = join(folder, 'program.js')
  writeFileSync(file, built(code.replace('await work()', 'await work().catch(() => {})')))
  await run(process.execPath, [file], { cwd: folder })
  const cli = [join(root, 'dist/cli.js'), 'report', join(folder, 'nightly.ctxsnap.json')]
  const told = await run(process.execPath, cli).catch((error: { code: number; stdout: string }) => error)
  expect(told).toMatchObject({ code: 1 })
  expect(told.stdout).toMatch(/complete 1–10,\d{3}/)
  expect(told.stdout).toContain('Lookup without a value: user')
  expect(told.stdout).toMatch(/#10,?\d+ get user failed in the base context {2}work\.js:\d+/)
})
