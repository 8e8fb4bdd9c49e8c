// What a person takes along and opens again, and what they see while the page goes on or away.

import { readFile } from 'node:fs/promises'
import { gzipSync } from 'node:zlib'
import type { Page } from 'playwright'
import { expect } from 'vitest'
import { parseRecording } from '../../panel/model/recording'
import { panelTest, saveExport } from '../playground/visit'

const rows = (page: Page) =>
  page.getByRole('treeitem').evaluateAll((items) =>
    // Which one is current is the page's affair, not the recording's.
    items.map((row) => row.textContent?.replace('current', '')),
  )

async function exported(page: Page) {
  const [download] = await Promise.all([page.waitForEvent('download'), saveExport(page)])
  return { name: download.suggestedFilename(), text: await readFile(await download.path(), 'utf8') }
}

/** Drops a file on the panel, as from the desktop. */
async function drop(page: Page, name: string, content: string | Uint8Array) {
  const carried = await page.evaluateHandle(
    ([name, bytes]) => {
      const transfer = new DataTransfer()
      transfer.items.add(new File([Uint8Array.from(bytes)], name))
      return transfer
    },
    [name, [...Buffer.from(content)]] as const,
  )
  const tree = page.getByRole('region', { name: 'Problems' })
  await tree.dispatchEvent('dragenter', { dataTransfer: carried })
  await page.getByText('Drop the recording to open it').waitFor()
  await tree.dispatchEvent('drop', { dataTransfer: carried })
}

panelTest(
  'an exported file opens to the same tree and problems, dropped or chosen, and closes again',
  async ({ visit }) => {
    const { page, act } = await visit()
    await act('Alice and Bob')
    await act('Token twice')
    await page.getByRole('treeitem', { name: /^Bob renders task ended/ }).waitFor()
    await page.getByRole('button', { name: 'Token used twice: locale' }).waitFor()

    const { name, text } = await exported(page)
    expect(name).toMatch(/^127\.0\.0\.1-.*\.ctxsnap\.json$/)
    expect(parseRecording(text)).toMatchObject({ ok: true, ignored: 0 })

    await drop(page, name, text)
    await page.getByText(`Showing a recording: ${name}`).waitFor()
    const fromFile = await rows(page)
    expect(fromFile.join('\n')).toMatch(/Alice[\s\S]*Bob/)
    await page.getByRole('button', { name: 'Token used twice: locale' }).waitFor()

    // The page goes on behind the file, and nothing of it shows.
    await act('A task that stays')
    await page.getByRole('button', { name: 'Back to the page' }).click()
    await page.getByRole('treeitem', { name: /^Carol/ }).waitFor()

    await page
      .getByLabel('Recording to open')
      .setInputFiles({ name, mimeType: 'application/json', buffer: Buffer.from(text) })
    await page.getByText(`Showing a recording: ${name}`).waitFor()
    expect(await rows(page)).toEqual(fromFile)
    // The file is whole, so exporting it again gives the same facts.
    const again = await exported(page)
    expect(JSON.parse(again.text).facts).toEqual(JSON.parse(text).facts)
  },
)

panelTest('a file that is no recording is refused in a sentence, and what was shown stays', async ({ visit }) => {
  const { page } = await visit()
  await drop(page, 'holiday.json', '{"format":"holiday"}')
  const alert = page.getByRole('alert')
  await alert.getByText('holiday.json').waitFor()
  expect(await alert.textContent()).toMatch(/no recording/)
  await page.getByRole('treeitem', { name: /^base/ }).waitFor()
  await alert.getByRole('button', { name: 'Dismiss' }).click()
  await alert.waitFor({ state: 'detached' })
})

panelTest('a gzipped recording opens as it is, dropped or chosen, and leaves as plain JSON', async ({ visit }) => {
  const { page, act } = await visit()
  await act('Token twice')
  const problem = page.getByRole('button', { name: 'Token used twice: locale' })
  await problem.waitFor()
  const { text } = await exported(page)
  const packed = gzipSync(text)

  await drop(page, 'dropped.ctxsnap.json.gz', packed)
  await page.getByText('Showing a recording: dropped.ctxsnap.json.gz').waitFor()
  await problem.waitFor()
  const again = await exported(page)
  expect(again.name).toMatch(/\.ctxsnap\.json$/)
  expect(JSON.parse(again.text).facts).toEqual(JSON.parse(text).facts)

  await page
    .getByLabel('Recording to open')
    .setInputFiles({ name: 'chosen.ctxsnap.json.gz', mimeType: 'application/gzip', buffer: packed })
  await page.getByText('Showing a recording: chosen.ctxsnap.json.gz').waitFor()
})

panelTest('a picture, and an archive that breaks off, are refused without showing their bytes', async ({ visit }) => {
  const { page } = await visit()
  const alert = page.getByRole('alert')
  await drop(page, 'holiday.png', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d))
  await alert.getByText('holiday.png was not opened: This is no recording: binary data.').waitFor()
  await drop(page, 'half.gz', gzipSync('{"format":"contextvars-recording"}').subarray(0, 30))
  await alert.getByText('half.gz was not opened: Its compressed data is damaged.').waitFor()
})

panelTest('another document begins a new tree', async ({ visit }) => {
  const { page, act } = await visit()
  await act('A task that stays')
  await page.getByRole('treeitem', { name: /^Carol/ }).click()
  await page.getByRole('button', { name: 'Reload and record' }).click()
  await page.getByRole('treeitem', { name: /^Carol/ }).waitFor({ state: 'detached' })
  const base = page.getByRole('treeitem', { name: /^base/ })
  await base.waitFor()
  expect(await base.getAttribute('aria-selected')).toBe('true')
})

panelTest('a page without propagation is told what to import', async ({ visit }) => {
  const { page } = await visit()
  await page.evaluate(() => document.getElementById('page')?.setAttribute('src', './page.html?bare'))
  await page.getByText('await is not followed: import contextvars-devtools/async').waitFor()
})

panelTest('search leaves the rows that lead to a hit, and Enter goes from hit to hit and around', async ({ visit }) => {
  const { page, act } = await visit()
  await act('Alice and Bob')
  await page.getByRole('treeitem', { name: /^Bob renders/ }).waitFor()
  const box = page.getByLabel('Find in contexts and values')
  await page.keyboard.press('Control+f')
  await page.keyboard.type('BOB')
  await page.getByText('– of 3').waitFor()
  expect(await page.getByRole('treeitem').count()).toBe(5)
  const selected = () => page.getByRole('treeitem', { selected: true }).locator('.label').textContent()
  await box.press('Enter')
  expect(await selected()).toBe('Bob')
  await box.press('Shift+Enter')
  expect(await selected()).toMatch(/^Bob (loads|renders)$/)
  await page.getByText('3 of 3').waitFor()
  await box.press('Enter')
  expect(await selected()).toBe('Bob')
  await box.press('Escape')
  expect(await page.getByRole('treeitem').count()).toBeGreaterThan(6)
})

panelTest('new problems are announced, and each leads to its context', async ({ visit }) => {
  const { page, act } = await visit()
  await act('Token twice')
  const problems = page.getByRole('region', { name: 'Problems' })
  await page.locator('[aria-live]', { hasText: '1 new problem: Token used twice: locale' }).waitFor()
  await problems.getByRole('button', { name: 'Token used twice: locale' }).click()
  await problems
    .getByRole('listitem')
    .getByRole('button', { name: /^set locale = "fr"/ })
    .click()
  const details = page.getByRole('region', { name: 'Context details' })
  await details.getByRole('heading', { name: /^click/ }).waitFor()
  await details.getByRole('button', { name: 'Token used twice: locale' }).waitFor()
})
