// A recording leaves as a file and comes back as the same tree.

import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect } from 'playwright/test'
import type { Tab } from '../../scripts/devtools.mjs'
import { exportRecording, reloadAndRecord } from '../../scripts/panel.mjs'
import { downloads, quickJourney as journey, visit } from './harness/journey'
import { problems, readOut, row, status } from './harness/panel'

/** Lets a file fall onto the panel. */
async function drop({ panel }: Tab, name: string, text: string): Promise<void> {
  await panel.locator('body').evaluate(
    (body, { name, text }) => {
      const dataTransfer = new DataTransfer()
      dataTransfer.items.add(new File([text], name, { type: 'application/json' }))
      for (const type of ['dragenter', 'dragover', 'drop']) {
        const target = body.querySelector('[role=tree], main') ?? body
        target.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }))
      }
    },
    { name, text },
  )
}

journey(
  'an exported recording opens again, chosen or dropped, as the same tree',
  async ({ browser, tab, demo, site }) => {
    await visit(tab, demo)
    await reloadAndRecord(tab)
    await tab.page.getByRole('button', { name: 'Token used twice' }).click()
    await problems(tab).getByRole('button', { name: 'Token used twice: currentUser' }).waitFor()
    await expect(tab.page.getByRole('status')).toContainText('Token used twice')

    const file = await exportRecording(browser, tab, downloads)
    const text = await readFile(file, 'utf8')
    expect(basename(file)).toMatch(/\.ctxsnap\.json$/)
    expect(JSON.parse(text)).toMatchObject({ format: 'contextvars-recording', version: 1, page: { url: `${demo}/` } })

    // And as a page that opens without the extension, and asks for nothing.
    const report = await exportRecording(browser, tab, downloads, 'A page that opens anywhere')
    expect(basename(report)).toMatch(/\.html$/)
    await tab.page.goto(pathToFileURL(report).href)
    await tab.page.getByRole('treeitem', { name: /^Alice/ }).waitFor()
    await tab.page.getByRole('button', { name: 'Token used twice: currentUser' }).waitFor()

    // On another page, as on someone else's desk.
    await tab.page.goto(`${site.origin}/plain/`)
    await tab.panel.getByRole('heading', { name: 'Not recorded since' }).waitFor()
    await tab.panel.getByLabel('Recording to open').setInputFiles(file)
    await expect(status(tab)).toContainText('Recording from a file')
    const chosen = await readOut(tab)
    expect(chosen).toEqual(expect.arrayContaining([expect.stringMatching(/^Alice/), expect.stringMatching(/^Bob/)]))
    await problems(tab).getByRole('button', { name: 'Token used twice: currentUser' }).waitFor()

    await tab.panel.getByRole('button', { name: 'Back to the page' }).click()
    await expect(row(tab, 'Alice')).toHaveCount(0)
    await drop(tab, basename(file), text)
    await row(tab, 'Alice').waitFor()
    expect(await readOut(tab)).toEqual(chosen)
  },
)

journey('a file that is no recording is refused in one sentence', async ({ tab, demo }) => {
  await visit(tab, demo)
  await reloadAndRecord(tab)
  await row(tab, 'Alice').waitFor()
  await drop(tab, 'holiday.json', '{"format": "photos"}')
  await expect(tab.panel.getByRole('alert')).toContainText('holiday.json was not opened')
  await expect(row(tab, 'Alice')).toBeVisible()
})
