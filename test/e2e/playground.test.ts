// The playground as `npm run dev` serves it: from its sources, which the other tests have in one piece.

import { join } from 'node:path'
import { chromium } from 'playwright'
import { expect } from 'playwright/test'
import { createServer } from 'vite'
import { test } from 'vitest'
import { findBrowser } from '../../scripts/browser.mjs'
import { root } from '../../scripts/steps.mjs'

test('it shows the contexts of the page beside it', async () => {
  const server = await createServer({
    configFile: join(root, 'vite.config.ts'),
    mode: 'playground',
    logLevel: 'error',
    server: { host: '127.0.0.1', port: 0, hmr: false },
  })
  await server.listen()
  const browser = await chromium.launch({ executablePath: await findBrowser() })
  try {
    const page = await browser.newPage()
    const complaints: string[] = []
    page.on('pageerror', (error) => complaints.push(String(error)))
    await page.goto(server.resolvedUrls?.local[0] ?? '')
    await page.frameLocator('#page').getByRole('button', { name: 'Alice and Bob' }).click()
    await expect(page.getByRole('treeitem', { name: /^Alice renders/ })).toBeVisible()
    expect(complaints).toEqual([])
  } finally {
    await browser.close()
    await server.close()
  }
})
