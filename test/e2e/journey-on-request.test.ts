// What is no mistake for everybody is told only where somebody asks for it: the switches of the settings, tried in the real panel.

import { expect } from 'playwright/test'
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
    await choose(name, 'Told as notes')
    await note.click()
    await expect(
      problems(tab)
        .getByRole('button', { name: `page.js:${line}:` })
        .first(),
    ).toBeVisible()
    await choose(name, 'Ignored')
    await expect(note).toHaveCount(0)
    await choose(name, 'Told as notes')
    await expect(note).toBeVisible()
  }

  async function choose(name: string, value: string): Promise<void> {
    await openSettings(tab.panel)
    await setting(tab.panel, name, value).check()
    await tab.devtools.keyboard.press('Escape')
    await expect(settingsMenu(tab.panel)).toBeHidden()
  }
})
