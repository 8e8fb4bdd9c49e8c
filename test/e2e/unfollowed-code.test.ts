// Code that nothing followed started, on a page whose library kept a timer before the install: the page states it, and the panel
// explains by it.

import { expect } from 'playwright/test'
import type { Batch } from '../../runtime/protocol'
import { reloadAndRecord } from '../../scripts/panel.mjs'
import { journey, visit } from './harness/journey'
import { details, problems, row } from './harness/panel'

journey('a library that kept a timer before the install is told, and explains the lookup', async ({ tab, site }) => {
  await visit(tab, `${site.origin}/kept/`)
  await reloadAndRecord(tab)
  await tab.page.getByRole('button', { name: 'Greet' }).click()
  await expect(tab.page.locator('#log')).toHaveText('LookupError')
  await tab.page.getByRole('button', { name: 'Ask by an attribute' }).click()
  await expect(tab.page.locator('#log')).toHaveText('asked in en')

  const batch: Batch = JSON.parse(await tab.page.evaluate('globalThis.__contextvars_outlet__.since(0)'))
  const told = batch.facts.flatMap((fact) => {
    if (fact.type !== 'entry-unfollowed') return []
    const [frame] = batch.stacks[fact.stack ?? 0] ?? []
    return [`${frame?.name === '' ? 'nameless' : frame?.name} in ${frame?.url.split('/').at(-1)}`]
  })
  // No script at its start is among them.
  expect(told.sort()).toEqual(['HTMLButtonElement.onclick in ', 'flush in library.js', 'nameless in library.js'])

  await problems(tab)
    .getByRole('button', { name: /Lookup without a value: user/ })
    .click()
  await expect(problems(tab)).toContainText('started this code: flush went on')
  await row(tab, 'base').click()
  await expect(details(tab)).toContainText('nothing that is followed started flush')
})
