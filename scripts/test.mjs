// Everything that must hold, from a fresh clone: quick checks first, then all tests, those of the real panel in a browser beside those that
// need none. Stops at the first step that fails. The last line counts the tests.

import './node-version.mjs'
import { mkdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { findBrowser } from './browser.mjs'
import { build } from './build.mjs'
import { getFirefox, howToGetFirefox } from './firefox.mjs'
import { install } from './install.mjs'
import { root, script, step, tool } from './steps.mjs'

const output = join(root, 'test/.output')
const report = join(output, 'tests.json')

await script(async () => {
  await install()
  process.env.CHROME_PATH = await findBrowser()
  const firefox = await getFirefox()
  if (firefox !== undefined) process.env.FIREFOX_PATH = firefox
  else console.error(`  ${howToGetFirefox} Until then what it would test is skipped.`)
  await mkdir(output, { recursive: true })
  await rm(report, { force: true })
  await step('Formatting and lint (biome)', () => tool('@biomejs/biome/bin/biome', 'check', '.'))
  await step('Types (tsc)', () => tool('typescript/bin/tsc', '--noEmit'))
  await build()
  await step('Tests', () =>
    tool(
      'vitest/vitest.mjs',
      'run',
      ...['unit', 'e2e', 'e2e-alone'].flatMap((project) => ['--project', project]),
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
    ),
  )
})

const { passed, failed } = await count()
// What stopped before a test could fail (a lint error, a file that does not load) is a failure, too.
console.log(`\n${passed} passed, ${Math.max(failed, process.exitCode ? 1 : 0)} failed`)

async function count() {
  try {
    const { numPassedTests, numFailedTests } = JSON.parse(await readFile(report, 'utf8'))
    return { passed: numPassedTests, failed: numFailedTests }
  } catch {
    return { passed: 0, failed: 0 }
  }
}
