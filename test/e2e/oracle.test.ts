// The oracle in Chromium: random programs run in a page, their `await` native, and see the same as under AsyncLocalStorage.

import { join } from 'node:path'
import { chromium } from 'playwright'
import { build } from 'vite'
import { beforeAll, expect, test } from 'vitest'
import { findBrowser } from '../../scripts/browser.mjs'
import { serve } from '../../scripts/serve.mjs'
import { root } from '../../scripts/steps.mjs'
import { runtimePlugins } from '../../vite.config'
import type { Program, Seen } from '../async/program'
import type { CarrierName } from '../async/program-contexts'
import { expectAgreement } from '../async/program-reference'

let run: (batch: readonly Program[], carrier: CarrierName) => Promise<Seen[]>

beforeAll(async () => {
  const content = await bundle()
  const site = await serve({ '/': join(root, 'test/pages') })
  const browser = await chromium.launch({ executablePath: await findBrowser() })
  const page = await browser.newPage()
  await page.goto(`${site.origin}/plain/`)
  await page.addScriptTag({ content, type: 'module' })
  await page.waitForFunction(() => 'runPrograms' in globalThis)
  run = (batch, carrier) =>
    page.evaluate(([batch, carrier]) => Reflect.get(globalThis, 'runPrograms')(batch, carrier), [
      batch,
      carrier,
    ] as const)
  return async () => {
    await browser.close()
    await site.close()
  }
})

test('random programs see the same contexts as under AsyncLocalStorage', { timeout: 600_000 }, () =>
  expectAgreement({ programs: 1_500, run: (batch) => run(batch, 'values') }),
)

test('a token that was made before an await is good after it', { timeout: 600_000 }, () =>
  expectAgreement({ programs: 1_500, run: (batch) => run(batch, 'identity') }),
)

async function bundle(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'warn',
    plugins: runtimePlugins(),
    build: {
      write: false,
      target: 'esnext',
      minify: false,
      modulePreload: false,
      rolldownOptions: { input: join(root, 'test/async/program-page.ts'), treeshake: false },
    },
  })
  const [chunk] = 'output' in built ? built.output : []
  if (chunk?.type !== 'chunk') throw new Error('There is no bundle.')
  expect(chunk.code).toMatch(/await using/)
  return chunk.code
}
