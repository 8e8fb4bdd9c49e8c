// Variables, contexts and tokens in the Console of DevTools itself, as a person reads and opens them there.

import { join } from 'node:path'
import { allowFormatters, showView } from '../../scripts/devtools.mjs'
import { serve } from '../../scripts/serve.mjs'
import { root } from '../../scripts/steps.mjs'
import { journey } from './harness/journey'

journey('the Console shows what a variable, a context and a token are', async ({ tab, dist }) => {
  const site = await serve({ '/dist/': dist, '/': join(root, 'test/pages') })
  try {
    await allowFormatters(tab)
    await tab.page.goto(`${site.origin}/chrome-tools/`)
    await tab.page.waitForFunction(() => 'work' in globalThis)
    await showView(tab, 'console')
    await tab.page.evaluate('console.log("they are", user, token, full)')
    const { devtools } = tab
    await devtools.getByText('ContextVar user =').waitFor()
    await devtools.getByText('Token of user (used)').waitFor()
    const context = devtools.getByText(/^Context #\d+ \(1 variable\)$/)
    await context.click()
    await devtools.getByText('"grace"').or(devtools.getByText("'grace'")).waitFor()
  } finally {
    await site.close()
  }
})
