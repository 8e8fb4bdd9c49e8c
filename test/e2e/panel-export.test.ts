// What a person takes along, part by part and form by form, and what they are told before it leaves.

import { execFileSync } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import type { Page } from 'playwright'
import { expect } from 'playwright/test'
import { parseRecording } from '../../panel/model/recording'
import { hasPython } from '../context/cpython'
import { type Look, panelTest } from '../playground/visit'
import { violations } from './harness/axe'
import { output } from './harness/journey'

const dialog = (page: Page) => page.getByRole('dialog', { name: 'Export' })
const leaves = (page: Page) => dialog(page).getByRole('region', { name: 'What leaves' })

async function open(page: Page, said = 'Leaves:'): Promise<void> {
  await page.getByRole('button', { name: 'Export' }).click()
  await expect(leaves(page)).toContainText(said)
}

async function save(page: Page): Promise<{ name: string; bytes: Buffer }> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    dialog(page).getByRole('button', { name: 'Save' }).click(),
  ])
  await expect(dialog(page)).toBeHidden()
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) }
}

function recordingIn(text: string) {
  const parsed = parseRecording(text)
  if (!parsed.ok) throw new Error(parsed.error)
  return parsed.recording
}

panelTest('what leaves is told, and what a person wants out is out', async ({ visit }) => {
  const { page, act } = await visit()
  await act('Alice and Bob')
  await page.getByRole('treeitem', { name: /^Bob renders task ended/ }).waitFor()
  await open(page)
  await expect(leaves(page)).toContainText(/\d+ facts of \d+ contexts, with values of .*user/)
  await expect(leaves(page)).toContainText('nothing looks like a secret')

  await dialog(page).getByText('Take out more').click()
  await dialog(page).getByLabel('Regular expressions').fill('(')
  await expect(leaves(page)).toHaveText('“(” is no regular expression: Unterminated group.')
  await dialog(page).getByRole('button', { name: 'Save' }).click()
  await expect(dialog(page).getByRole('alert')).toContainText('is no regular expression')

  // Nor does anything leave by another way.
  await dialog(page).getByLabel('Regular expressions').fill('(?<=Al)ice')
  await expect(leaves(page)).toContainText('“(?<=Al)ice” could take for ever')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Copy report' }).click()
  await expect(page.locator('.notice')).toHaveText(/^Not copied\. “\(\?<=Al\)ice” could .* Mend it in Export/)
  await page.screenshot({ path: join(output, 'screenshots/export-refused-rule.png') })
  await open(page, 'could take for ever')
  await dialog(page).getByText('Take out more').click()
  await dialog(page).getByLabel('Regular expressions').fill('/al[i]ce/i')
  await expect(leaves(page)).toContainText(/Taken out: \d+ texts: .*values of user \(\d+\)/)
  await page.screenshot({ path: join(output, 'screenshots/export-menu.png') })
  const { bytes } = await save(page)
  expect(bytes.toString()).not.toContain('Alice')
  expect(bytes.toString()).toContain('Bob')

  // It is kept for the next time, and what is shown here stays.
  await page
    .getByRole('treeitem', { name: /^Alice/ })
    .first()
    .waitFor()
  await open(page)
  await dialog(page).getByText('Take out more').click()
  await expect(dialog(page).getByLabel('Regular expressions')).toHaveValue('/al[i]ce/i')
})

panelTest('a context leaves with what it needs, and says what it left behind', async ({ visit }) => {
  const { page, act } = await visit()
  await act('Alice and Bob')
  await page.getByRole('treeitem', { name: /^Bob renders task ended/ }).waitFor()
  await page.getByRole('treeitem', { name: /^Alice task/ }).click()
  await open(page)
  await dialog(page)
    .getByLabel(/^Only Alice/)
    .check()
  await expect(leaves(page)).toContainText('Only task Alice, what it was copied from and what hangs below it.')
  const { name, bytes } = await save(page)
  const text = bytes.toString()
  expect(text).toContain('Alice')
  // The stacks name the function `Alice and Bob`.
  expect(JSON.stringify(recordingIn(text).facts)).not.toContain('Bob')
  expect(recordingIn(text).options.cut).toContain('Only task Alice')

  await page.getByLabel('Recording to open').setInputFiles({ name, mimeType: 'application/json', buffer: bytes })
  await expect(page.getByText('Showing a recording')).toContainText('Only task Alice, what it was copied from')
  await page
    .getByRole('treeitem', { name: /^Alice/ })
    .first()
    .waitFor()
  await expect(page.getByRole('treeitem', { name: /^Bob/ })).toHaveCount(0)
  await expect(page.getByRole('status')).toContainText('missing')
})

panelTest('what leaves may end at the moment that somebody looks at, or begin there', async ({ visit }) => {
  const { page, act } = await visit()
  await act('Alice and Bob')
  await page.getByRole('treeitem', { name: /^Bob renders task ended/ }).waitFor()
  await open(page)
  await expect(dialog(page).getByRole('group', { name: 'When' })).toHaveCount(0)
  await page.keyboard.press('Escape')
  for (let step = 0; step < 4; step++) await page.keyboard.press('Alt+ArrowLeft')
  await open(page)
  const moments = dialog(page).getByRole('group', { name: 'When' })
  await moments.getByLabel(/^Up to the moment you look at \(fact \d+\)$/).check()
  await expect(leaves(page)).toContainText(/What came after fact \d+ is left out\./)
  await moments.getByLabel('From that moment on, with what lived then').check()
  await expect(leaves(page)).toContainText(/What came up to fact \d+ is left out, but for what lived then\./)
  expect(await violations(page)).toEqual([])
  await page.screenshot({ path: join(output, 'screenshots/export-moment.png') })
  const { name, bytes } = await save(page)
  const recording = recordingIn(bytes.toString())
  expect(recording.facts.map(({ type }) => type)).toEqual(expect.arrayContaining(['gap', 'census', 'task-created']))

  await page.getByLabel('Recording to open').setInputFiles({ name, mimeType: 'application/json', buffer: bytes })
  await expect(page.getByText('Showing a recording')).toContainText('but for what lived then')
  await page
    .getByRole('treeitem', { name: /^Bob task/ })
    .first()
    .waitFor()
})

panelTest('a recording leaves gzipped, as a trace, and comes back pasted', async ({ visit }) => {
  const { page, act } = await visit()
  await act('Token twice')
  await page.getByRole('button', { name: 'Token used twice: locale' }).waitFor()
  await open(page)
  await dialog(page).getByLabel('Recording, gzipped').check()
  const packed = await save(page)
  expect(packed.name).toMatch(/\.ctxsnap\.json\.gz$/)
  const text = gunzipSync(packed.bytes).toString()
  expect(recordingIn(text).facts.length).toBeGreaterThan(3)

  await open(page)
  await dialog(page).getByLabel('A trace for Perfetto').check()
  const trace = await save(page)
  expect(trace.name).toMatch(/\.trace\.json$/)
  const { traceEvents } = JSON.parse(trace.bytes.toString())
  expect(traceEvents.some(({ name }: { name: string }) => name.includes('Token used twice'))).toBe(true)

  const paste = (type: 'text' | 'file', content: string) =>
    page.evaluate(
      ([type, content]) => {
        const clipboardData = new DataTransfer()
        if (type === 'text') clipboardData.setData('text/plain', content)
        else clipboardData.items.add(new File([content], 'pasted.ctxsnap.json'))
        document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
      },
      [type, content] as const,
    )
  await paste('text', 'hello')
  await page.getByRole('alert').getByText('What was pasted was not opened').waitFor()
  await paste('text', text)
  await page.getByText('Showing a recording: What was pasted').waitFor()
  await page.getByRole('button', { name: 'Token used twice: locale' }).waitFor()
  await paste('file', text)
  await page.getByText('Showing a recording: pasted.ctxsnap.json').waitFor()

  // Into a field, text is text.
  const box = page.getByLabel('Find in contexts and values')
  await box.evaluate((field) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/plain', '{}')
    field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
  })
  await page.getByText('Showing a recording: pasted.ctxsnap.json').waitFor()
})

panelTest('a problem is copied as a test that makes it again, in Python and in TypeScript', async ({ visit }) => {
  const { page, act } = await visit()
  await act('Token twice')
  await page.getByRole('button', { name: 'Token used twice: locale' }).click()
  const problems = page.getByRole('region', { name: 'Problems' })
  await page.context().grantPermissions(['clipboard-read'])
  const copied = async (name: string) => {
    await problems.getByRole('button', { name: `Copy as ${name} test` }).click()
    await page.getByText(`${name} test copied`).waitFor()
    return page.evaluate(() => navigator.clipboard.readText())
  }
  expect(await copied('TypeScript')).toMatch(
    /expect\(\(\) => .*locale\.reset\(token_\d+\)\)\)\.toThrow\(RuntimeError\)/,
  )
  const python = await copied('Python')
  await page.screenshot({ path: join(output, 'screenshots/copy-as-test.png') })
  expect(python).toContain('except RuntimeError as error:')
  if (hasPython)
    expect(execFileSync('python3', ['-'], { input: python, encoding: 'utf8' })).toMatch(
      /^RuntimeError: .*already been used/,
    )
})

const looks: [string, Look][] = [
  ['light', { colorScheme: 'light' }],
  ['dark and narrow', { colorScheme: 'dark', width: 380, height: 640 }],
  ['forced colours', { forcedColors: 'active' }],
]

panelTest.for(looks)(
  'axe finds nothing in the menu, which is worked by keyboard: %s',
  async ([look, options], { visit }) => {
    const { page, act } = await visit(options)
    await act('Alice and Bob')
    await page.getByRole('treeitem', { name: /^Bob renders/ }).waitFor()
    await page.getByRole('button', { name: 'Export' }).focus()
    await page.keyboard.press('Enter')
    await expect(leaves(page)).toContainText('Leaves:')
    await dialog(page).getByText('Take out more').focus()
    await page.keyboard.press('Enter')
    await dialog(page).getByLabel('Regular expressions').fill('(')
    await expect(leaves(page)).toContainText('is no regular expression')
    expect(await violations(page)).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
    await page.screenshot({ path: join(output, `screenshots/export-menu-${look.replaceAll(' ', '-')}.png`) })
    await page.keyboard.press('Escape')
    await expect(dialog(page)).toBeHidden()
    await expect(page.getByRole('button', { name: 'Export' })).toBeFocused()
  },
)
