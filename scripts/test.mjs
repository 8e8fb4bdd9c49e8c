// Everything that must hold, from a fresh clone: quick checks first, the real panel in a browser last. Stops at the first step
// that fails. The last line counts the tests.

import './node-version.mjs'
import { mkdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { findBrowser } from './browser.mjs'
import { build } from './build.mjs'
import { getFirefox, howToGetFirefox } from './firefox.mjs'
import { install } from './install.mjs'
import { root, script, step, tool } from './steps.mjs'

const output = join(root, 'test/.output')
const reports = ['unit', 'e2e'].map((project) => ({ project, file: join(output, `${project}.json`) }))

await script(async () => {
  await install()
  process.env.CHROME_PATH = await findBrowser()
  const firefox = await getFirefox()
  if (firefox !== undefined) process.env.FIREFOX_PATH = firefox
  else console.error(`  ${howToGetFirefox} Until then what it would test is skipped.`)
  await mkdir(output, { recursive: true })
  for (const { file } of reports) await rm(file, { force: true })
  await step('Formatting and lint (biome)', () => tool('@biomejs/biome/bin/biome', 'check', '.'))
  await step('Types (tsc)', () => tool('typescript/bin/tsc', '--noEmit'))
  await build()
  for (const { project, file } of reports) {
    await step(`Tests: ${project}`, () =>
      tool(
        'vitest/vitest.mjs',
        'run',
        '--project',
        project,
        '--reporter=default',
        '--reporter=json',
        `--outputFile.json=${file}`,
      ),
    )
  }
})

const counts = await Promise.all(reports.map(({ file }) => count(file)))
const passed = counts.reduce((sum, { passed }) => sum + passed, 0)
const failed = counts.reduce((sum, { failed }) => sum + failed, 0)
// What stopped before a test could fail (a lint error, a file that does not load) is a failure, too.
console.log(`\n${passed} passed, ${Math.max(failed, process.exitCode ? 1 : 0)} failed`)

/** @param {string} file */
async function count(file) {
  try {
    const { numPassedTests, numFailedTests } = JSON.parse(await readFile(file, 'utf8'))
    return { passed: numPassedTests, failed: numFailedTests }
  } catch {
    return { passed: 0, failed: 0 }
  }
}
