// What is no mistake for everybody is told only where somebody asks for it: the switches of the settings, tried in the real panel.

import { expect } from 'playwright/test'
import type { Tab } from '../../scripts/devtools.mjs'
import { reloadAndRecord } from '../../scripts/panel.mjs'
import { quickJourney as journey, visit } from './harness/journey'
import { problems } from './harness/panel'
import { openSettings, setting, settingsMenu } from './harness/settings-menu'

/** By its setting: the problem that it tells of this page, and the line that it names. */
const notes = {
  'Listeners in another context': { title: 'Listener in another context: reader', line: 15 },
  'Variables without effect': { title: 'Set and never read: trail', line: 23 },
}

journey('what only some want to know is told where it is asked for, and no longer', async ({ tab, site }) => {
  await visit(tab, `${site.origin}/on-request/`)
  await reloadAndRecord(tab)
  await tab.page.getByRole('button', { name: 'Follow' }).click()
  await tab.page.getByRole('button', { name: 'Post' }).click()
  await expect(tab.page.locator('#log')).toHaveText('nobody reads. ')
  // That a set was never reset is told of everybody, as a note.
  await expect(problems(tab).getByRole('heading', { name: '1 note' })).toBeVisible()

  for (const [name, { title, line }] of Object.entries(notes)) {
    const note = problems(tab).getByRole('button', { name: title })
    await choose(tab, name, 'Told as notes')
    await note.click()
    await expect(
      problems(tab)
        .getByRole('button', { name: `page.js:${line}:` })
        .first(),
    ).toBeVisible()
    await choose(tab, name, 'Ignored')
    await expect(note).toHaveCount(0)
    await choose(tab, name, 'Told as notes')
    await expect(note).toBeVisible()
  }
})

/** By the button of the demo, which is called like the problem: the setting that tells it, and its notes. */
const mistakes = {
  'Listener in another context': {
    asked: 'Listeners in another context',
    notes: ['Listener in another context: waiter'],
  },
  'Value that outlives its work': {
    asked: 'Values that outlive their work',
    notes: ['Value that outlives its work: currentUser'],
  },
  'Set or read without effect': {
    asked: 'Variables without effect',
    notes: ['Set and never read: voucher', 'Read and never set: coupon'],
  },
}

for (const [button, { asked, notes }] of Object.entries(mistakes)) {
  journey(`the mistake "${button}" is found where it is asked for`, async ({ tab, demo }) => {
    await visit(tab, demo)
    await reloadAndRecord(tab)
    await tab.page.getByRole('button', { name: button, exact: true }).click()
    // The page says which setting that is.
    await expect(tab.page.getByRole('status')).toContainText(`“${asked}: Told as notes”`)
    for (const note of notes) await expect(problems(tab).getByRole('button', { name: note })).toHaveCount(0)
    await choose(tab, asked, 'Told as notes')
    for (const note of notes) {
      await problems(tab).getByRole('button', { name: note }).click()
      await expect(
        problems(tab)
          .getByRole('button', { name: /\.(ts|js):\d+/ })
          .first(),
      ).toBeVisible()
    }
  })
}

async function choose(tab: Tab, name: string, value: string): Promise<void> {
  await openSettings(tab.panel)
  await setting(tab.panel, name, value).check()
  await tab.devtools.keyboard.press('Escape')
  await expect(settingsMenu(tab.panel)).toBeHidden()
}
