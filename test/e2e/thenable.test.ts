// An await of a thenable that resolves in a callback of its own: the page states that it goes on in a copy, and the panel explains
// by it the token that was refused. In Chromium the stack of such a call ends in the function that awaits. And one of a thenable
// that somebody else settles: nothing is seen of it but where the task comes to its end.

import { expect } from 'playwright/test'
import type { Batch } from '../../runtime/protocol'
import { reloadAndRecord } from '../../scripts/panel.mjs'
import { quickJourney as journey, visit } from './harness/journey'
import { problems } from './harness/panel'

journey('a token after an await of a thenable is explained by the copy', async ({ tab, site }) => {
  await visit(tab, `${site.origin}/thenable/`)
  await reloadAndRecord(tab)
  await expect(tab.page.locator('#log')).toHaveText('ada: ValueError')

  const batch: Batch = JSON.parse(await tab.page.evaluate('globalThis.__contextvars_outlet__.since(0)'))
  expect(batch.facts.filter((fact) => fact.type === 'await-untracked')).toMatchObject([
    { cause: expect.stringMatching(/thenable/), copied: true },
  ])
  await problems(tab)
    .getByRole('button', { name: /Token of another context: user/ })
    .click()
  await expect(problems(tab)).toContainText('thenable')
})

journey(
  'a lookup after an await that nobody saw is explained by where the task came to its end',
  async ({ tab, site }) => {
    await visit(tab, `${site.origin}/deferred/`)
    await reloadAndRecord(tab)
    await expect(tab.page.locator('#log')).toHaveText('LookupError')
    await problems(tab)
      .getByRole('button', { name: /Lookup without a value: user/ })
      .click()
    await expect(problems(tab)).toContainText('task ask came to its end in this context')
    await expect(problems(tab)).toContainText('followPromises(Class)')
  },
)
