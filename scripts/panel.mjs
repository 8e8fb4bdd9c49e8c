// What a person does with the panel, done by a script: start a recording, take it along.

import { mkdir, rename } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * Reloads the page with the recorder in front of its first script, and waits until its facts have come.
 * @param {import('./devtools.mjs').Tab} tab
 */
export async function reloadAndRecord({ panel }) {
  await panel.getByRole('button', { name: 'Reload and record' }).first().click()
  await panel.getByRole('status').getByText('Recorded from the start').waitFor()
}

/**
 * Exports what the panel shows, and answers the file.
 * @param {import('./launch.mjs').Browser} browser
 * @param {import('./devtools.mjs').Tab} tab
 * @param {string} folder
 * @param {string} [form] as the menu calls it; default a recording
 * @returns {Promise<string>}
 */
export function exportRecording(browser, { panel }, folder, form) {
  return saved(browser, folder, async () => {
    await panel.getByRole('button', { name: 'Export' }).click()
    const menu = panel.getByRole('dialog', { name: 'Export' })
    if (form !== undefined) await menu.getByLabel(form).check()
    await menu.getByRole('button', { name: 'Save' }).click()
  })
}

/**
 * Answers the file that the browser saves when somebody does this.
 * @param {import('./launch.mjs').Browser} browser
 * @param {string} folder
 * @param {() => Promise<void>} save
 * @returns {Promise<string>}
 */
export async function saved(browser, folder, save) {
  await mkdir(folder, { recursive: true })
  await browser.send('Browser.setDownloadBehavior', {
    behavior: 'allowAndName',
    downloadPath: folder,
    eventsEnabled: true,
  })
  /** @type {Promise<{ guid: string, name: string }>} */
  const ended = new Promise((resolve, reject) => {
    let name = ''
    const ends = [
      browser.on('Browser.downloadWillBegin', ({ suggestedFilename }) => {
        name = suggestedFilename
      }),
      browser.on('Browser.downloadProgress', ({ guid, state }) => {
        if (state === 'inProgress') return
        for (const end of ends) end()
        if (state === 'completed') resolve({ guid, name })
        else reject(new Error(`The export was ${state}.`))
      }),
    ]
  })
  await save()
  const { guid, name } = await ended
  const file = join(folder, name)
  await rename(join(folder, guid), file)
  return file
}
